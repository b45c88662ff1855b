import fc from 'fast-check'
import { expect } from 'vitest'
import { createFetch } from '../../src/fetch.ts'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { HostTime } from '../support/host-time.ts'
import { apiPath, Phone } from '../support/phone.ts'
import { LockoutModel } from './lockout-model.ts'

/** The real thing: a world with one user, on a host whose clock is moved by hand. */
interface Real {
  readonly world: WorldOf
  readonly host: HostTime
  readonly fetch: typeof fetch
  readonly sessions: string[]
  /** How often each kind of answer came. */
  readonly seen: Map<string, number>
}

const startsAt = '2026-01-15T09:00:00Z'

/** The model and the real thing side by side, two sessions open. */
export async function createPair(seen: Map<string, number>): Promise<{ model: LockoutModel; real: Real }> {
  const model = new LockoutModel(Date.parse(startsAt))
  const host = new HostTime(startsAt)
  const user = { pin: model.pin, displayName: 'Alice', emailAddress: 'alice@jira.example' }
  const settings = { sessionFor: '10000d', staleCookie: 'anonymous' } as const
  const world = await createWorld(
    { 'secure-login': { ...settings, users: { alice: user } } },
    { time: host.time, journalLimit: 1 },
  )
  const real: Real = { world, host, fetch: createFetch(world, { cookies: false }), sessions: [], seen }
  for (let count = 0; count < 2; count++) await signIn(model, real)
  return { model, real }
}

async function signIn(model: LockoutModel, real: Real): Promise<void> {
  model.signIn()
  real.sessions.push((await Phone.signIn(real.world, 'alice')).session)
}

type Command = fc.AsyncCommand<LockoutModel, Real>

/** A command that does something to both and then holds everything visible of one against the other. */
function command(label: string, act: (model: LockoutModel, real: Real) => Promise<void> | void): Command {
  return {
    check: () => true,
    run: async (model, real) => {
      await act(model, real)
      await compare(model, real)
    },
    toString: () => label,
  }
}

async function compare(model: LockoutModel, real: Real): Promise<void> {
  const view = real.world.secureLogin.user('alice').view()
  expect({ state: view.state, failures: view.failures, until: view.until }).toEqual({
    state: model.isBlocked && model.state !== 'onboarding' ? 'blocked' : model.state,
    failures: model.count,
    until: model.isBlocked ? model.blockedUntil : undefined,
  })
  const listed = real.world.secureLogin.sessions().items
  expect(listed.map(({ state, details }) => `${state}, ${Number(details['failures'])} failures`)).toEqual(
    model.listSessions(),
  )
  for (let age = 0; age < 4; age++) {
    const index = newest(real, age)
    const response = await send(real, 'GET', 'user', real.sessions[index])
    const answer = { status: response.status, body: await response.text() }
    expect(answer).toEqual(model.user(index))
    note(real, `user ${answer.status} ${answer.body.split('"')[3] ?? ''}`)
  }
  const info = await send(real, 'GET', 'info')
  const time = new Date(model.now).toISOString().replace('.000Z', 'Z')
  expect(await info.text()).toBe(`{"active":${model.active},"server_time":"${time}"}`)
}

/** Of the sessions that were opened, the index of the newest, the one before it, and so on. */
function newest({ sessions: { length } }: Real, age: number): number {
  return Math.max(0, length - 1 - age)
}

const nth = (age: number): string => (age === 0 ? 'the newest' : `the newest but ${age}`)

function note({ seen }: Real, what: string): void {
  seen.set(what, (seen.get(what) ?? 0) + 1)
}

function send(
  real: Real,
  method: string,
  endpoint: string,
  session?: string,
  more: { body?: BodyInit; headers?: { [name: string]: string } } = {},
): Promise<Response> {
  const headers = { ...(session === undefined ? {} : { cookie: `JSESSIONID=${session}` }), ...more.headers }
  return real.fetch(`http://jira.test${apiPath}/${endpoint}`, { ...more, method, headers })
}

/** Sends a body to `/auth`, so many times at once. */
async function authenticate(real: Real, index: number, body: string, type: string, times = 1): Promise<Response[]> {
  const once = (): Promise<Response> =>
    // Bytes, so that nothing fills a content type in.
    send(real, 'POST', 'auth', real.sessions[index] ?? 'none', {
      body: new TextEncoder().encode(body),
      headers: type === '' ? {} : { 'content-type': type },
    })
  return Promise.all(Array.from({ length: times }, once))
}

function auth(label: string, session: number, body: string | undefined, type = 'text/plain', times = 1): Command {
  return command(`${label} in ${nth(session)} session`, async (model, real) => {
    const index = newest(real, session)
    const sent = body ?? model.pin
    const expected = Array.from({ length: times }, () => model.auth(index, sent, type))
    const answers = await authenticate(real, index, sent, type, times)
    expect(answers.map(({ status }) => status)).toEqual(expected)
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(expected.map(() => ''))
    for (const { status } of answers) note(real, `auth ${status}`)
  })
}

const change = (label: string, toModel: (model: LockoutModel) => void, toReal: (real: Real) => unknown): Command =>
  command(label, (model, real) => {
    toModel(model)
    toReal(real)
  })

function expectRefused(attempt: () => unknown): void {
  expect(attempt).toThrow(expect.objectContaining({ code: 'ERR_CHANGE_INVALID' }))
}

const alice = (real: Real): ReturnType<WorldOf['secureLogin']['user']> => real.world.secureLogin.user('alice')

