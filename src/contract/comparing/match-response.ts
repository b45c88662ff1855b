import { headerPairs, headerValue, mediaType } from '../../core/http.ts'
import { isJsonObject, parseJson, sameJson, type Json, type JsonObject } from '../../core/json.ts'
import type { Answered } from './answered.ts'
import type { Difference } from './difference.ts'
import { kindOf, mismatch } from './match-rule.ts'
import type { PactInteraction } from './own-pact.ts'
import type { RuleBook, RulePart } from './rule-book.ts'

/** In what an answer is not what an interaction relies on. What an answer has beyond it is fine. */
export function matchResponse({ response }: PactInteraction, received: Answered): Difference[] {
  const found: Difference[] = []
  if (received.status !== response.status) {
    found.push({ where: 'status', how: 'value', expected: String(response.status), received: String(received.status) })
  }
  for (const [name, wanted] of headerPairs(response.headers)) {
    const got = headerValue(received.headers, name.toLowerCase())
    const where = `header ${name.toLowerCase()}`
    if (got === undefined) found.push({ where, how: 'missing', expected: wanted, received: 'none' })
    else found.push(...matchHeader(matchersAt(response.rules, 'header', [name.toLowerCase()]), where, wanted, got))
  }
  if (response.body !== undefined) found.push(...matchBody(response, received))
  return found
}

function matchHeader(matchers: readonly JsonObject[], where: string, wanted: string, got: string): Difference[] {
  if (matchers.length === 0) {
    const isType = where === 'header content-type'
    const isSame = isType ? mediaType(got) === mediaType(wanted) : got === wanted
    return isSame ? [] : [{ where, how: 'value', expected: wanted, received: got }]
  }
  const [problem] = problems(matchers, wanted, got)
  // What holds for a header holds for each value of a list.
  const isList =
    problem !== undefined && got.split(',').every((part) => problems(matchers, wanted, part.trim()).length === 0)
  return problem === undefined || isList ? [] : [{ where, how: 'form', expected: problem, received: got }]
}

function matchBody(response: PactInteraction['response'], received: Answered): Difference[] {
  const wanted = response.body as Json
  if (
    wanted === '' ||
    (typeof wanted === 'string' && !mediaType(headerValue(response.headers, 'content-type')).endsWith('json'))
  ) {
    const matchers = matchersAt(response.rules, 'body', [])
    const [problem] = problems(matchers, wanted, received.body)
    const isPlain = matchers.length === 0
    if (isPlain ? wanted === received.body : problem === undefined) return []
    return [
      {
        where: 'body',
        how: wanted === '' ? 'extra' : 'form',
        expected: problem ?? (wanted || 'no body'),
        received: received.body || 'no body',
      },
    ]
  }
  const got = parseJson(received.body)
  if (got === undefined) return [{ where: 'body', how: 'form', expected: 'JSON', received: received.body || 'no body' }]
  const found: Difference[] = []
  matchValue(response.rules, 'body', [], wanted, got, found)
  return found
}

function matchValue(
  rules: RuleBook,
  where: string,
  path: readonly string[],
  wanted: Json,
  got: Json,
  found: Difference[],
): void {
  const here = matchersAt(rules, 'body', path)
  const [problem] = problems(here, wanted, got)
  if (here.length > 0 && here.every(({ match }) => match === 'equality')) {
    matchEqual(where, wanted, got, found)
  } else if (problem !== undefined) {
    found.push({ where, how: 'form', expected: problem, received: JSON.stringify(got) })
  } else if (Array.isArray(wanted) && Array.isArray(got)) {
    const isLike = here.some(({ match }) => match === 'type')
    if (!isLike && wanted.length !== got.length)
      found.push({ where, how: 'value', expected: `${wanted.length} items`, received: `${got.length} items` })
    // A list of a type has one example, which holds for all its items.
    got.forEach((item: Json, index) => {
      const example = (wanted[index] ?? (isLike ? wanted[0] : undefined)) as Json | undefined
      if (example !== undefined) matchValue(rules, `${where}[${index}]`, [...path, String(index)], example, item, found)
    })
  } else if (isJsonObject(wanted) && isJsonObject(got)) {
    for (const [name, member] of Object.entries(wanted)) {
      if (Object.hasOwn(got, name))
        matchValue(rules, `${where}.${name}`, [...path, name], member as Json, got[name] as Json, found)
      else
        found.push({
          where: `${where}.${name}`,
          how: 'missing',
          expected: JSON.stringify(member),
          received: 'no such member',
        })
    }
  } else if (here.length === 0 && wanted !== got) {
    found.push({ where, how: howOf(wanted, got), expected: JSON.stringify(wanted), received: JSON.stringify(got) })
  }
}

/** What has to be the same, member by member: where something is that should not be as well. */
function matchEqual(where: string, wanted: Json, got: Json, found: Difference[]): void {
  const nothing = 'no such member'
  if (!isJsonObject(wanted) || !isJsonObject(got)) {
    const [expected, received] = [JSON.stringify(wanted), JSON.stringify(got)]
    if (!sameJson(wanted, got)) found.push({ where, how: howOf(wanted, got), expected, received })
    return
  }
  for (const name of new Set([...Object.keys(wanted), ...Object.keys(got)])) {
    const place = `${where}.${name}`
    const [one, other] = [wanted[name] as Json, got[name] as Json]
    if (!Object.hasOwn(got, name))
      found.push({ where: place, how: 'missing', expected: JSON.stringify(one), received: nothing })
    else if (!Object.hasOwn(wanted, name))
      found.push({ where: place, how: 'extra', expected: nothing, received: JSON.stringify(other) })
    else matchEqual(place, one, other, found)
  }
}

function howOf(wanted: Json, got: Json): 'value' | 'form' {
  return kindOf(wanted) === kindOf(got) ? 'value' : 'form'
}

/** What holds at a place; nothing for equality. */
function matchersAt(rules: RuleBook, part: RulePart, path: readonly string[]): readonly JsonObject[] {
  return rules.at(part, path)?.matchers ?? []
}

function problems(matchers: readonly JsonObject[], wanted: Json, got: Json): string[] {
  return matchers.flatMap((matcher) => mismatch(matcher, wanted, got) ?? [])
}
