import type { Reply } from '../../core/step.ts'
import type { Answered } from '../comparing/answered.ts'
import type { Tokens } from '../playing/tokens.ts'
import type { SentCredentials } from '../playing/credentials.ts'
import { sessionsCarried, type SeenExchange } from '../playing/seen.ts'
import { neverCode, untilIn, type Possibility } from './possibility.ts'
import type { BareStage, RecordMap } from './stage.ts'

/** What a possibility would have answered, and what it is then. */
export interface PossibleAnswer {
  readonly expected: Answered
  readonly reply: Reply
  readonly next: Possibility
  /** Whether it depends on what nobody knows, so that another answer may be as right. */
  readonly isOpen: boolean
  /** Whether what is counted does so as well. */
  readonly isLoose: boolean
}

/** An exchange with somebody, the how many-th of all. */
export interface SeenTurn {
  readonly seen: SeenExchange
  readonly username: string
  readonly given: SentCredentials
  readonly turn: number
}

/** What a possibility may turn out to be with what a request tries: that is right, or it is not. */
export function branches(
  stage: BareStage,
  possibility: Possibility,
  given: SentCredentials,
  answer: Answered,
): readonly Possibility[] {
  const { password, code } = given
  const now = answer.at
  const byPassword = withEnd(stage, possibility, answer).flatMap((one) => {
    if (password === undefined || one.isPasswordKnown) return [one]
    const known = stage.change(one.known, { password }, now)
    return known === undefined ? [one] : [one, { ...one, known, isPasswordKnown: true }]
  })
  if (code === undefined || possibility.code !== undefined || possibility.refused.has(code)) return byPassword
  return byPassword.flatMap((each) => {
    const known = stage.withCode(each.known, code, now)
    return known === undefined ? [each] : [each, { ...each, known, code }]
  })
}

/**
 * Whoever was locked before anybody looked is so until the instant that is told first; where none ever is, they may be so no
 * longer.
 */
function withEnd(stage: BareStage, one: Possibility, answer: Answered): readonly Possibility[] {
  const { lockout } = stage.api.kit
  if (lockout === undefined || one.isEndOpen !== true) return [one]
  if (lockout.until === undefined) {
    const lifted = stage.change(one.known, { unblock: true }, answer.at)
    return lifted === undefined ? [one] : [one, { ...one, known: lifted, isEndOpen: false }]
  }
  const until = untilIn(answer, lockout.until.member)
  if (until === undefined) return [one]
  const known = stage.change(one.known, { state: lockout.state, for: until - answer.at }, answer.at)
  return known === undefined ? [one] : [{ ...one, known, isEndOpen: false }]
}

/** The same of somebody whose codes an app shows: each may be right, whatever was before. */
export function appBranches(
  stage: BareStage,
  one: Possibility,
  given: SentCredentials,
  { at: now }: Answered,
): readonly Possibility[] {
  const { code } = given
  if (code === undefined || one.code === undefined) return []
  return [code, neverCode].flatMap((pin) => {
    const known = stage.withCode(one.known, pin, now)
    return known === undefined ? [] : [{ ...one, known }]
  })
}

/** Plays what was seen of somebody; undefined where only a whole world could. */
export function playPossibility(
  stage: BareStage,
  one: Possibility,
  { seen: { request, answer }, username, given, turn }: SeenTurn,
): PossibleAnswer | undefined {
  const isElsewhere = sessionsCarried(stage.api.kit, request).some((id) => one.sessions.nameOf(id) === undefined)
  const anything = stage.api.kit.strangers?.open.filter((fact) => !one.learned.includes(fact)) ?? []
  const open = [...anything, ...one.tainted]
  const by = { now: answer.at, username, turn, isElsewhere, open }
  const played = stage.play(one.known, one.sessions.renamed(request), by)
  if (played === undefined) return undefined
  const { reply } = played.outcome
  const { lockout } = stage.api.kit
  const wasJudged = lockout?.harmless.includes(reply.clause) === false
  const told = { status: reply.status, headers: reply.headers, body: textOf(reply.body), at: answer.at }
  const sessions = one.sessions.and(answer, told)
  const expected = { ...told, body: withSessions(told.body, sessions, one.known, played.after) }
  return {
    expected,
    reply,
    isOpen: played.isOpen,
    isLoose: played.isLoose,
    next: {
      ...one,
      known: played.after,
      sessions,
      tainted: played.tainted.length === 0 ? one.tainted : [...new Set([...one.tainted, ...played.tainted])],
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

/** An answer that hands out a new session does so by the server's name for it. */
function withSessions(body: string, sessions: Tokens, before: RecordMap, after: RecordMap): string {
  if (body === '' || after.size === before.size) return body
  const begun = [...after.keys()].filter((key) => key.startsWith('session:') && !before.has(key))
  return begun.reduce((text, key) => {
    const ours = key.slice('session:'.length)
    return ours.length < 16 ? text : text.replaceAll(ours, () => sessions.theirs((name) => name === ours)[0] ?? ours)
  }, body)
}
