import { fromIso, toIso } from '../../core/instant.ts'
import { isJsonObject, objectIn, type Json, type JsonObject } from '../../core/json.ts'
import type { Reply } from '../../core/step.ts'
import type { Answered } from '../comparing/answered.ts'
import { Tokens } from '../playing/tokens.ts'
import type { SentCredentials } from '../playing/credentials.ts'
import type { SeenExchange } from '../playing/seen.ts'
import type { BareStage, RecordMap } from './stage.ts'

/** One way in which everything that was seen of somebody could have come about. */
export interface Possibility {
  readonly known: RecordMap
  /** The mock's name for each session of the server. */
  readonly sessions: Tokens
  /** The code that was taken; undefined while none was. */
  readonly code?: string
  /** Codes that were judged, and refused. */
  readonly refused: ReadonlySet<string>
  /** The password is the one that was taken. */
  readonly isPasswordKnown: boolean
  /** The clause of the last answer to a code: what is wrong later may have begun there. */
  readonly after?: string
}

/** What a possibility would have answered, and what it is then. */
export interface PossibleAnswer {
  readonly expected: Answered
  readonly reply: Reply
  readonly next: Possibility
}

/** As many possibilities are followed of one person; beyond that nothing is said of them. */
export const mostPossibilities = 200

// Neither is what anybody sends.
const neverCode = '90817263549081726354908172635490'
const neverPassword = 'not known \u0001'

/** What somebody may be who is met for the first time: in any role, with any count that does not lock yet. */
export function firstPossibilities(
  stage: BareStage,
  username: string,
  { request, answer }: SeenExchange,
  now: number,
): readonly Possibility[] {
  const { kit } = stage.api
  const { lockout } = kit
  const limit = Number(stage.settings[lockout?.after ?? ''] ?? 1)
  const until = untilIn(answer, lockout?.until?.member)
  const { isIn = false, facts: met = {} } = kit.introduce?.(request, answer) ?? {}
  const told = isIn ? met : {}
  const found = Object.entries(kit.roles).flatMap(([role, { facts, hasNoCode, isLocked }]) => {
    // What a role is that needs facts nobody has seen is not known.
    if (role === lockout?.role || Object.keys(facts ?? {}).some((fact) => !Object.hasOwn(told, fact))) return []
    const counts = hasNoCode === true || isLocked === true ? [0] : Array.from({ length: limit }, (_, count) => count)
    return counts.map((failures): JsonObject => ({ ...told, role, ...(failures === 0 ? {} : { failures }) }))
  })
  return found.flatMap(({ role, ...facts }): Possibility[] => {
    const isLocked = kit.roles[String(role)]?.isLocked === true
    const before = { ...facts, ...(isLocked && until !== undefined ? { until: toIso(until) } : {}) }
    const account = { role: String(role), username, password: neverPassword, pin: neverCode, facts: before }
    const known = stage.with(account, now)
    return known === undefined ? [] : [{ known, sessions: new Tokens(), refused: new Set(), isPasswordKnown: false }]
  })
}

function untilIn({ body }: Answered, member: string | undefined): number | undefined {
  let value: Json | undefined = objectIn(body)
  for (const name of member?.split('.') ?? []) value = isJsonObject(value) ? value[name] : undefined
  return typeof value === 'string' ? fromIso(value) : undefined
}

/** What a possibility may turn out to be with what a request tries: that is right, or it is not. */
export function branches(
  stage: BareStage,
  one: Possibility,
  given: SentCredentials,
  now: number,
): readonly Possibility[] {
  const { password, code } = given
  const byPassword = [one]
  if (password !== undefined && !one.isPasswordKnown) {
    const known = stage.change(one.known, { password }, now)
    if (known !== undefined) byPassword.push({ ...one, known, isPasswordKnown: true })
  }
  if (code === undefined || one.code !== undefined || one.refused.has(code)) return byPassword
  return byPassword.flatMap((each) => {
    const known = stage.withCode(each.known, code, now)
    return known === undefined ? [each] : [each, { ...each, known, code }]
  })
}

/** The same of somebody whose codes an app shows: each may be right, whatever was before. */
export function appBranches(
  stage: BareStage,
  one: Possibility,
  given: SentCredentials,
  now: number,
): readonly Possibility[] {
  const { code } = given
  if (code === undefined || one.code === undefined) return []
  return [code, neverCode].flatMap((pin) => {
    const known = stage.withCode(one.known, pin, now)
    return known === undefined ? [] : [{ ...one, known }]
  })
}

/** Plays what was seen; undefined where only a whole world could. */
export function playPossibility(
  stage: BareStage,
  one: Possibility,
  { request, answer }: SeenExchange,
  given: SentCredentials,
): PossibleAnswer | undefined {
  const played = stage.play(one.known, one.sessions.renamed(request), answer.at)
  if (played === undefined) return undefined
  const { reply } = played.outcome
  const { lockout } = stage.api.kit
  const wasJudged = lockout?.harmless.includes(reply.clause) === false
  const expected = { status: reply.status, headers: reply.headers, body: textOf(reply.body), at: answer.at }
  return {
    expected,
    reply,
    next: {
      ...one,
      known: played.after,
      sessions: one.sessions.and(answer, expected),
      ...(given.code === undefined ? {} : { after: reply.clause }),
      refused:
        given.code !== undefined && wasJudged && given.code !== one.code
          ? new Set([...one.refused, given.code])
          : one.refused,
    },
  }
}

function textOf(body: string | Uint8Array | undefined): string {
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : (body ?? '')
}
