import { createWorld } from 'auth-understudy'
import { createFetch } from 'auth-understudy/fetch'
import { expect, test } from 'vitest'
import { demo as linear } from '../policies/linear.js'
import { demo as mixed } from '../policies/mixed.js'
import { demo as permanent } from '../policies/permanent.js'
import type { demo } from '../realm.js'
import { at } from './desk.ts'

/** How long each of so many failures locks ada, in seconds; null: for good. The next comes when that is over. */
async function waits(api: typeof demo, failures: number, between = '2s'): Promise<(number | null | undefined)[]> {
  const clock = { at: '2026-01-15T09:00:00Z', frozen: true }
  const world = await createWorld({ clock, demo: { users: { ada: { password: 'engine' } } } }, { apis: [api] })
  const ask = createFetch(world)
  const found: (number | null | undefined)[] = []
  for (let count = 0; count < failures; count++) {
    const body = new URLSearchParams({ grant_type: 'password', username: 'ada', password: 'wrong' })
    await ask(`https://id.example${at}/token`, { method: 'POST', body })
    const { state, until } = world.demo.user('ada').view()
    const wait = until === undefined ? undefined : (until - world.clock.now) / 1000
    found.push(state === 'locked' ? (wait ?? null) : undefined)
    world.clock.advance(wait === undefined ? between : `${wait}s`)
  }
  return found
}

test('linear waits grow with each failure, up to the longest', async () => {
  expect(await waits(linear, 7)).toEqual([undefined, undefined, 60, 120, 180, 180, 180])
})

test('a permanent lockout comes with the third failure, and short ones with quick failures before it', async () => {
  expect(await waits(permanent, 3)).toEqual([undefined, undefined, null])
  expect(await waits(permanent, 2, '1ms')).toEqual([undefined, 60])
})

test('the second lockout is for good, where one may be temporary', async () => {
  expect(await waits(mixed, 4)).toEqual([undefined, undefined, 60, null])
})

test('the lockouts so far are forgotten with the failures', async () => {
  // Fourteen hours after the first lockout, three more failures lock for a time.
  expect(await waits(mixed, 2, '13h')).toEqual([undefined, undefined])
  const clock = { at: '2026-01-15T09:00:00Z', frozen: true }
  const world = await createWorld({ clock, demo: { users: { ada: { password: 'engine' } } } }, { apis: [mixed] })
  const ask = createFetch(world)
  for (const pause of ['2s', '2s', '14h', '2s', '2s', '2s']) {
    const body = new URLSearchParams({ grant_type: 'password', username: 'ada', password: 'wrong' })
    await ask(`https://id.example${at}/token`, { method: 'POST', body })
    world.clock.advance(pause)
  }
  expect(world.demo.user('ada').view()).toMatchObject({ state: 'locked', until: expect.any(Number) })
})
