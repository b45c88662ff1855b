import type { Interaction } from '../../core/interaction.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Facts, Namesake } from './facts.ts'
import { choiceNames, settingFields, type Settings } from './settings.ts'
import { userFacts } from './user-facts.ts'
import type { UserChange } from './users.ts'

// A pact tells of one user, whoever it was: of adam, who is in as many accounts as they were.
const { username, password, code: rightCode } = userFacts.given
const nobody = 'nobody'
const accounts = [userFacts.given.account, 'fibreband']
const ids = [6, 36]
const outside = { allowFrom: ['192.0.2.0/24'] }

type State = Interaction['states'][number]

/** A namesake, by the name, account and number that the pact gives them. */
export interface PactUser extends Namesake {
  readonly id: number
  readonly permalink: string
}

/** Who plays in an interaction, and what they sign in with. */
export interface Cast {
  readonly parts: readonly PactUser[]
  readonly states: readonly State[]
  /** By the names on the wire; what was not sent is left out. */
  readonly credentials: { readonly [name: string]: string }
}

export function castOf(facts: Facts, clause: string, settings: Settings): Cast {
  const parts = facts.namesakes.map((namesake, index) => ({
    ...namesake,
    id: ids[index] ?? 100 + index,
    permalink: accounts[index] ?? `account-${index + 1}`,
  }))
  const states = [settingsState(facts, settings)]
  if (facts.application === 'known' && clause !== 'SP-U4') states.push(...statesOf(facts, parts, clause))
  return { parts, states, credentials: credentialsOf(facts, parts) }
}

function settingsState({ application }: Facts, settings: Settings): State {
  const params = { ...(application === 'unknown' ? { applications: ['help-app'] } : {}), ...unusual(settings) }
  return { name: "Sirportly's settings", params }
}

/** The open points that are set otherwise than they come. */
export function unusual(settings: Settings): JsonObject {
  return Object.fromEntries(
    choiceNames.flatMap((name) => (settings[name] === settingFields[name].default ? [] : [[name, settings[name]]])),
  )
}

function statesOf(facts: Facts, parts: readonly PactUser[], clause: string): State[] {
  const { account, isPermitted, isRightSomewhere } = facts
  const [atech = '', fibreband = ''] = accounts
  const somebody = { name: 'a Sirportly user', params: { username, account: fibreband, password } }
  const known = isRightSomewhere ? [somebody] : [nobodyState(nobody)]
  if (account === 'unknown') return [...known, { name: 'no Sirportly account', params: { account: 'acme' } }]
  if (account === 'disabled') return [...known, accountState(atech, { enabled: false })]
  if (account === 'open') {
    const [part] = parts
    const closed = isPermitted ? [] : [accountState(atech, outside)]
    const elsewhere = isRightSomewhere && part?.hasPassword !== true ? [somebody] : []
    if (part !== undefined) return [...elsewhere, userState(part, parts, clause, {}), ...closed]
    const others = isRightSomewhere ? [nobodyState(username), somebody] : [nobodyState(nobody)]
    return [...others, accountState(atech, isPermitted ? {} : outside)]
  }
  if (parts.length === 0) return [nobodyState(nobody)]
  const each = parts.flatMap((part) => [
    userState(part, parts, clause, { id: part.id }),
    ...(part.isPermitted ? [] : [accountState(part.permalink, outside)]),
  ])
  return [nobodyState(username), ...each]
}

function accountState(permalink: string, params: JsonObject): State {
  return { name: 'a Sirportly account', params: { account: permalink, ...params } }
}

function nobodyState(name: string): State {
  return { name: 'nobody in Sirportly', params: { username: name } }
}

function userState(part: PactUser, parts: readonly PactUser[], clause: string, more: JsonObject): State {
  const { permalink, hasPassword, user } = part
  const params = { username, account: permalink, password: hasPassword ? password : 'another', ...more }
  const code = { code: codeOf(part, parts) }
  switch (part.state) {
    case 'no-api-access':
      return { name: 'a Sirportly user without API access', params }
    case 'two-factor-required':
      return { name: 'a Sirportly user who has to set up a second factor', params }
    case 'locked':
      return { name: 'a Sirportly user with a locked second factor', params: { ...params, ...code } }
    default: {
      // With one more wrong code than an administrator allows by default, the second factor is locked.
      const failures = clause === 'SP-U6' ? { failures: 4 } : {}
      if (user.secondFactor === 'set-up') {
        return { name: 'a Sirportly user with a second factor', params: { ...params, ...code, ...failures } }
      }
      return { name: 'a Sirportly user', params: { ...params, ...(user.activated ? {} : { activated: false }) } }
    }
  }
}

function codeOf(part: PactUser, parts: readonly PactUser[]): string {
  return part.hasCode || !parts.some(({ hasCode }) => hasCode) ? rightCode : '654321'
}

function credentialsOf(facts: Facts, parts: readonly PactUser[]): Cast['credentials'] {
  const { parameters, account, isRightSomewhere } = facts
  // Of an application that is refused, nothing is looked at.
  const isRefused = facts.application !== 'known'
  const isRight = account === 'none' ? parts.some(({ hasPassword }) => hasPassword) : isRightSomewhere
  const isKnown = isRefused || parts.length > 0 || isRight || parameters.password === undefined
  const isWrong = !isRefused && parts.length > 0 && !isRight
  // A code that nobody looks at may as well be right.
  const isLookedAt =
    !isRefused && parts.some(({ hasPassword, state, user }) => hasPassword && isAsked(state, user.secondFactor))
  const code = parts.some(({ hasCode }) => hasCode) || !isLookedAt ? rightCode : '000000'
  return {
    ...(parameters.username === undefined ? {} : { username: isKnown ? username : nobody }),
    ...(parameters.password === undefined ? {} : { password: isWrong ? 'wrong' : password }),
    ...(parameters.code === undefined ? {} : { two_factor_code: code }),
    ...(account === 'none' ? {} : { account: account === 'unknown' && !isRefused ? 'acme' : (accounts[0] as string) }),
  }
}

function isAsked(state: UserChange['state'], secondFactor: string): boolean {
  return state === 'active' && secondFactor === 'set-up'
}
