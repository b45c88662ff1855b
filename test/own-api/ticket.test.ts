import { expect, test } from 'vitest'
import { bare, defineApi, inJson, text } from '../../src/api.ts'
import { createFetch } from '../../src/fetch.ts'
import { createWorld } from '../../src/index.ts'

/** A cloakroom: whoever hands in a coat gets a ticket, which a header carries. */
const cloakroom = defineApi({
  id: 'cloakroom',
  user: { coat: text({ about: 'what is worn', secret: true, default: 'none' }) },
  sessions: {
    in: { header: 'x-ticket' },
    for: '1h',
    facts: { hook: text({ about: 'where it hangs', secret: true, default: '' }) },
  },
  clauses: {
    'C-1': { text: 'A coat gets a ticket.', says: { taken: (stub: string) => inJson(201, { stub }, 'it is taken') } },
    'C-2': {
      text: 'A ticket gets the coat.',
      says: { given: (hook: string) => inJson(200, { at: hook }, 'it is given') },
    },
    'C-3': { text: 'Nothing without one.', says: { nothing: bare(404, 'there is no ticket') } },
  },
  operations: {
    take: {
      at: 'POST /coats/{name}',
      about: 'takes a coat',
      step: ({ params, user, begin, say, random }) => {
        const guest = user(params['name'])
        return guest ? say.taken(begin(guest, { hook: `hook-${random(4, '7')}` })) : say.nothing
      },
    },
    give: {
      at: 'DELETE /coats',
      about: 'gives it back',
      step: ({ session, end, say }) => {
        end()
        return session ? say.given(session.hook) : say.nothing
      },
    },
    forget: { at: 'PUT /coats', about: 'answers nothing', step: () => undefined as never },
  },
})

test('a header carries a session, which no report shows', async () => {
  const world = await createWorld({ cloakroom: { users: { 'ada l': {} } } }, { apis: { cloakroom } })
  const ask = createFetch(world)
  const at = 'http://hall.example/cloakroom/coats'
  const { stub } = await (await ask(`${at}/ada%20l`, { method: 'POST' })).json()
  expect(stub).toMatch(/^[0-9A-F]{32}$/)
  expect(world.cloakroom.sessions().items).toMatchObject([{ username: 'ada l', state: 'open' }])
  expect(JSON.stringify(world.cloakroom.sessions())).not.toContain('hook')
  const give = async (ticket: string): Promise<unknown[]> => {
    const answer = await ask(at, { method: 'DELETE', headers: { 'x-ticket': ticket } })
    return [answer.status, answer.headers.get('set-cookie'), await answer.text()]
  }
  expect(await give('another')).toEqual([404, null, ''])
  expect(await give(stub)).toEqual([200, null, '{"at":"hook-7777"}'])
  expect(await give(stub)).toEqual([404, null, ''])
  await ask(`${at}?stub=${stub}&coat=astrakhan`, { method: 'DELETE' })
  const shown = JSON.stringify([
    world.requests,
    world.requests.map(({ id }) => world.why(id)),
    world.cloakroom.sessions(),
  ])
  expect(shown).not.toContain(stub)
  expect(shown).not.toContain('astrakhan')
})

test('a step without an answer is told which there are, and has changed nothing', async () => {
  const world = await createWorld({}, { apis: { cloakroom } })
  const before = JSON.stringify(world.snapshot().records)
  const asked = createFetch(world)('http://hall.example/cloakroom/coats', { method: 'PUT' })
  await expect(asked).rejects.toThrow(
    'The step cloakroom.forget has no answer: return say.taken or say.given or say.nothing.',
  )
  expect(JSON.stringify(world.snapshot().records)).toBe(before)
})
