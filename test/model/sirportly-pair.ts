import type fc from 'fast-check'
import { expect } from 'vitest'
import { createFetch } from '../../src/fetch.ts'
import { createWorld, type WorldOf, type Scenario } from '../../src/index.ts'
import { HostTime } from '../support/host-time.ts'
import { SirportlyModel, type ModelRequest } from './sirportly-model.ts'
import { ModelUser } from './sirportly-user.ts'

/** The real thing: a world with a few users, on a host whose clock is moved by hand. */
export interface Real {
  readonly world: WorldOf
  readonly host: HostTime
  /** How often each kind of answer came. */
  readonly seen: Map<string, number>
}

export const fixedCode = '111111'

/** One secret, as the scenario writes it and as the model takes it. */
export const secret = {
  base32: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  hex: '48656c6c6f21deadbeef48656c6c6f21deadbeef',
}

const startsAt = '2026-01-15T09:00:00Z'

function createUsers(): ModelUser[] {
  return [
    new ModelUser({ id: 3, account: 'one', username: 'adam', secret: { fixed: fixedCode } }),
    new ModelUser({ id: 2, account: 'two', username: 'adam', secret: { hex: secret.hex } }),
    new ModelUser({ id: 1, account: 'three', username: 'adam' }),
    new ModelUser({ id: 5, account: 'one', username: 'bea', secret: { fixed: fixedCode } }),
    new ModelUser({ id: 4, account: 'two', username: 'bea', password: 'pa55word', required: true }),
  ]
}

type WrittenUser = NonNullable<NonNullable<Scenario['sirportly']>['users']>[number]

function specOf({ id, account, username, password, factor, secret: given }: ModelUser): WrittenUser {
  const name = { firstName: 'F', lastName: 'L', emailAddress: 'f@l.example' }
  const proof =
    given === undefined ? {} : 'fixed' in given ? { code: given.fixed } : { totp: { secret: secret.base32 } }
  const twoFactor = factor === 'none' ? {} : { twoFactor: { ...proof, required: true } }
  return { id, account, username, password, apiAccess: true, ...name, ...twoFactor }
}

/** The model and the real thing side by side. Account three may be used from one network only. */
export async function createPair(seen: Map<string, number>): Promise<{ model: SirportlyModel; real: Real }> {
  const users = createUsers()
  const model = new SirportlyModel(Date.parse(startsAt), users, { three: '10.' })
  const host = new HostTime(startsAt)
  const accounts = { one: {}, two: {}, three: { allowFrom: ['10.0.0.0/8'] } }
  const sirportly = { accounts, users: users.map(specOf) }
  const world = await createWorld({ sirportly }, { time: host.time, journalLimit: 1 })
  return { model, real: { world, host, seen } }
}

export type Command = fc.AsyncCommand<SirportlyModel, Real>

/** A command that does something to both and then holds everything visible of one against the other. */
export function command(label: string, act: (model: SirportlyModel, real: Real) => Promise<void> | void): Command {
  return {
    check: () => true,
    run: async (model, real) => {
      await act(model, real)
      const { items } = real.world.sirportly.users()
      expect(items.map(({ username, state, failures, until }) => [username, state, failures, until])).toEqual(
        model.users.map((user) => viewOf(user, model.now)),
      )
    },
    toString: () => label,
  }
}

function viewOf(user: ModelUser, now: number): unknown[] {
  const isAsked = user.factor === 'asked'
  const isLocked = isAsked && user.isLocked(now)
  return [
    idOf(user),
    stateOf(user, isLocked),
    isAsked ? user.failures(now) : undefined,
    isLocked ? user.lockEnd : undefined,
  ]
}

function stateOf({ apiAccess, factor }: ModelUser, isLocked: boolean): string {
  if (!apiAccess) return 'no-api-access'
  if (factor === 'missing') return 'two-factor-required'
  return isLocked ? 'locked' : 'active'
}

function idOf({ account, username }: ModelUser): string {
  return `${account}/${username}`
}

/** The same user on both sides. */
export function userOf(
  index: number,
  model: SirportlyModel,
  { world }: Real,
): { user: ModelUser; handle: ReturnType<WorldOf['sirportly']['user']> } {
  const user = model.users[index] as ModelUser
  return { user, handle: world.sirportly.user(idOf(user)) }
}

interface Body {
  readonly status?: string
  readonly user?: { readonly account: { readonly permalink: string } }
  readonly users?: readonly { readonly account: { readonly permalink: string } }[]
  readonly error?: string
  readonly errors?: object
}

function toldBy(text: string): string {
  const { user, users, error, errors } = JSON.parse(text) as Body
  if (user !== undefined) return `one ${user.account.permalink}`
  if (users !== undefined) return `all ${users.map(({ account }) => account.permalink).join(' ')}`
  if (errors !== undefined) return Object.keys(errors).join(' ')
  return error === 'InvalidApplication' ? error : text
}

function kindOf(text: string): string {
  const { status, users, error } = JSON.parse(text) as Body
  const many = users === undefined ? '' : users.length === 0 ? ' none' : users.length === 1 ? ' one' : ' several'
  return `${status ?? error ?? 'errors'}${many}`
}

function post({ world }: Real, { application, address, code, ...rest }: ModelRequest): Promise<Response> {
  const form = Object.entries({ ...rest, two_factor_code: code })
  return createFetch(world, { address })('http://help.test/api/v2/authentication/authenticate', {
    method: 'POST',
    headers: application ? { 'x-auth-application': 'a' } : {},
    body: new URLSearchParams(form.filter((pair): pair is [string, string] => pair[1] !== undefined)),
  })
}

/** Asks both the same, so many times at once. */
export async function askBoth(model: SirportlyModel, real: Real, asked: ModelRequest, times: number): Promise<void> {
  const expected = Array.from({ length: times }, () => model.ask(asked)).map(({ status, told }) => `${status} ${told}`)
  const responses = await Promise.all(expected.map(() => post(real, asked)))
  const texts = await Promise.all(responses.map((response) => response.text()))
  const answers = texts.map((text, index) => `${responses[index]?.status} ${toldBy(text)}`)
  // Which of those at once was first, nobody knows.
  expect(answers.sort()).toEqual(expected.sort())
  for (const kind of texts.map(kindOf)) real.seen.set(kind, (real.seen.get(kind) ?? 0) + 1)
}
