import { asObject, isJsonObject, objectIn, inWords, parseJson, type Json, type JsonObject } from '../../core/json.ts'
import type { Difference } from '../comparing/difference.ts'
import { withoutAlias } from './location.ts'

/** What Pact's verifier says of one interaction. */
export interface PactVerdict {
  readonly isKept: boolean
  readonly differences: readonly Difference[]
  /** Why it could not be looked at, such as a state that was refused. */
  readonly trouble?: string
}

/** Reads the verifier's report in JSON; undefined where it is none. */
export function readVerdict(report: string): PactVerdict | undefined {
  const { result, errors, pendingErrors } = objectIn(withoutAlias(report))
  if (typeof result !== 'boolean') return undefined
  // Whether it is pending is read from the pact; what is wrong is the same.
  const all = [...listOf(errors), ...listOf(pendingErrors)].map(({ mismatch }) => asObject(mismatch))
  const found = all.flatMap(({ mismatches }) => listOf(mismatches))
  const trouble = all.find(({ type }) => type === 'error')?.['message']
  return {
    isKept: all.length === 0 && result,
    differences: found.flatMap(toDifferences),
    ...(trouble === undefined ? {} : { trouble: withoutPlaces(inWords(trouble)) }),
  }
}

/** The verifier names files and addresses that are there while it runs. */
function withoutPlaces(trouble: string): string {
  return trouble.replace(/^Failed to load pact '.*?' - /, '').replace(/ for url \(.*?\)/, '')
}

/** A mismatch in the words of this kit: where, what was wanted, what came. */
function toDifferences(mismatch: JsonObject): Difference[] {
  const { type, path, key, mismatch: words, expected = null, actual = null } = mismatch
  const said = { expected: toText(expected), received: toText(actual), words: inWords(words ?? '') }
  switch (type) {
    case 'StatusMismatch':
      return [{ where: 'status', how: 'value', ...said }]
    case 'HeaderMismatch':
      return [{ where: `header ${toText(key ?? '').toLowerCase()}`, how: said.received === '' ? 'missing' : 'value', ...said }]
    case 'BodyTypeMismatch':
      return [{ where: 'header content-type', how: 'form', ...said }]
    default:
      return missingMembers(toText(path ?? ''), expected, actual) ?? [{ where: toPlace(toText(path ?? '')), how: 'value', ...said }]
  }
}

/** Of objects, the verifier tells the names that both have. */
function missingMembers(path: string, expected: Json, actual: Json): Difference[] | undefined {
  const [wanted, got] = [namesIn(expected), namesIn(actual)]
  const missing = wanted?.filter((name) => got?.includes(name) === false) ?? []
  if (missing.length === 0) return undefined
  return missing.map((name) => ({
    where: toPlace(`${path}.${name}`),
    how: 'missing',
    expected: 'a member',
    received: 'no such member',
  }))
}

function namesIn(text: Json): readonly string[] | undefined {
  if (typeof text !== 'string' || !text.startsWith('["')) return undefined
  return parseJson(text) as string[] | undefined
}

/** `$.blocked.until`, `$['blocked']['until']` and `/` as `body.blocked.until` and `body`. */
function toPlace(path: string): string {
  return `body${path.replace(/^[$/]/, '').replaceAll(/\['(\w+)'\]/g, '.$1')}`
}

/** The verifier quotes some texts and not others, and gives some as bytes. */
function toText(value: Json): string {
  if (Array.isArray(value) && value.every((item) => typeof item === 'number'))
    return Buffer.from(value).toString()
  const text = inWords(value)
  return /^".*"$/s.test(text) ? text.slice(1, -1) : text
}

function listOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : []
}
