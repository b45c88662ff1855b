import fc from 'fast-check'
import { expect } from 'vitest'
import { createFetch } from '../../src/fetch.ts'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { HostTime } from '../support/host-time.ts'
import { CmsSessionsModel } from './cms-sessions-model.ts'

/** The real thing: a world on a host whose clock is moved by hand, and browsers with a cookie each. */
interface Real {
  readonly world: WorldOf
  readonly host: HostTime
  readonly fetch: typeof fetch
  /** The secrets in the order in which they were given out; a browser's cookie is one of them, or a foreign one. */
  readonly secrets: string[]
  /** Which secret each browser has: a number from 1, 0 for one that nobody gave out, or none. */
  readonly cookies: (number | undefined)[]
  /** How often each kind of answer came. */
  readonly seen: Map<string, number>
}

const startsAt = '2026-01-15T09:00:00.500Z'
const foreign = 'neverGivenOut00'
const browsers = 3

/** The model and the real thing side by side. */
export async function createPair(seen: Map<string, number>): Promise<{ model: CmsSessionsModel; real: Real }> {
  const model = new CmsSessionsModel(Date.parse(startsAt))
  const host = new HostTime(startsAt)
  const world = await createWorld('default', { time: host.time, journalLimit: 1 })
  const cookies = [undefined, undefined, 0]
  return { model, real: { world, host, fetch: createFetch(world, { cookies: false }), secrets: [], cookies, seen } }
}

type Command = fc.AsyncCommand<CmsSessionsModel, Real>

/** A command that does something to both and then holds everything visible of one against the other. */
function command(label: string, act: (model: CmsSessionsModel, real: Real) => Promise<void> | void): Command {
  return {
    check: () => true,
    run: async (model, real) => {
      await act(model, real)
      await compare(model, real)
    },
    toString: () => label,
  }
}

async function compare(model: CmsSessionsModel, real: Real): Promise<void> {
  const views = real.world.genticsCms.sessions().items
  expect(views.map(({ id, state }) => [id, state === 'live'])).toEqual(
    [...model.sessions.keys()].map((sid) => [String(sid), model.isAlive(sid)]),
  )
  for (const [sid, { secret }] of model.sessions) {
    // Its own secret, and one that is not.
    for (const tried of [secret, (secret % Math.max(1, model.secretsGiven)) + 1]) {
      const { json } = await send(real, undefined, 'GET', `validate/${sid}${real.secrets[tried - 1]}`)
      const answer = {
        code: json.responseInfo.responseCode,
        ...(json.user === undefined ? {} : { user: loginOf(json.user) }),
      }
      expect(answer).toEqual(model.validate(sid, tried))
      note(real, `validate ${answer.code}`)
    }
  }
}

/** The open-source server tells no login here (GC-O5). */
function loginOf({ id }: { readonly id: number }): string {
  return { 12345: 'node', 12346: 'ada' }[id] ?? String(id)
}

function hold(answer: object, expected: object): void {
  expect(answer).toEqual(expected)
}

function note({ seen }: Real, what: string): void {
  seen.set(what, (seen.get(what) ?? 0) + 1)
}

interface Answer {
  readonly status: number
  readonly text: string
  readonly json: {
    readonly sid?: string
    readonly user?: { readonly id: number; readonly login?: string }
    readonly responseInfo: { readonly responseCode: string }
  }
  readonly setsCookie: boolean
}

