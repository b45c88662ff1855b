import { setupServer } from 'msw/node'
import { createGenticsClient, createSecureLoginClient, createSirportlyClient } from '../../src/client.ts'
import { createWorld, traceTo, type Scenario, type TraceLine, type World, type WorldOf } from '../../src/index.ts'
import { handlers } from '../../src/msw.ts'

/** Secrets of the scenario that the app plays, each unlike every example of a pact. */
export const secrets = {
  pin: '4711081588',
  wrongPin: '9988776655',
  password: 'Correct-Horse-7',
  wrongPassword: 'Battery-Staple-9',
  totp: 'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU',
  application: 'app-token-of-theirs-31',
  code: '86420975',
  apiToken: 'token-that-opens-tickets',
  apiSecret: 'secret-that-opens-tickets',
} as const

export const scenario: Scenario = {
  clock: { at: '2026-03-02T10:00:00Z', frozen: true },
  'secure-login': {
    users: {
      erika: { state: 'enter', pin: secrets.pin, password: secrets.password },
      max: { state: 'onboarding', password: secrets.password },
      tom: { totp: { secret: secrets.totp }, password: secrets.password },
    },
  },
  sirportly: {
    applications: [secrets.application],
    accounts: { acorn: { name: 'Acorn' }, birch: { name: 'Birch' } },
    users: [
      {
        username: 'erika',
        password: secrets.password,
        account: 'acorn',
        apiAccess: true,
        apiToken: { token: secrets.apiToken, secret: secrets.apiSecret },
      },
      {
        username: 'erika',
        password: secrets.password,
        account: 'birch',
        apiAccess: true,
        twoFactor: { code: secrets.code },
      },
      { username: 'max', password: secrets.password, account: 'birch' },
    ],
  },
  'gentics-cms': { users: { erika: { password: secrets.password, groups: [{ name: 'Writers' }] } } },
}

/** What an app does in its tests, that knows nothing but MSW; gives back the trace. */
export async function playSession(): Promise<TraceLine[]> {
  const lines: TraceLine[] = []
  await playTraced(async (world) => {
    await traceTo(world, (line) => lines.push(line))
  })
  return lines
}

/** The same, traced as one likes. */
export async function playTraced(begin: (world: World) => Promise<unknown>): Promise<void> {
  const world = await createWorld(scenario)
  await begin(world)
  const server = setupServer(...handlers(world))
  server.listen({ onUnhandledRequest: 'error' })
  try {
    await secondFactor(world)
    await helpDesk()
    await contentManagement()
  } finally {
    server.close()
  }
}

async function secondFactor(world: WorldOf): Promise<void> {
  const app = createSecureLoginClient({ baseUrl: 'https://jira.example/jira' })
  await app.begin()
  await app.login('erika', secrets.wrongPassword)
  await app.login('erika', secrets.password)
  await app.begin()
  for (let count = 0; count < 3; count++) await app.auth(secrets.wrongPin)
  await app.user()
  await app.auth(secrets.pin)
  world.clock.advance('31m')
  await app.auth(secrets.pin)
  await app.user()
  world.secureLogin.set({ active: false })
  await app.begin()
  await app.user()
  world.secureLogin.set({ active: true })
  await app.logout()
  await app.login('max', secrets.password)
  await app.user()
  await app.auth('1')
  await app.login('tom', secrets.password)
  await app.auth(await world.secureLogin.user('tom').code())
  world.secureLogin.user('tom').set({ state: 'expired' })
  await app.user()
}

async function helpDesk(): Promise<void> {
  const app = createSirportlyClient({ baseUrl: 'https://help.example', application: secrets.application })
  const { password, wrongPassword, code: twoFactorCode } = secrets
  await app.authenticate({ username: 'erika', password, account: 'acorn' })
  await app.authenticate({ username: 'erika', password: wrongPassword, account: 'acorn' })
  await app.authenticate({ username: 'erika', password, account: 'birch', twoFactorCode })
  await app.authenticate({ username: 'erika', password, account: 'birch', twoFactorCode: '135792468' })
  await app.authenticate({ username: 'erika', password, account: 'birch' })
  await app.authenticate({ username: 'erika', password, twoFactorCode })
  await app.authenticate({ username: 'erika', password })
  await app.authenticate({ username: 'max', password, account: 'birch' })
  await app.authenticate({ username: 'erika', password, account: 'cedar' })
  const query = new URLSearchParams({ username: 'erika', password, account: 'acorn' })
  const headers = { 'x-auth-application': secrets.application }
  await fetch(`https://help.example/api/v2/authentication/authenticate?${query}`, { headers })
}

async function contentManagement(): Promise<void> {
  const app = createGenticsClient({ baseUrl: 'https://cms.example' })
  await app.login('erika', secrets.wrongPassword)
  await app.login('erika', secrets.password)
  await app.validate()
  await app.me()
  await app.ssoLogin()
  await app.hashPassword(secrets.password, 1)
  await app.globalPrefix()
  await app.logout()
  await app.login('erika', secrets.password)
  await app.logout({ allSessions: true })
}
