import { check } from '../core/check.ts'
import { parseDuration } from '../core/duration.ts'
import { unusable, type Issue } from '../core/errors.ts'
import { faultClause } from '../core/fault.ts'
import { choice, object, text, type Field } from '../core/field.ts'
import type { Written } from '../core/infer.ts'
import { fromIso } from '../core/instant.ts'
import { nearestWord } from '../core/nearest.ts'
import { findUser } from './find-user.ts'
import { ApiHandle } from './api-handle.ts'
import type { Entry } from './entry.ts'
import { userBefore } from './linter.ts'
import type { Stage } from './stage.ts'
import { stateIssues, statesOf } from './user-search.ts'
import { hasWords, isStatus } from './request-words.ts'
import { isRefused, viewRequest } from './views.ts'
import { bystanders } from './world-beside.ts'

/** A status of its own, or a class of them. */
const status = text({
  about: 'only that were answered with this status, or one of these: 4xx',
  pattern: /^([1-5]\d\d|[1-5]xx)$/i,
  shape: 'a status such as 401, or several such as 4xx',
  orInteger: true,
  optional: true,
}) as Field<string, string | number, 'may'>

/** What can be asked of requests, beside their operation. */
export const requestFilterFields = {
  user: text({ about: 'only of this user', optional: true }),
  status,
  outcome: choice(['accepted', 'refused'], {
    about: 'only that were accepted, or refused, by their status or in the body',
    optional: true,
  }),
  clause: text({ about: 'only that played this clause', optional: true }),
  while: text({ about: 'only that met their user in this state', optional: true }),
  since: text({
    about: 'only those after this request, such as r17, from this instant on (ISO-8601), or so long ago at most: 5m',
    optional: true,
  }),
  search: text({
    about: 'only with each of these words in what is told of them: path, user, clause, reason, …',
    optional: true,
  }),
}

/** Which requests are meant, beside their operation. */
export type RequestFilter<State extends string = string> = Omit<Written<typeof requestFilterFields>, 'while'> & {
  /** The state in which the request met its user. */
  readonly while?: State
}

/** Whether an entry of the journal is one that is meant. */
export type Fits = (entry: Entry) => boolean

/**
 * Reads which requests are meant. Throws ERR_FILTER_INVALID for a word that means none, with the nearest that would: what
 * is misspelt must not look as if it had never been asked.
 */
export function readFilter(stage: Stage, operation: string, filter: RequestFilter = {}): Fits {
  const { value, issues } = check(object(requestFilterFields, { about: 'which requests' }), filter)
  const wrong = [...issues, ...operationIssues(stage, operation)]
  if (value === undefined || wrong.length > 0) throw unusable('ERR_FILTER_INVALID', 'What is asked of requests', wrong)
  const others = [
    ...clauseIssues(stage, value.clause),
    ...stateIssues(value.while, statesIn(stage, operation), 'while'),
  ]
  const since = readSince(stage, value.since)
  if ('issue' in since) others.push(since.issue)
  if (others.length > 0) throw unusable('ERR_FILTER_INVALID', 'What is asked of requests', others)
  checkUser(stage, value.user)
  const isAfter = 'isAfter' in since ? since.isAfter : () => true
  return (entry) =>
    isOf(operation, entry) &&
    fits(value.user, entry.user) &&
    isStatus(value.status, entry.reply.status) &&
    fits(value.clause, entry.reply.clause) &&
    (value.outcome === undefined || isRefused(entry, stage.apis) === (value.outcome === 'refused')) &&
    (value.while === undefined || stateBefore(stage, entry) === value.while) &&
    isAfter(entry) &&
    (value.search === undefined || hasWords(value.search, viewRequest(entry, stage.apis)))
}

function fits<Value>(wanted: Value | undefined, value: Value | undefined): boolean {
  return wanted === undefined || wanted === value
}

function isOf(wanted: string, { api, operation }: Entry): boolean {
  if (wanted === '*') return true
  return wanted === `${api}.*` || (operation !== undefined && wanted === `${api}.${operation}`)
}

function statesIn(stage: Stage, operation: string): string[] {
  const apis = stage.playing.filter(({ id }) => operation === '*' || operation.startsWith(`${id}.`))
  return apis.flatMap((api) => statesOf(stage, api))
}

function stateBefore(stage: Stage, entry: Entry): string | undefined {
  const api = stage.playing.find(({ id }) => id === entry.api)
  return api && userBefore(entry, api, stage.settings(api))?.state
}

function* operationIssues({ playing }: Stage, operation: unknown): Iterable<Issue> {
  const names = [
    '*',
    ...playing.flatMap(({ id, operations }) => [`${id}.*`, ...operations.map((each) => `${id}.${each.id}`)]),
  ]
  if (typeof operation === 'string' && names.includes(operation)) return
  const said = JSON.stringify(operation) ?? 'nothing'
  yield { path: [], message: `${said} is no operation, such as "${names.at(-1)}".`, ...nearest(operation, names) }
}

function* clauseIssues({ playing }: Stage, clause: string | undefined): Iterable<Issue> {
  const ids = [
    'none',
    faultClause,
    ...Object.keys(bystanders),
    ...playing.flatMap(({ clauses }) => clauses.map(({ id }) => id)),
  ]
  if (clause === undefined || ids.includes(clause)) return
  yield { path: ['clause'], message: `"${clause}" is no clause of what plays.`, ...nearest(clause, ids) }
}

function readSince(stage: Stage, since: string | undefined): { readonly isAfter: Fits } | { readonly issue: Issue } {
  if (since === undefined) return { isAfter: () => true }
  if (stage.journal.find(since) !== undefined) {
    const earlier = new Set<string>([since])
    for (const { id } of stage.journal.entries()) {
      if (id === since) break
      earlier.add(id)
    }
    // Those that are yet to come are after it, too.
    return { isAfter: ({ id }) => !earlier.has(id) }
  }
  const instant = fromIso(since)
  if (instant !== undefined) return { isAfter: ({ at }) => at >= instant }
  const ago = parseDuration(since)
  if (ago !== undefined && ago >= 0) {
    const from = stage.now() - ago
    return { isAfter: ({ at }) => at >= from }
  }
  const message = `"${since}" is neither a request of this world's journal, such as r17, nor an instant in ISO-8601, nor a duration such as 5m`
  return { issue: { path: ['since'], message } }
}

/** A name that nobody has is told; one that no user has but a request did, is somebody's who was there. */
function checkUser(stage: Stage, user: string | undefined): void {
  if (user === undefined) return
  for (const entry of stage.journal.entries()) if (entry.user === user) return
  const handles = stage.playing.map((api) => new ApiHandle(stage, api))
  if (!handles.some((handle) => handle.has(user))) findUser(handles, user)
}

function nearest(word: unknown, words: Iterable<string>): Pick<Issue, 'nearest'> {
  const found = typeof word === 'string' ? nearestWord(word, words) : undefined
  return found === undefined ? {} : { nearest: found }
}
