import { describe, expect, it } from 'vitest'
import { createWorld, type Scenario, type WorldOf } from '../../src/index.ts'
import { lines, outcome, password } from '../support/help-desk.ts'
import { HostTime } from '../support/host-time.ts'
import { scenarioFiles } from '../support/scenario-files.ts'

/** What is said of a scenario's Sirportly, line by line. */
async function complaints(sirportly: object, more: object = {}): Promise<string[]> {
  const scenario: object = { sirportly, ...more }
  const error: unknown = await createWorld(scenario).catch((refused: unknown) => refused)
  return error instanceof Error
    ? error.message
        .split('\n')
        .slice(1)
        .map((line) => line.trim())
    : []
}

const accounts = { atech: {}, fibreband: {} }

describe('a Sirportly section', () => {
  it('says what does not fit, with its place and the nearest word', async () => {
    const adam = { username: 'adam', account: 'atech' }
    const code = { code: '123456' }
    expect(
      await complaints({
        lockAfter: 3,
        disabledAccounts: ['atehc'],
        accounts: { ...accounts, 'a b': {}, net: { allowFrom: ['10.0.0.0/8', '10.0.0.0/33', 'localhost'] } },
        users: [
          adam,
          adam,
          { username: 'eve', account: 'fiberband' },
          { username: 'bob', id: 7 },
          { username: 'ben', id: 7 },
          { username: 'a', twoFactor: { ...code, totp: {} } },
          { username: 'b', twoFactor: { ...code, for: '1m', until: '+1m', locked: true } },
          { username: 'c', twoFactor: { ...code, for: '1m' } },
          { username: 'd', twoFactor: { required: true, locked: true } },
          { username: 'e', twoFactor: { failures: 1 } },
          { username: 'f', twoFactor: { ...code, failures: 3 } },
        ],
      }),
    ).toEqual([
      'sirportly.accounts.a b: "a b" is no permalink: letters, digits, - and _.',
      'sirportly.accounts.net.allowFrom[1]: "10.0.0.0/33" is no network such as 10.0.0.0/8, 2001:db8::/32 or 127.0.0.1.',
      'sirportly.accounts.net.allowFrom[2]: "localhost" is no network such as 10.0.0.0/8, 2001:db8::/32 or 127.0.0.1.',
      'sirportly.disabledAccounts[0]: "atehc" is not one of the accounts. Did you mean "atech"?',
      'sirportly.users[1].username: atech/adam is there already.',
      'sirportly.users[2].account: "fiberband" is not one of the accounts. Did you mean "fibreband"?',
      "sirportly.users[4].id: 7 is another user's already.",
      'sirportly.users[5].twoFactor.totp: A user has either a fixed code or time-based ones, not both.',
      'sirportly.users[6].twoFactor.until: Either `for` or `until` says how long a lock lasts, not both.',
      'sirportly.users[7].twoFactor.for: `for` goes with locked: true.',
      'sirportly.users[8].twoFactor.locked: What is not set up cannot be locked; give a code, or totp: {}.',
      'sirportly.users[9].twoFactor.failures: What is not set up cannot fail; give a code, or totp: {}.',
      'sirportly.users[10].twoFactor.failures: 3 is not below the limit (lockAfter: 3); say locked: true instead.',
    ])
  })

  it('needs an account for users and for a crowd', async () => {
    expect(await complaints({ users: [{ username: 'adam' }] })).toEqual([
      'sirportly.users[0].account: There are no accounts.',
    ])
    expect(await complaints({ crowd: 1 })).toEqual([
      'sirportly.crowd: There is no account that the crowd could belong to.',
    ])
  })

  it('tells file, line and column', async () => {
    const { 'mine.yaml': file } = scenarioFiles({
      'mine.yaml':
        'sirportly:\n  accounts: { atech: {} }\n  users:\n    - { username: adam, twoFactor: { cod: "1" } }\n',
    })
    await expect(createWorld(file)).rejects.toThrow(
      `${file}:4:38: sirportly.users[0].twoFactor.cod: "cod" is not known here`,
    )
  })

  it('may lock for a while, until an instant, or until somebody unlocks', async () => {
    const user = (username: string, twoFactor: { readonly for?: string; readonly until?: string }) => ({
      username,
      twoFactor: { code: '1', locked: true, ...twoFactor },
      apiAccess: true,
    })
    const users = [user('a', { for: '1m' }), user('b', { until: '2026-01-15T09:02:00Z' }), user('c', { until: '-1m' })]
    const { time } = new HostTime('2026-01-15T09:00:00Z')
    expect(lines(await createWorld({ sirportly: { accounts, users: [...users, user('d', {})] } }, { time }))).toEqual([
      'atech/a: locked, 5 failures for 60 s',
      'atech/b: locked, 5 failures for 120 s',
      'atech/c: active, 0 failures',
      'atech/d: locked, 5 failures',
    ])
    const usual = await createWorld({ sirportly: { lockFor: '9s', accounts, users: [user('d', {})] } }, { time })
    expect(lines(usual)).toEqual(['atech/d: locked, 5 failures for 9 s'])
  })
})

