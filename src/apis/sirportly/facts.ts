import { headerValue, type HttpRequest } from '../../core/http.ts'
import { Needs, type Records } from '../../core/step.ts'
import type { TracedCaller, TracedExchange } from '../../core/tracing.ts'
import { readParameters, type Parameters } from './parameters.ts'
import type { Settings } from './settings.ts'
import { accounts, factor, isPermitted, lock, namesakesOf, openAccount, userIdOf, users, type User } from './state.ts'
import { standingOf, type UserChange } from './users.ts'

/** Somebody of the name that a request gives, in an account that can be used. */
export interface Namesake {
  readonly user: User
  readonly state: UserChange['state']
  readonly hasPassword: boolean
  /** Whether the code that was sent is theirs, if it was looked at. */
  readonly hasCode: boolean
  /** Whether their account may be used from the address. */
  readonly isPermitted: boolean
}

/** What a request asks, and what is known of whom it names. */
export interface Facts {
  readonly parameters: Parameters
  readonly application: 'none' | 'unknown' | 'known'
  /** What the account that the request names is. */
  readonly account: 'none' | 'unknown' | 'disabled' | 'open'
  /** Whether that account may be used from the address. */
  readonly isPermitted: boolean
  /** Whether name and password are right in any account, whichever the request names (SP-16). */
  readonly isRightSomewhere: boolean
  /** Those in that account, or in any; by id. */
  readonly namesakes: readonly Namesake[]
}

export function factsOf(exchange: TracedExchange<Settings>): Facts {
  const { before, settings, address } = exchange
  const parameters = parametersOf(exchange)
  const named = parameters.account
  const account = named === undefined ? undefined : openAccount(before, named, settings)
  const isThere = named !== undefined && accounts.get(before, named) !== undefined
  return {
    parameters,
    application: applicationOf(exchange),
    account: named === undefined ? 'none' : account !== undefined ? 'open' : isThere ? 'disabled' : 'unknown',
    isPermitted: account === undefined || isPermitted(account, address),
    isRightSomewhere: namesakesOf(before, parameters.username ?? '').some(
      (id) => users.get(before, id)?.password === parameters.password,
    ),
    namesakes: namesakes(exchange, parameters),
  }
}

const nothing: Parameters = {
  username: undefined,
  password: undefined,
  code: undefined,
  account: undefined,
  unread: undefined,
}

/** The parameters; none where they were not looked at, and it takes somebody else to read them. */
export function parametersOf(exchange: TracedExchange<Settings>, request: HttpRequest = exchange.request): Parameters {
  try {
    return readParameters(request, exchange)
  } catch (error) {
    if (error instanceof Needs) return nothing
    throw error
  }
}

function applicationOf({ request, settings: { applications } }: TracedExchange<Settings>): Facts['application'] {
  const token = headerValue(request.headers, 'x-auth-application')
  if (token === undefined || token.trim() === '') return 'none'
  return applications.length === 0 || applications.includes(token) ? 'known' : 'unknown'
}

function namesakes(exchange: TracedExchange<Settings>, parameters: Parameters): Namesake[] {
  const { before, settings, address, now, answer } = exchange
  const { password, code } = parameters
  return idsOf(before, parameters)
    .flatMap((id): Namesake[] => {
      const user = users.get(before, id)
      const account = user === undefined ? undefined : openAccount(before, user.account, settings)
      if (user === undefined || account === undefined) return []
      const state = stateOf(user, exchange)
      const hasPassword = user.password === password
      const permitted = isPermitted(account, address)
      // Nobody looks at a code before that, and whoever works out time-based ones may not be there.
      const isAsked = hasPassword && permitted && state === 'active' && user.secondFactor === 'set-up'
      const hasCode = isAsked && code !== undefined && factor.judge(user, code, { now, settings, answer }).isRight
      return [{ user, state, hasPassword, hasCode, isPermitted: permitted }]
    })
    .sort((one, other) => one.user.id - other.user.id)
}

function idsOf(records: Records, { username, account }: Parameters): readonly string[] {
  if (username === undefined) return []
  return account === undefined ? namesakesOf(records, username) : [userIdOf(account, username)]
}

function stateOf(user: User, { settings, now }: TracedExchange<Settings>): UserChange['state'] {
  return standingOf(lock.now(user, settings, now))
}

/** Whomever the request names, if that is one user. */
export function caller(exchange: TracedExchange<Settings>): TracedCaller | undefined {
  const { operation, before, after } = exchange
  if (operation === undefined) return undefined
  const ids = idsOf(before, parametersOf(exchange))
  const [id, ...others] = ids.filter((each) => users.get(before, each) !== undefined)
  if (id === undefined || others.length > 0) return undefined
  const [one, other] = [users.get(before, id), users.get(after, id)]
  if (one === undefined || other === undefined) return undefined
  return { id, before: stateOf(one, exchange), after: stateOf(other, exchange) }
}
