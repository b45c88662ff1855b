import { describe, expect, test } from 'vitest'
import { createWorld } from '../../src/index.ts'

const world = await createWorld('default')

// Each is told by the compiler, which would tell here that it expected an error, and, to who has none, when it runs.
const mistakes: readonly (readonly [what: string, make: () => unknown])[] = [
  // @ts-expect-error
  ['the name of a scenario', () => createWorld('lockot')],
  // @ts-expect-error
  ['a state', () => createWorld({ 'secure-login': { users: { z: { state: 'block' } } } })],
  // @ts-expect-error
  ['the name of an API', () => createWorld({ secureLogin: { users: {} } })],
  // @ts-expect-error
  ['a member of the clock', () => createWorld({ clock: { frozn: true } })],
  // @ts-expect-error
  ['the operation of a fault', () => createWorld({ faults: [{ on: 'secure-login.auht', delay: '1s' }] })],
  // @ts-expect-error
  ['what a fault does', () => createWorld({ faults: [{ on: 'secure-login.auth', stats: 503 }] })],
  // @ts-expect-error
  ['a fact of a person', () => createWorld({ people: { ada: { 'secure-login': { pinn: '1' } } } })],
  // @ts-expect-error
  ['a setting', () => createWorld('default', { overrides: { 'secure-login': { blockAftr: 3 } } })],
  // @ts-expect-error
  ['a state to set', async () => world.secureLogin.user('alice').set({ state: 'block' })],
  // @ts-expect-error
  ['a state of another API', async () => world.sirportly.user('adam').set({ state: 'blocked' })],
  // @ts-expect-error
  ['a setting to change', async () => world.secureLogin.set({ blockAftr: 3 })],
  // @ts-expect-error
  ['the value of a setting', async () => world.secureLogin.set({ whileBlocked: 'rejct' })],
  // @ts-expect-error
  ['the operation of a fault to add', async () => world.faults.add({ on: 'secure-login.auht', delay: '1s' })],
  // @ts-expect-error
  ['a duration', async () => world.clock.advance('31 minutes')],
]

describe('a misspelt word', () => {
  test.each(mistakes)('that is %s does not compile, and is refused', async (_, make) => {
    await expect(make()).rejects.toMatchObject({ code: expect.stringMatching(/^ERR_/) })
  })

  test('that is only known to be a text may be right', async () => {
    const name: string = 'lockout'
    const by: string = '31m'
    const other = await createWorld(name)
    expect(other.clock.advance(by)).toMatchObject({ now: expect.any(String) })
  })
})
