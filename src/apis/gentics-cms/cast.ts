import { given, type Interaction, type Text } from '../../core/interaction.ts'
import type { JsonObject } from '../../core/json.ts'
import { secretCookie } from './wire.ts'
import type { Facts } from './facts.ts'
import type { Settings } from './settings.ts'
import { groupsOf, userFacts, type Ending, type User } from './state.ts'

// A pact tells of one user, whoever it was. These are the defaults of the provider states.
export const { username } = userFacts.given
export const exampleSid = '7'
export const exampleSecret = 'a1B2c3D4e5F6g7H'

const sidPattern = '[1-9]\\d*'
const secretPattern = '[0-9A-Za-z]{15}'
const wrongSecret = 'wrong0wrong0wrong'.slice(0, 15)

type State = Interaction['states'][number]

const endedBy: Readonly<Record<Ending, string>> = {
  'logged out': 'logout',
  'all logged out': 'logout of all',
  // From outside: no provider state does that, and no answer tells it from a logout.
  expired: 'logout',
  aged: 'age',
}

/** The user of the pact, as far as it matters what the one of the exchange is. */
export function userParams(user: User | undefined, { maintenance }: Settings): JsonObject {
  const outside = user !== undefined && groupsOf(user).length === 0
  const sees = maintenance && user?.seesMaintenance === true
  return {
    username,
    password: username,
    ...(outside ? { state: 'no-groups' } : {}),
    ...(sees ? { seesMaintenance: true } : {}),
  }
}

export function userState(user: User | undefined, settings: Settings): State {
  return { name: 'a user of the CMS', params: userParams(user, settings) }
}

/** The session that an exchange is about, if there is or was one. */
export function sessionStates(
  { session, ending }: Facts,
  user: User | undefined,
  settings: Settings,
): readonly State[] {
  if (session === undefined) return []
  const params = userParams(user, settings)
  if (ending === undefined) return [{ name: 'a session of the CMS', params }]
  return [{ name: 'a session of the CMS that has ended', params: { ...params, by: endedBy[ending] } }]
}

/** The cookie of an exchange: that of the session, or another. */
export function cookieOf({ session, cookieIsRight }: Facts): Interaction['request']['headers'] {
  if (cookieIsRight === undefined) return {}
  if (session === undefined || !cookieIsRight) return foreignCookie
  return sessionCookie
}

/** A cookie whose secret is none of any session's. */
export const foreignCookie: Interaction['request']['headers'] = { Cookie: `${secretCookie}=${wrongSecret}` }

/** The cookie of the session that the provider state opened. */
export const sessionCookie: Interaction['request']['headers'] = {
  Cookie: given(`${secretCookie}=\${secret}`, `${secretCookie}=${exampleSecret}`, `^${secretCookie}=${secretPattern}$`),
}

/** Where an exchange names its session: that of the provider state, or what the exchange had in its place. */
export function sidOf({ named, token, session, tokenIsRight }: Facts, before = '', after = ''): Text {
  const end = after.replaceAll('.', '\\.')
  const start = before.replaceAll('.', '\\.')
  if (named === undefined || token === undefined) return `${before}nonsense${after}`
  if (session === undefined) {
    const sid = token.sid === 0 ? '0' : '999999999'
    return `${before}${sid}${token.secret === undefined ? '' : wrongSecret}${after}`
  }
  if (tokenIsRight === undefined) {
    return given(`${before}\${sid}${after}`, `${before}${exampleSid}${after}`, `^${start}${sidPattern}${end}$`)
  }
  const [value, example] = tokenIsRight
    ? ['${token}', exampleSid + exampleSecret]
    : ['${sid}' + wrongSecret, exampleSid + wrongSecret]
  return given(before + value + after, before + example + after, `^${start}${sidPattern}${secretPattern}${end}$`)
}

/** What is said of the session in a title. */
export function sessionWords({ named, session, ending, claim, tokenIsRight, cookieIsRight }: Facts): string {
  if (named === undefined || session === undefined) return 'without a session'
  if (ending === 'aged') return 'in a session that was idle for too long'
  if (ending !== undefined) return 'in a session that has ended'
  if (claim.kind === 'live') return 'in a session'
  const has = tokenIsRight === undefined && cookieIsRight === undefined ? 'without its secret' : 'with a wrong secret'
  return `in a session ${has}`
}