/** Moves the clock to so many milliseconds from the end of the block, if there is one. */
const toEnd = (offsetMs: number): Command =>
  command(`clock to the end of the block ${offsetMs} ms`, (model, real) => {
    if (model.blockedUntil === undefined) return
    model.setClock(model.blockedUntil + offsetMs)
    real.world.clock.set(model.now)
  })

const sessions = fc.nat(3)
const seconds = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4000 }))
const wrong = fc.constantFrom('000000', '910818', '91081', '9108170', '0910817', '0', '9'.repeat(40))
const noDigits = fc.constantFrom('', ' 910817', '910817\n', '910-817', 'abc', '+910817', '９１０８１７', '\uFEFF910817')
const otherTypes = fc.constantFrom(
  '',
  'application/json',
  'text/html',
  'text/plainx',
  'application/x-www-form-urlencoded',
)
const plainTypes = fc.constantFrom('text/plain', 'text/plain; charset=utf-8', 'Text/Plain')

const signsIn = fc.constant(command('sign in', signIn))

export const commands: fc.Arbitrary<Command>[] = [
  fc.tuple(sessions, plainTypes).map(([session, type]) => auth(`right PIN as ${type}`, session, undefined, type)),
  fc.tuple(sessions, wrong).map(([session, pin]) => auth(`wrong PIN ${pin}`, session, pin)),
  fc.tuple(sessions, wrong).map(([session, pin]) => auth(`wrong PIN ${pin}`, session, pin)),
  fc.tuple(sessions, noDigits).map(([session, pin]) => auth(`no digits ${JSON.stringify(pin)}`, session, pin)),
  fc
    .tuple(sessions, otherTypes, fc.boolean())
    .map(([session, type, right]) =>
      auth(`type "${type}", ${right ? 'right' : 'wrong'}`, session, right ? undefined : '0', type),
    ),
  fc
    .tuple(sessions, fc.integer({ min: 2, max: 8 }))
    .map(([session, times]) => auth(`${times} wrong PINs at once`, session, '000000', 'text/plain', times)),
  signsIn,
  signsIn,
  signsIn,
  sessions.map((session) =>
    command(`sign out of ${nth(session)} session`, async (model, real) => {
      const index = newest(real, session)
      model.signOut(index)
      await new Phone(real.world, real.sessions[index] ?? '').send('DELETE', '/jira/rest/auth/1/session')
    }),
  ),
  seconds.map((s) =>
    change(
      `${s} s go by`,
      (model) => model.pass(s * 1000),
      (real) => real.host.pass(s * 1000),
    ),
  ),
  seconds.map((s) =>
    change(
      `clock advanced ${s} s`,
      (model) => model.setClock(model.now + s * 1000),
      (real) => real.world.clock.advance(`${s}s`),
    ),
  ),
  fc.constantFrom(0, 0, -1000, 1000).map(toEnd),
  fc.boolean().map((frozen) =>
    change(
      frozen ? 'freeze' : 'resume',
      (model) => model.setFrozen(frozen),
      ({ world }) => (frozen ? world.clock.freeze() : world.clock.resume()),
    ),
  ),
  fc.constant(
    change(
      'set enter',
      (model) => model.enter(),
      (real) => alice(real).set({ state: 'enter' }),
    ),
  ),
  fc.constantFrom('bypass', 'onboarding').map((state) =>
    change(
      `set ${state}`,
      (model) => model.exempt(state),
      (real) => alice(real).set({ state }),
    ),
  ),
  seconds.map((s) =>
    change(
      `block for ${s} s`,
      (model) => model.block(s * 1000),
      (real) => alice(real).set({ state: 'blocked', for: `${s}s` }),
    ),
  ),
  fc.constant(
    change(
      'unblock',
      (model) => model.unblock(),
      (real) => alice(real).unblock(),
    ),
  ),
  fc.constant(
    change(
      'expire',
      (model) => model.expire(),
      (real) => alice(real).set({ state: 'expired' }),
    ),
  ),
  fc.nat(4).map((failures) =>
    command(`set ${failures} failures`, (model, real) => {
      const set = (): unknown => alice(real).set({ failures })
      if (model.setFailures(failures)) set()
      else expectRefused(set)
    }),
  ),
  fc.integer({ min: 1, max: 5 }).map((blockAfter) =>
    change(
      `blockAfter ${blockAfter}`,
      (model) => model.administer({ blockAfter }),
      ({ world }) => world.secureLogin.set({ blockAfter }),
    ),
  ),
  seconds.map((s) =>
    change(
      `blockFor ${s} s`,
      (model) => model.administer({ blockForMs: s * 1000 }),
      ({ world }) => world.secureLogin.set({ blockFor: `${s}s` }),
    ),
  ),
  fc.boolean().map((active) =>
    change(
      `active ${active}`,
      (model) => model.administer({ active }),
      ({ world }) => world.secureLogin.set({ active }),
    ),
  ),
  fc.constantFrom('current', 'legacy').map((revision) =>
    change(
      `revision ${revision}`,
      (model) => model.administer({ legacy: revision === 'legacy' }),
      ({ world }) => world.secureLogin.set({ revision }),
    ),
  ),
  fc.constantFrom('user', 'session').map((per) =>
    change(
      `count per ${per}`,
      (model) => model.administer({ perSession: per === 'session' }),
      ({ world }) => world.secureLogin.set({ countFailuresPer: per }),
    ),
  ),
  fc.constantFrom('reject', 'extend').map((what) =>
    change(
      `${what} while blocked`,
      (model) => model.administer({ extend: what === 'extend' }),
      ({ world }) => world.secureLogin.set({ whileBlocked: what }),
    ),
  ),
]