describe('a user whose facts are left blank', () => {
  const scenario = (users: readonly object[], more: object = {}): Scenario =>
    ({ sirportly: { accounts, users, ...more } }) as Scenario
  const factsOf = (world: WorldOf, id: string): object => world.sirportly.user(id).view().details

  it('is of the first account, without API access, and is filled in', async () => {
    const world = await createWorld(scenario([{ username: 'adam' }]))
    expect(lines(world)).toEqual(['atech/adam: no-api-access'])
    expect(factsOf(world, 'atech/adam')).toEqual({
      password: 'adam',
      id: expect.any(Number),
      firstName: expect.stringMatching(/^\S+/),
      lastName: expect.stringMatching(/^\S+/),
      emailAddress: expect.stringMatching(/^[a-z0-9._'-]+@example\.com$/),
      activated: true,
      apiToken: {
        token: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        secret: expect.stringMatching(/^[0-9a-z]{52}$/),
      },
    })
  })

  it('is the same for the same seed, whoever else there is, and another for another seed', async () => {
    const alone = factsOf(await createWorld(scenario([{ username: 'adam' }])), 'adam')
    const others = [{ username: 'eve' }, { username: 'adam' }, { username: 'adam', account: 'fibreband' }]
    const among = await createWorld(scenario(others, { crowd: 3 }))
    expect(factsOf(among, 'atech/adam')).toEqual(alone)
    const elsewhere = factsOf(among, 'fibreband/adam') as { firstName: string; apiToken: object }
    // One name is one person in every account, with a token for each.
    expect(elsewhere.firstName).toBe((alone as { firstName: string }).firstName)
    expect(elsewhere.apiToken).not.toEqual((alone as { apiToken: object }).apiToken)
    expect(factsOf(await createWorld(scenario([{ username: 'adam' }]), { seed: 2 }), 'adam')).not.toEqual(alone)
  })

  it('gets a number that nobody else has', async () => {
    const users = Array.from({ length: 2000 }, (_, index) => ({
      username: `u${index}`,
      ...(index < 9 ? { id: index + 1 } : {}),
    }))
    const world = await createWorld(scenario(users, { crowd: 5 }))
    const numbers = world.sirportly.users({ limit: 3000 }).items.map(({ details }) => details['id'])
    expect(new Set(numbers).size).toBe(2005)
  })

  it('gets a secret of 32 Base32 digits for time-based codes, and can sign in by it', async () => {
    const world = await createWorld(scenario([{ username: 'tess', apiAccess: true, twoFactor: { totp: {} } }]))
    expect(factsOf(world, 'tess')).toMatchObject({ totp: { secret: expect.stringMatching(/^[A-Z2-7]{32}$/) } })
    const code = await world.sirportly.user('tess').code()
    const form = { username: 'tess', password: 'tess', account: 'atech', two_factor_code: code }
    expect(await outcome(world, form)).toBe('Authenticated')
  })
})

describe('a crowd', () => {
  it('signs in to the first account, and may have a member written down', async () => {
    const users = [{ username: 'crowd-2', password: 'other' }]
    const world = await createWorld({ sirportly: { accounts, users, crowd: 3 } })
    expect(lines(world)).toEqual(['atech/crowd-2: no-api-access', 'atech/crowd-1: active', 'atech/crowd-3: active'])
    expect(await outcome(world, { username: 'crowd-3', password: 'crowd-3' })).toBe('Authenticated atech')
    expect(await outcome(world, { username: 'crowd-4', password: 'crowd-4' })).toBe('InvalidCredentials')
    expect(await outcome(world, { username: 'crowd-1', password: 'crowd-1', account: 'fibreband' })).toBe(
      'InvalidCredentials',
    )
  })

  it('of a million has its last member at hand', async () => {
    const world = await createWorld({ sirportly: { accounts, crowd: 1_000_000 } })
    const form = { username: 'crowd-1000000', password: 'crowd-1000000' }
    expect(await outcome(world, form)).toBe('Authenticated atech')
    expect(world.sirportly.user('crowd-1000000').view().details).toMatchObject({ id: 2_000_000 })
  })
})

describe('a person', () => {
  const people = {
    ada: {
      firstName: 'Ada',
      lastName: 'Lovelace',
      email: 'ada@example.org',
      sirportly: { account: 'fibreband', apiAccess: true, password, twoFactor: { code: '1815' } },
      'secure-login': { pin: '1815' },
    },
    bob: { sirportly: { username: 'robert', firstName: 'Robert' } },
  }

  it('is a user of Sirportly after those who are written there, and QA locks one of the identities', async () => {
    const world = await createWorld({ people, sirportly: { accounts, users: [{ username: 'zoe' }] } })
    expect(lines(world)).toEqual([
      'atech/zoe: no-api-access',
      'fibreband/ada: active, 0 failures',
      'atech/robert: no-api-access',
    ])
    const ada = world.sirportly.user('ada')
    expect(ada.view().details).toMatchObject({
      firstName: 'Ada',
      lastName: 'Lovelace',
      emailAddress: 'ada@example.org',
    })
    expect(world.sirportly.user('robert').view().details).toMatchObject({ firstName: 'Robert' })
    ada.set({ state: 'locked' })
    expect(world.secureLogin.user('ada').view().state).toBe('enter')
  })

  it('is complained about once, where the person is written', async () => {
    const wrong = {
      ada: { sirportly: { account: 'atehc' } },
      bob: { 'secure-login': {} },
      eve: { sirportly: { apiAcess: true } },
      tim: { sirportly: { twoFactor: { locked: true } } },
    }
    const users = [{ username: 'zoe', account: 'nowhere' }]
    expect(await complaints({ accounts, users }, { people: { ...wrong, eve: { sirportly: {} } } })).toEqual([
      'sirportly.users[0].account: "nowhere" is not one of the accounts.',
      'people.ada.sirportly.account: "atehc" is not one of the accounts. Did you mean "atech"?',
      'people.tim.sirportly.twoFactor.locked: What is not set up cannot be locked; give a code, or totp: {}.',
    ])
    expect(await complaints({ accounts, users }, { people: wrong })).toEqual([
      expect.stringMatching(/^people\.eve\.sirportly\.apiAcess: .* Did you mean "apiAccess"\?$/),
    ])
  })
})
