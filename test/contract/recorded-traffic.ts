import type { Json, JsonObject } from '../../src/core/json.ts'
import { createRandom, type Random } from '../../src/core/random.ts'

/** A request of a script: what is sent does not depend on what was answered, but for sessions and codes of apps. */
export interface ScriptedRequest {
  readonly waitMs: number
  /** Whose browser it is: with the cookies that were set there. */
  readonly browser: string
  readonly method: string
  readonly path: string
  readonly headers?: { readonly [name: string]: string }
  /** `{code}` stands for what the app of the browser's user shows, `{sid}` for the browser's session number. */
  readonly body?: string
}

/** A server made up by chance, and what apps send there. */
export interface MadeUp {
  readonly api: string
  readonly section: JsonObject
  readonly script: readonly ScriptedRequest[]
}

const minuteMs = 60_000

/** One of the APIs in turn. */
export function makeUp(seed: number): MadeUp {
  const random = createRandom(`recorded ${seed}`)
  return [secureLogin, sirportly, gentics][seed % 3]?.(random) as MadeUp
}

function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[random.below(items.length)] as Item
}

/** Some of the settings get another value. */
function some(
  random: Random,
  values: { readonly [name: string]: readonly Json[] },
  odds: number,
): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, items]) => (random.next() < odds ? [[name, pick(random, items)]] : [])),
  )
}

const waits = [
  0,
  0,
  0,
  0,
  0,
  3000,
  3000,
  20_000,
  20_000,
  2 * minuteMs,
  12 * minuteMs,
  40 * minuteMs,
  100 * minuteMs,
  400 * minuteMs,
]

function secureLogin(random: Random): MadeUp {
  const settings = some(
    random,
    {
      contextPath: ['', '/wiki', '/a/jira'],
      revision: ['legacy'],
      active: [false],
      blockAfter: [1, 2, 4, 5],
      blockFor: ['30s', '10m', '1h', '45m'],
      countFailuresPer: ['session'],
      whileBlocked: ['extend'],
      failuresAfterPin: ['kept'],
      failuresAfterBlock: ['kept'],
      unneededPin: ['checked'],
      otherContentType: ['accepted'],
      codeReuse: ['refused'],
      withoutSession: ['defaultUser'],
      bindSessionToIp: [false],
      trustProxy: [true],
      staleCookie: ['anonymous'],
      xsrfCheck: ['on'],
      restBeforePin: ['refused'],
      captchaAfter: [2, 3],
      sessionFor: ['10m', '30m', '1h', '2h'],
    },
    0.22,
  )
  if (settings['active'] === false && random.next() < 0.7) delete settings['active']
  const users: Record<string, JsonObject> = {
    alice: { password: 'wonder.land1', pin: '736251' },
    bob: { state: 'bypass' },
    carol: { state: 'onboarding', password: 'carols.pass' },
    dave: {
      password: 'Dave-4711',
      ...(random.next() < 0.5 ? { totp: { secret: 'JBSWY3DPEHPK3PXP' } } : { pin: '20261' }),
    },
    erin: random.next() < 0.3 ? { state: 'blocked', pin: '991122' } : { pin: '991122' },
  }
  const base = String(settings['contextPath'] ?? '/jira')
  const api = `${base}/rest/securelogin-admin/1.0/api`
  const session = `${base}/rest/auth/1/session`
  const json = { 'content-type': 'application/json' }
  const from = ['203.0.113.5', '203.0.113.9']
  const script: ScriptedRequest[] = []
  const length = 25 + random.below(25)
  const pinOf = (name: string): string => {
    const { pin, totp } = users[name] ?? {}
    const right = totp === undefined ? String(pin ?? '123456') : '{code}'
    return pick(random, [right, right, right, '000001'])
  }
  while (script.length < length) {
    const name = pick(random, ['alice', 'alice', 'bob', 'carol', 'dave', 'erin'])
    const browser = random.next() < 0.8 ? name : `${name}'s phone`
    const forwarded: Record<string, string> = random.next() < 0.15 ? { 'x-forwarded-for': pick(random, from) } : {}
    const send = (method: string, path: string, headers: Record<string, string> = {}, body?: string): void => {
      const waitMs = pick(random, waits)
      script.push({
        waitMs,
        browser,
        method,
        path,
        headers: { ...headers, ...forwarded },
        ...(body === undefined ? {} : { body }),
      })
    }
    const login = (wrong: boolean): void => {
      const password = `${String(users[name]?.['password'] ?? name)}${wrong ? 'x' : ''}`
      send('POST', session, json, JSON.stringify({ username: name, password }))
    }
    const enter = (pin: string): void => {
      const type = random.next() < 0.92 ? 'text/plain' : 'application/json'
      const token: Record<string, string> = random.next() < 0.3 ? { 'x-atlassian-token': 'no-check' } : {}
      send('POST', `${api}/auth`, { 'content-type': type, ...token }, pin)
    }
    // A visit: somebody logs in, looks, and tries the PIN.
    if (random.next() < 0.8) login(random.next() < 0.15)
    if (random.next() < 0.4) send('GET', pick(random, [`${api}/user`, `${api}/info`, `${base}/rest/api/2/myself`]))
    const wrong = pick(random, [0, 0, 1, 1, 2, 3, 4])
    for (let times = 0; times < wrong; times++) enter(pick(random, ['000001', '000002', '000003', '12a']))
    if (random.next() < 0.7) enter(pinOf(name))
    if (random.next() < 0.5) send('GET', `${api}/user`)
    if (random.next() < 0.15) send('DELETE', session)
  }
  return { api: 'secure-login', section: { ...settings, users }, script }
}

