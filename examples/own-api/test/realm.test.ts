import { testWith } from 'auth-understudy/vitest'
import { describe, expect } from 'vitest'
import { demo } from '../realm.js'
import { at, logIn, tell } from './desk.ts'

const test = testWith([demo])

describe('a realm, mocked by MSW', () => {
  test.override({ scenario: { clock: { frozen: true }, demo: { users: { ada: { password: 'engine' } } } } })

  test('gives out a token that tells who somebody is, for five minutes', async ({ world }) => {
    const { status, token } = await logIn('engine')
    expect(status).toBe(200)
    expect(await tell(token)).toEqual([200, { sub: 'ada', preferred_username: 'ada' }])
    world.clock.advance('4m59s')
    expect(await tell(token)).toEqual([200, expect.anything()])
    world.clock.advance('1s')
    expect(await tell(token)).toEqual([401, undefined])
    expect(JSON.stringify([world.requests, world.demo.sessions()])).not.toContain(token)
  })

  test('waits after three failures, and for twice as long after six', async ({ world }) => {
    const view = (): unknown => world.demo.user('ada').view()
    for (let count = 1; count <= 6; count++) {
      world.clock.advance('61s')
      expect((await logIn('wrong')).status).toBe(400)
      expect(view()).toMatchObject({ failures: count, state: count < 3 ? 'open' : 'locked' })
    }
    world.clock.advance('61s')
    // Whatever the password, and nothing is counted.
    expect([(await logIn('engine')).status, (await logIn('wrong')).status]).toEqual([400, 400])
    expect(view()).toMatchObject({ failures: 6 })
    const why = world.why(world.requests.at(-1)?.id ?? '')
    expect([why.clause, why.because]).toEqual(['KC-04', 'there were still more failures'])
    world.clock.advance('59s')
    expect((await logIn('engine')).status).toBe(200)
    expect(view()).toMatchObject({ failures: 0, state: 'open' })
  })

  test('begins to count anew half a day after a failure, and with a right login', async ({ world }) => {
    const failures = (): number => world.demo.user('ada').view().failures ?? 0
    await logIn('wrong')
    world.clock.advance('12h')
    await logIn('wrong')
    expect(failures()).toBe(2)
    world.clock.advance('12h1s')
    await logIn('wrong')
    expect(failures()).toBe(1)
    world.clock.advance('5s')
    expect([(await logIn('engine')).status, failures()]).toEqual([200, 0])
    // The right login has taken the time of the last failure with it: this one comes not too fast.
    await logIn('wrong')
    expect(world.demo.user('ada').view()).toMatchObject({ failures: 1, state: 'open' })
  })

  test('locks whoever fails faster than people do', async ({ world }) => {
    await logIn('wrong')
    world.clock.advance('999ms')
    await logIn('wrong')
    expect(world.demo.user('ada').view()).toMatchObject({ failures: 2, state: 'locked' })
    await logIn('engine')
    expect(world.why(world.requests.at(-1)?.id ?? '').clause).toBe('KC-05')
  })

  test('leaves a token alone while its owner waits, and not once they are locked for good', async ({ world }) => {
    const { token } = await logIn('engine')
    const ada = world.demo.user('ada')
    ada.set({ locked: true, for: '1m' })
    expect((await tell(token))[0]).toBe(200)
    ada.set({ unblock: true })
    world.demo.set({ lockFor: null })
    ada.set({ locked: true })
    expect((await tell(token))[0]).toBe(401)
  })

  test('answers as before Keycloak 26.6 where that is set', async ({ world }) => {
    world.demo.set({ refusals: 401 })
    expect((await logIn('wrong')).status).toBe(401)
  })

  test('arranges whom a pact needs, with a token', ({ world }) => {
    expect(world.arrange('a user of demo who is locked', { username: 'ada' })).toMatchObject({ username: 'ada' })
    expect(world.arrange('a user of demo who is open', { username: 'ada' })['session']).toEqual(expect.any(String))
  })
})

describe('a realm on a port', () => {
  test.override({ intercept: false, scenario: { demo: { users: { ada: { password: 'engine' } } } } })

  test('takes the login of any program', async ({ world, understudyUrl }) => {
    const { status, token } = await logIn('engine', understudyUrl)
    expect(status).toBe(200)
    expect(await tell(token, understudyUrl)).toEqual([200, { sub: 'ada', preferred_username: 'ada' }])
    world.faults.add({ on: 'demo.userinfo', reply: { status: 503 }, times: 1 })
    expect((await tell(token, understudyUrl))[0]).toBe(503)
    const got = await fetch(`${understudyUrl}${at}/userinfo`)
    expect(got.headers.get('www-authenticate')).toBe('Bearer realm="demo"')
  })
})
