import { headerValue } from '../../../src/core/http.ts'
import { precedes } from '../../../src/core/linearizability.ts'
import { block, type User } from '../../../src/apis/secure-login/state.ts'
import type { Setup } from '../../../src/world/setup.ts'
import type { Item } from './log.ts'
import type { Operation } from './operation.ts'
import { Reference } from './reference.ts'
import { blockAfter } from './workload.ts'

/** What a check found. */
export interface Findings {
  readonly wrong: readonly string[]
  readonly commits: number
  /** What was done to users: PINs taken, blocks, and changes by administrators. */
  readonly taken: number
  readonly blocks: number
  readonly changes: number
  /** Operations that were answered otherwise than with 503, and those that were not. */
  readonly answered: number
  readonly refused: number
  /** Of those, how many took effect all the same. */
  readonly refusedButDone: number
  readonly longestMs: number
}

/**
 * Whether a history is linearizable: whether one order explains every answer, and keeps the order of whatever did not
 * overlap. The store says which order it was, so that it has only to be followed: first by the pure steps, then by the
 * clock of the clients. An operation that was refused with 503 was done before the refusal, or never.
 */
export function check(operations: readonly Operation[], items: readonly Item[], setup: Setup): Findings {
  const wrong: string[] = []
  const places = placesOf(operations, items, wrong)
  const owners = new Map<number, Operation>()
  for (const [operation, place] of places) if (Number.isInteger(place)) owners.set(place, operation)
  const reference = new Reference(setup)
  for (const item of items) {
    const found = [...reference.follow(item, owners.get(item.commit)), ...againstTheRules(item)]
    wrong.push(...found.map((what) => `commit ${item.commit}: ${what}`))
  }
  wrong.push(...againstTime(places))
  const refused = operations.filter(isRefused)
  return {
    wrong,
    commits: items.length,
    taken: items.filter(({ entry }) => entry?.operation === 'auth' && entry.reply.status === 200).length,
    blocks: items.filter(({ entry }) => entry?.reply.clause === 'SL-14').length,
    changes: items.filter(({ entry }) => entry === undefined).length,
    answered: operations.length - refused.length,
    refused: refused.length,
    refusedButDone: refused.filter((operation) => places.has(operation)).length,
    longestMs: operations.reduce((longest, { startedAt, endedAt }) => Math.max(longest, endedAt - startedAt), 0),
  }
}

function isRefused({ answer }: Operation): boolean {
  return answer === undefined || answer.status === 503
}

/** Where in the order of the store each operation stands: at its commit, or, if it only looked, right behind one. */
function placesOf(operations: readonly Operation[], items: readonly Item[], wrong: string[]): Map<Operation, number> {
  const places = new Map<Operation, number>()
  const byCommit = new Map(items.map((item) => [item.commit, item]))
  for (const item of items) {
    if (item.entry === undefined) continue
    const operation = operations[Number(headerValue(item.entry.request.headers, 'x-operation'))]
    if (operation === undefined) wrong.push(`commit ${item.commit} is nobody's`)
    else if (places.has(operation)) wrong.push(`operation ${operation.id} was done twice`)
    else places.set(operation, item.commit)
  }
  let unclaimed = items.filter(({ entry }) => entry === undefined).length
  for (const operation of operations) {
    const { answer, id } = operation
    // A change that was refused as wrong changed nothing, and has no place.
    if (
      answer === undefined ||
      (answer.status >= 400 && answer.headers['x-understudy-commit'] === undefined && answer.status !== 503)
    )
      continue
    const commit = Number(answer.headers['x-understudy-commit'])
    const place = places.get(operation)
    if (answer.status === 503) {
      if (place !== undefined && answer.body.includes('Nothing was changed'))
        wrong.push(`operation ${id} was done at ${place}, and answered that nothing was`)
    } else if (operation.path.startsWith('/__understudy')) {
      if (operation.method === 'GET') places.set(operation, commit + 0.5)
      else {
        unclaimed--
        if (byCommit.get(commit)?.entry !== undefined || !byCommit.has(commit))
          wrong.push(`operation ${id} has no commit`)
        places.set(operation, commit)
      }
    } else if (place !== commit) wrong.push(`operation ${id} was answered as commit ${commit}, but is ${String(place)}`)
  }
  const unsure = operations.filter(
    (operation) => isRefused(operation) && operation.path.startsWith('/__understudy'),
  ).length
  if (unclaimed < 0 || unclaimed > unsure) wrong.push(`${unclaimed} changes are nobody's`)
  return places
}

/** What ended before another began has to stand before it. */
function againstTime(places: ReadonlyMap<Operation, number>): string[] {
  const wrong: string[] = []
  const ordered = [...places].sort(([, one], [, other]) => one - other)
  let latest: Operation | undefined
  for (const [operation] of ordered) {
    if (latest !== undefined && precedes(operation, latest)) {
      wrong.push(`operation ${operation.id} had ended before ${latest.id} began, and stands behind it`)
    }
    if (latest === undefined || operation.startedAt > latest.startedAt) latest = operation
  }
  return wrong
}

/** What has to hold whatever the steps say: no PIN is taken while its user is blocked, and no failure counts too many. */
function againstTheRules({ entry, writes }: Item): string[] {
  const wrong: string[] = []
  const users = (records: Iterable<readonly [string, unknown]>): User[] =>
    [...records].flatMap(([key, value]) => (key.includes('/user:') && value !== undefined ? [value as User] : []))
  for (const { failures, username } of users(Object.entries(writes))) {
    if (failures > blockAfter) wrong.push(`${failures} failures of ${username} were counted`)
  }
  if (entry?.operation === 'auth' && entry.reply.status === 200 && entry.fault === undefined) {
    const blocked = users(entry.reads).find((user) => block.isLocked(user, entry.at))
    if (blocked !== undefined) wrong.push(`a PIN of ${blocked.username} was taken during a block`)
  }
  return wrong
}
