import { headerPairs, type HeaderList } from '../../core/http.ts'
import { readJson, isJsonObject, type Json } from '../../core/json.ts'
import type { Answered } from '../comparing/answered.ts'
import type { Difference } from '../comparing/difference.ts'
import type { Exchange } from './exchange.ts'

/**
 * In what an answer differs from the one before it, where both should tell the same: in status, members, headers, or a
 * value that is one in what was expected of both. What stands in a member is compared with what was expected elsewhere.
 */
export function unlikeTwin(before: Exchange, exchange: Exchange): Difference[] {
  const [one, other] = [before.received, exchange.received]
  if (one === undefined || other === undefined) return []
  const found: Difference[] = []
  const note = (where: string, how: Difference['how'], wanted: string, got: string): void => {
    if (wanted !== got) found.push({ where, how, expected: `${wanted}, as in step ${before.step + 1}`, received: got })
  }
  if (before.expected.status === exchange.expected.status)
    note('status', 'value', String(one.status), String(other.status))
  const [names, otherNames] = [headerNames(one.headers), headerNames(other.headers)]
  for (const name of new Set([...names, ...otherNames])) {
    note(
      `header ${name}`,
      otherNames.has(name) ? 'extra' : 'missing',
      told(names.has(name)),
      told(otherNames.has(name)),
    )
  }
  const [members, otherMembers] = [membersOf(one), membersOf(other)]
  const [wanted, alsoWanted] = [membersOf(before.expected), membersOf(exchange.expected)]
  for (const path of new Set([...members.keys(), ...otherMembers.keys()])) {
    const [has, hasToo] = [members.has(path), otherMembers.has(path)]
    if (has !== hasToo) note(path, hasToo ? 'extra' : 'missing', told(has), told(hasToo))
    else if (wanted.has(path) && wanted.get(path) === alsoWanted.get(path))
      note(path, 'form', members.get(path) ?? '', otherMembers.get(path) ?? '')
  }
  return found
}

/** Whether a difference is one to the answer before. */
export function isUnlikeTwin({ expected }: Difference): boolean {
  return /, as in step \d+$/.test(expected)
}

function told(isThere: boolean): string {
  return isThere ? 'there' : 'not there'
}

/** Without those that may come with one answer and not with the next, whatever is asked. */
function headerNames(headers: HeaderList): Set<string> {
  const names = headerPairs(headers).map(([name]) => name.toLowerCase())
  return new Set(
    names.filter(
      (name) =>
        !/^(age|connection|content-encoding|content-length|date|etag|keep-alive|retry-after|set-cookie|transfer-encoding|vary|x-cache.*)$/.test(
          name,
        ),
    ),
  )
}

/** What stands at each path of a body; texts as they are, where the body is one. */
function membersOf({ body }: Pick<Answered, 'body'>): Map<string, string> {
  const members = new Map<string, string>()
  const visit = (value: Json, where: string): void => {
    const inner = Array.isArray(value) ? Object.entries(value) : isJsonObject(value) ? Object.entries(value) : undefined
    if (inner === undefined) members.set(where, JSON.stringify(value))
    else for (const [name, member] of inner) visit(member as Json, `${where}.${name}`)
  }
  try {
    visit(readJson(body), 'body')
  } catch {
    members.set('body', body)
  }
  return members
}