/** Sends a request of a browser, or of nobody, and has the browser keep its cookie. */
async function send(
  real: Real,
  browser: number | undefined,
  method: string,
  path: string,
  body?: object,
): Promise<Answer> {
  const cookie = browser === undefined ? undefined : real.cookies[browser]
  const secret = cookie === undefined ? undefined : cookie === 0 ? foreign : real.secrets[cookie - 1]
  const response = await real.fetch(`http://cms.test/rest/${path.startsWith('user/') ? path : `auth/${path}`}`, {
    method,
    headers: {
      ...(secret === undefined ? {} : { cookie: `GCN_SESSION_SECRET=${secret}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const line = response.headers.getSetCookie()[0]
  if (line !== undefined && browser !== undefined) keep(real, browser, line)
  const text = await response.text()
  return {
    status: response.status,
    text,
    json: text.startsWith('{') ? JSON.parse(text) : {},
    setsCookie: line !== undefined,
  }
}

function keep({ secrets, cookies }: Real, browser: number, line: string): void {
  const value = /^GCN_SESSION_SECRET=([^;]*)/.exec(line)?.[1] ?? ''
  const gone = line.includes('Max-Age=0')
  if (!gone && !secrets.includes(value)) secrets.push(value)
  cookies.splice(browser, 1, gone ? undefined : secrets.indexOf(value) + 1)
}

const browser = fc.nat(browsers - 1)
/** One of the sessions of the browser's own secret, counted from the latest; or any sid, which may be nobody's. */
const sid = fc.oneof(
  { arbitrary: fc.nat(2).map((own) => ({ own })), weight: 3 },
  { arbitrary: fc.constantFrom(0, 99, 1, 2, 3, 4).map((any) => ({ any })), weight: 1 },
)
type Sid = { readonly own: number } | { readonly any: number }

function resolve(given: Sid, { sessions }: CmsSessionsModel, { cookies }: Real, who: number): number {
  if ('any' in given) return given.any
  const own = [...sessions].filter(([, { secret }]) => secret === cookies[who]).map(([id]) => id)
  return own.at(-1 - given.own) ?? own.at(-1) ?? 0
}

const show = (given: Sid): string => ('any' in given ? String(given.any) : `its own, ${given.own} before the latest`)
const login = fc.constantFrom('node', 'node', 'ada', 'nobody')
const seconds = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4000 }))

function logIn(who: number, name: string, password: string | undefined, as: string | Sid): Command {
  const said = password ?? 'the right password'
  const shown = typeof as === 'string' ? `"${as}"` : show(as)
  return command(`${name} logs in with ${said} and sid ${shown} in browser ${who}`, async (model, real) => {
    const given = typeof as === 'string' ? as : String(resolve(as, model, real, who))
    const sent = password ?? model.people[name]?.password ?? 'any'
    const expected = model.login(name, sent, given, real.cookies[who])
    const answer = await send(real, who, 'POST', `login?sid=${given}`, { login: name, password: sent })
    expect({
      status: answer.status,
      code: answer.json.responseInfo.responseCode,
      ...(answer.json.sid === undefined ? {} : { sid: Number(answer.json.sid) }),
      cookie: answer.setsCookie,
    }).toEqual(expected)
    expect(real.secrets).toHaveLength(model.secretsGiven)
    note(
      real,
      `login ${expected.code}${expected.sid === undefined ? '' : String(expected.sid) === given ? ' on' : ' new'}`,
    )
  })
}

/** SSO with a session; if told so, while there is maintenance, which otherwise would be rare. */
function comeBySso(who: number, given: Sid, inMaintenance = false): Command {
  const when = inMaintenance ? ' in maintenance' : ''
  return command(`browser ${who} comes by SSO with ${show(given)}${when}`, async (model, real) => {
    if (inMaintenance) {
      model.administer({ maintenance: true })
      real.world.genticsCms.set({ maintenance: true })
    }
    const id = resolve(given, model, real, who)
    const expected = model.sso(id, real.cookies[who])
    const { text, setsCookie } = await send(real, who, 'GET', `ssologin?sid=${id}`)
    expect({ text, cookie: setsCookie }).toEqual(expected)
    note(real, `sso ${/^\d/.test(text) ? 'sid' : text === 'NOTFOUND' ? text : 'kept out'}`)
  })
}

const change = (label: string, toModel: (model: CmsSessionsModel) => void, toReal: (real: Real) => unknown): Command =>
  command(label, (model, real) => {
    toModel(model)
    toReal(real)
  })

export const commands: fc.Arbitrary<Command>[] = [
  fc.tuple(browser, login, sid).map(([who, name, given]) => logIn(who, name, undefined, given)),
  fc.tuple(browser, login).map(([who, name]) => logIn(who, name, undefined, '')),
  fc
    .tuple(browser, login, fc.constantFrom('', 'wrong', 'NODE'), sid)
    .map(([who, name, password, given]) => logIn(who, name, password, given)),
  fc
    .tuple(browser, login, fc.constantFrom('x', '1x', '1.0', '-1'))
    .map(([who, name, given]) => logIn(who, name, undefined, given)),
  fc.tuple(browser, sid, fc.constantFrom(false, false, true)).map(([who, given, all]) =>
    command(`browser ${who} logs out of ${show(given)}${all ? ', all' : ''}`, async (model, real) => {
      const id = resolve(given, model, real, who)
      const expected = model.logout(id, real.cookies[who], all)
      const answer = await send(real, who, 'POST', `logout/${id}?allSessions=${all}`)
      const { status, setsCookie, json } = answer
      hold({ status, code: json.responseInfo.responseCode, cookie: setsCookie }, expected)
      note(real, `logout ${expected.code}${expected.cookie ? ' all' : ''}`)
    }),
  ),
  fc.tuple(browser, sid).map(([who, given]) =>
    command(`browser ${who} asks for the user of ${show(given)}`, async (model, real) => {
      const id = resolve(given, model, real, who)
      const expected = model.me(id, real.cookies[who])
      const { status, json } = await send(real, who, 'GET', `user/me?sid=${id}`)
      hold({ status, ...(json.user === undefined ? {} : { user: json.user.login }) }, expected)
      note(real, `me ${status}`)
    }),
  ),
  fc.tuple(browser, sid).map(([who, given]) => comeBySso(who, given)),
  fc.tuple(browser, sid).map(([who, given]) => comeBySso(who, given, true)),
  seconds.map((s) =>
    change(
      `${s}.4 s go by`,
      (model) => model.pass(s * 1000 + 400),
      ({ host }) => host.pass(s * 1000 + 400),
    ),
  ),
  fc.tuple(seconds, fc.constantFrom(1, 1, -1)).map(([s, direction]) =>
    change(
      `clock moved ${direction * s} s`,
      (model) => model.move(direction * s * 1000),
      ({ world }) => world.clock.advance(direction * s * 1000),
    ),
  ),
  fc.boolean().map((frozen) =>
    change(
      frozen ? 'freeze' : 'resume',
      (model) => model.administer({ frozen }),
      ({ world }) => (frozen ? world.clock.freeze() : world.clock.resume()),
    ),
  ),
  fc.constantFrom(10, 3600, 7200).map((s) =>
    change(
      `sessions live ${s} s`,
      (model) => model.administer({ sessionForSeconds: s }),
      ({ world }) => world.genticsCms.set({ sessionFor: `${s}s` }),
    ),
  ),
  fc.boolean().map((maintenance) =>
    change(
      `maintenance ${maintenance}`,
      (model) => model.administer({ maintenance }),
      ({ world }) => world.genticsCms.set({ maintenance }),
    ),
  ),
  fc.constantFrom('documented' as const, 'observed' as const).map((dialect) =>
    change(
      `dialect ${dialect}`,
      (model) => model.administer({ observed: dialect === 'observed' }),
      ({ world }) => world.genticsCms.set({ dialect }),
    ),
  ),
  fc.tuple(fc.constantFrom('node', 'ada'), fc.constantFrom(true, true, false)).map(([name, inGroups]) =>
    change(
      `${name} ${inGroups ? 'active' : 'no-groups'}`,
      ({ people }) => Object.assign(people[name] ?? {}, { inGroups }),
      ({ world }) => world.genticsCms.user(name).set({ state: inGroups ? 'active' : 'no-groups' }),
    ),
  ),
  fc.tuple(fc.constantFrom('node', 'ada'), fc.boolean()).map(([name, seesMaintenance]) =>
    change(
      `${name} ${seesMaintenance ? 'sees' : 'does not see'} maintenance`,
      ({ people }) => Object.assign(people[name] ?? {}, { seesMaintenance }),
      ({ world }) => world.genticsCms.user(name).set({ seesMaintenance }),
    ),
  ),
  fc.tuple(fc.constantFrom('node', 'ada'), fc.constantFrom('node', 'other')).map(([name, password]) =>
    change(
      `${name} has password ${password}`,
      ({ people }) => Object.assign(people[name] ?? {}, { password }),
      ({ world }) => world.genticsCms.user(name).set({ password }),
    ),
  ),
  fc.constantFrom('node', 'ada').map((name) =>
    change(
      `${name} expired`,
      (model) => model.expire(name),
      ({ world }) => world.genticsCms.user(name).set({ state: 'expired' }),
    ),
  ),
]
