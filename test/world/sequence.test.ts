import { describe, expect, it } from 'vitest'
import { createWorld } from '../../src/index.ts'
import type { SequenceStep } from '../../src/world/sequence.ts'
import { HostTime } from '../support/host-time.ts'
import { outcome } from '../support/help-desk.ts'
import { Phone } from '../support/phone.ts'

const nine = (): { time: () => number } => ({ time: new HostTime('2026-01-15T09:00:00Z').time })

/** The steps in short. */
function short(steps: readonly SequenceStep[]): string[] {
  return steps.map((step) => {
    if (step.kind === 'change') return step.what
    const { operation, status, before, after, session } = step
    const side = (view: typeof before): string =>
      view === undefined ? '–' : `${view.state}${view.failures === undefined ? '' : ` ${view.failures}`}`
    return `${operation} ${status}: ${side(before)} → ${side(after)}, session ${session?.before} → ${session?.after}`
  })
}

describe('the sequence of a user', () => {
  it('tells requests with the states around them, and changes from outside, in order', async () => {
    const world = await createWorld('default', nine())
    const alice = await Phone.signIn(world, 'alice')
    await Phone.signIn(world, 'bob')
    await alice.auth('0')
    world.secureLogin.user('bob').set({ state: 'bypass' })
    world.secureLogin.user('alice').set({ failures: 2 })
    await alice.auth('0')
    world.clock.advance('31m')
    await alice.auth('910817')
    world.secureLogin.set({ active: false })
    expect(short(world.secureLogin.user('alice').sequence())).toEqual([
      'login 200: enter 0 → enter 0, session undefined → enter',
      'auth 401: enter 0 → enter 1, session enter → enter',
      'Secure Login: alice was set to enter, 2 of 3 failures',
      'auth 401: enter 2 → blocked 3, session enter → blocked',
      'the clock was advanced by 31m',
      'auth 200: enter 0 → enter 0, session enter → authenticated',
      'Secure Login: active is now false',
    ])
  })

  it('shortens the ids of sessions, and forgets with reset', async () => {
    const world = await createWorld('default', nine())
    const alice = await Phone.signIn(world, 'alice')
    const text = JSON.stringify(world.secureLogin.user('alice').sequence())
    expect(text).toContain(`${alice.session.slice(0, 4)}…`)
    expect(text).not.toContain(alice.session)
    world.reset()
    expect(short(world.secureLogin.user('alice').sequence())).toEqual(['the scenario default was started again'])
  })

  it('is for APIs without sessions as well', async () => {
    const world = await createWorld('default', nine())
    await outcome(world, { username: 'faye', password: 's3cret', account: 'atech', two_factor_code: '0' })
    expect(short(world.sirportly.user('atech/faye').sequence())).toEqual([
      'authenticate 200: active 0 → active 1, session undefined → undefined',
    ])
  })

  it('keeps the order of requests and changes where old requests were dropped', async () => {
    const world = await createWorld('default', { ...nine(), journalLimit: 3 })
    const alice = await Phone.signIn(world, 'alice')
    for (const minute of ['1m', '2m', '3m', '4m']) {
      world.clock.advance(minute)
      await alice.state()
    }
    expect(short(world.secureLogin.user('alice').sequence()).slice(-5)).toEqual([
      'user 200: enter 0 → enter 0, session enter → enter',
      'the clock was advanced by 3m',
      'user 200: enter 0 → enter 0, session enter → enter',
      'the clock was advanced by 4m',
      'user 200: enter 0 → enter 0, session enter → enter',
    ])
  })
})
