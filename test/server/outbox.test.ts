import type { ServerResponse } from 'node:http'
import { expect, it } from 'vitest'
import { Outbox } from '../../src/server/outbox.ts'
import type { Answer } from '../../src/world/play.ts'

const answer = (status: number): Answer => ({ status, headers: [], body: undefined, delayMs: 0, broken: undefined })
const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

it('sends answers in their order, all in one go, and those that come meanwhile in the next', async () => {
  const response = {} as ServerResponse
  const sent: number[] = []
  const outbox = new Outbox((_response, { status }) => {
    sent.push(status)
    if (status === 200) outbox.add(response, answer(204))
  })
  outbox.add(response, answer(200))
  outbox.add(response, answer(401))
  expect(sent).toEqual([])
  await nextTurn()
  expect(sent).toEqual([200, 401])
  await nextTurn()
  expect(sent).toEqual([200, 401, 204])
})
