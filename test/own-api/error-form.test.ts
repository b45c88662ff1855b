import { expect, test } from 'vitest'
import { bare, defineApi, inJson, text } from '../../src/api.ts'
import { createFetch } from '../../src/fetch.ts'
import { createWorld } from '../../src/index.ts'

const door = defineApi({
  id: 'door',
  user: { code: text({ about: 'the code' }) },
  error: ({ code, message }) => inJson(500, { fault: code, says: message }, 'an error'),
  clauses: { 'D-1': { text: 'It opens.', says: { open: bare(204, 'it opens') } } },
  operations: { open: { at: 'POST /open', about: 'opens', step: ({ say }) => say.open } },
})

test('faults answer an error in the form that a definition says, with the status of a reply', async () => {
  const world = await createWorld({}, { apis: { door } })
  const open = async (): Promise<[number, string]> => {
    const answer = await createFetch(world)('http://any/door/open', { method: 'POST' })
    return [answer.status, await answer.text()]
  }
  world.faults.add({ on: 'door.open', error: { code: 'JAM' }, times: 1 })
  expect(await open()).toEqual([500, '{"fault":"JAM","says":""}'])
  world.faults.add({ on: 'door.open', error: { message: 'later' }, reply: { status: 503 }, times: 1 })
  expect(await open()).toEqual([503, '{"fault":"","says":"later"}'])
  expect(await open()).toEqual([204, ''])
  expect(() => world.faults.add({ on: 'door.open', error: { property: 'x' } })).toThrow('property')
})
