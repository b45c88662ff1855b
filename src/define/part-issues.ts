import { parseDuration } from '../core/duration.ts'
import type { Issue } from '../core/errors.ts'
import { isJsonObject } from '../core/json.ts'
import { quoted } from '../core/quoted.ts'
import type { AnyDefinition } from './any-definition.ts'
import { unknownMembers } from './unknown-members.ts'

/** What is wrong with lockout, second factor and sessions. */
export function* partIssues({ lockout, secondFactor, sessions }: AnyDefinition): Iterable<Issue> {
  if (lockout !== undefined) yield* lockoutIssues(lockout)
  if (secondFactor !== undefined) yield* factorIssues(secondFactor)
  if (sessions !== undefined) yield* sessionIssues(sessions)
}

const ofLockout = [
  'word',
  'counts',
  'after',
  'for',
  'afterLock',
  'grows',
  'longest',
  'forgottenAfter',
  'quick',
  'foreverAfter',
  'wholeSeconds',
]

function* lockoutIssues(lockout: NonNullable<AnyDefinition['lockout']>): Iterable<Issue> {
  if (!isJsonObject(lockout))
    return yield notA('lockout', lockout, "{ word: 'locked', counts: 'wrong codes', after: 3, for: '30m' }")
  yield* unknownMembers(lockout, ofLockout, ['lockout'])
  const at = (name: string): Issue['path'] => ['lockout', name]
  const { word, counts, after, for: lasts, longest, forgottenAfter, quick, foreverAfter, grows, afterLock } = lockout
  if (typeof word !== 'string' || !/^[a-z]\w*$/.test(word) || ['open', 'expired', 'state'].includes(word))
    yield {
      path: at('word'),
      message: `${quoted(word)} is no state of somebody who is locked, such as locked or blocked.`,
    }
  if (typeof counts !== 'string')
    yield { path: at('counts'), message: 'is missing: what is counted, such as wrong codes.' }
  if (!Number.isSafeInteger(after) || after < 1 || after > 1000)
    yield { path: at('after'), message: `${quoted(after)} is not a whole number from 1 to 1000.` }
  if (lasts !== null) yield* durationIssues(lasts, at('for'), ', or null')
  if (longest !== undefined) yield* durationIssues(longest, at('longest'))
  if (forgottenAfter !== undefined) yield* durationIssues(forgottenAfter, at('forgottenAfter'))
  if (quick !== undefined) {
    yield* durationIssues(quick?.within, ['lockout', 'quick', 'within'])
    yield* durationIssues(quick?.for, ['lockout', 'quick', 'for'])
  }
  if (foreverAfter !== undefined && (!Number.isSafeInteger(foreverAfter) || foreverAfter < 0))
    yield { path: at('foreverAfter'), message: `${quoted(foreverAfter)} is not a whole number of at least 0.` }
  if (grows !== undefined && !['never', 'failures', 'rounds'].includes(grows))
    yield { path: at('grows'), message: `${quoted(grows)} is not one of never, failures, rounds.` }
  if (afterLock !== undefined && !['cleared', 'kept'].includes(afterLock))
    yield { path: at('afterLock'), message: `${quoted(afterLock)} is not one of cleared, kept.` }
}

function* factorIssues(factor: NonNullable<AnyDefinition['secondFactor']>): Iterable<Issue> {
  if (!isJsonObject(factor)) return yield notA('secondFactor', factor, "{ called: 'pin' }")
  yield* unknownMembers(factor, ['called'], ['secondFactor'])
  if (!['pin', 'code'].includes(factor.called))
    yield { path: ['secondFactor', 'called'], message: `${quoted(factor.called)} is not one of pin, code.` }
}

function* sessionIssues(sessions: NonNullable<AnyDefinition['sessions']>): Iterable<Issue> {
  if (!isJsonObject(sessions)) return yield notA('sessions', sessions, "{ in: { cookie: 'SID' }, for: '30m' }")
  yield* unknownMembers(sessions, ['in', 'for', 'facts'], ['sessions'])
  yield* durationIssues(sessions.for, ['sessions', 'for'])
  const carrier: unknown = sessions.in
  const [[where, name] = [], ...more] = isJsonObject(carrier) ? Object.entries(carrier) : []
  const isNamed = more.length === 0 && typeof name === 'string' && /^[\w!#$%&'*+.^`|~-]+$/.test(name)
  if (carrier === 'bearer' || (isNamed && (where === 'cookie' || where === 'header'))) return
  const message = `${quoted(carrier)} is none of { cookie: 'SID' }, { header: 'x-ticket' } and 'bearer'.`
  yield { path: ['sessions', 'in'], message }
}

function* durationIssues(spelt: unknown, path: Issue['path'], or = ''): Iterable<Issue> {
  const ms = typeof spelt === 'string' ? parseDuration(spelt) : undefined
  if (ms === undefined || ms <= 0)
    yield { path, message: `${quoted(spelt)} is not a duration such as 90s or 30m${or}.` }
}

function notA(name: string, given: unknown, instead: string): Issue {
  return { path: [name], message: `${quoted(given)} is not what it is made of; write ${instead}.` }
}