function sirportly(random: Random): MadeUp {
  const settings = some(
    random,
    {
      applications: [['token-of-the-app'], ['token-of-the-app', 'token-of-another']],
      order: ['account-first'],
      statusCodes: ['byOutcome', 'always200'],
      lockAfter: [1, 2, 3, 4, 6],
      lockFor: ['10m', '1h', '30m'],
      lockingCode: ['locked'],
      missingCode: ['counted', 'required'],
      codeReuse: ['refused'],
      nobodyLeft: ['empty'],
      trustProxy: [true],
    },
    0.3,
  )
  const people: Record<string, JsonObject> = {
    adam: { account: 'atech', apiAccess: true },
    faye: { account: 'atech', apiAccess: true, password: 'fayes.secret', twoFactor: { code: '445566' } },
    gina: { account: 'fibreband', apiAccess: true, twoFactor: { required: true } },
    hugo: { account: 'atech', apiAccess: false, password: 'hug0hugo' },
    ida: {
      account: 'atech',
      apiAccess: true,
      twoFactor: random.next() < 0.5 ? { totp: { secret: 'JBSWY3DPEHPK3PXP' } } : { code: '1357911' },
    },
  }
  const users = Object.entries(people).map(([username, facts]) => ({ username, ...facts }))
  const script: ScriptedRequest[] = []
  const length = 25 + random.below(25)
  while (script.length < length) {
    const name = pick(random, ['adam', 'faye', 'faye', 'gina', 'hugo', 'ida'])
    const { account, password = name, twoFactor } = people[name] ?? {}
    for (let times = random.below(4); times >= 0; times--) {
      const factor = twoFactor as JsonObject | undefined
      const right = factor?.['totp'] === undefined ? String(factor?.['code'] ?? '123456') : '{code}'
      const code = pick(random, [right, '000001', '000002', '000001', undefined])
      const form = new URLSearchParams({
        username: name,
        password: random.next() < 0.92 ? String(password) : 'not this one',
        ...(random.next() < 0.85 ? { account: random.next() < 0.9 ? String(account) : 'nowhere' } : {}),
        ...(code === undefined ? {} : { two_factor_code: code.startsWith('{') ? 'CODE' : code }),
      })
      const application = pick(random, [...Array.from({ length: 9 }, () => 'token-of-the-app'), 'unknown', ''])
      script.push({
        waitMs: pick(random, waits),
        browser: name,
        method: 'POST',
        path: '/api/v2/authentication/authenticate',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          ...(application === '' ? {} : { 'x-auth-application': application }),
        },
        body: form.toString().replace('CODE', '{code}'),
      })
    }
  }
  return { api: 'sirportly', section: { ...settings, accounts: { atech: {}, fibreband: {} }, users }, script }
}

function gentics(random: Random): MadeUp {
  const settings: Record<string, Json> = {
    ...some(
      random,
      {
        contextPath: ['/cms', '/a/b'],
        dialect: ['observed', 'observed'],
        maintenance: [true],
        globalPrefix: ['B12C', 'A548'],
        sessionFor: ['10m', '30m', '2h', '8h'],
        secureCookies: [true],
        sameSite: ['strict', 'none', 'off'],
        exposePasswords: [true],
        trustProxy: [true, false],
      },
      0.3,
    ),
  }
  if (settings['dialect'] === 'observed' && random.next() < 0.5)
    settings['version'] = pick(random, ['6.2.6', '6.3.12', '6.0.2'])
  const users: Record<string, JsonObject> = {
    node: { password: 'node-passes', seesMaintenance: true },
    ada: {},
    otto: { state: 'no-groups', password: 'ottos.own' },
  }
  const base = `${String(settings['contextPath'] ?? '')}/rest`
  const json = { 'content-type': 'application/json' }
  const script: ScriptedRequest[] = []
  const length = 25 + random.below(20)
  while (script.length < length) {
    const name = pick(random, ['node', 'ada', 'ada', 'otto'])
    const browser = random.next() < 0.8 ? name : `${name}'s phone`
    const send = (method: string, path: string, body?: string): void => {
      const content = body === undefined ? {} : { headers: json, body }
      script.push({ waitMs: pick(random, waits), browser, method, path: base + path, ...content })
    }
    const kind = random.below(10)
    const password = String(users[name]?.['password'] ?? name)
    if (kind < 4)
      send('POST', '/auth/login', JSON.stringify({ login: name, password: kind === 0 ? 'not this one' : password }))
    else if (kind < 8) send('GET', '/user/me?sid={sid}')
    else if (kind === 8) send('GET', '/auth/globalprefix?sid={sid}')
    else send('POST', '/auth/logout/{sid}')
  }
  return { api: 'gentics-cms', section: { ...settings, users }, script }
}
