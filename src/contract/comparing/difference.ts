import { headerValue, mediaType, type HeaderList } from '../../core/http.ts'
import { isJsonObject, parseJson, type Json, type JsonObject } from '../../core/json.ts'
import type { Deviation, Kit } from '../../core/kit.ts'
import { breaksHeader } from './header-shape.ts'
import { breaksSameness, type Captures } from './sameness.ts'
import { breaksRule, breaksType, ruleFor, type Breach } from './volatile.ts'
import type { Answered } from './answered.ts'

/** One thing in which an answer is not what was expected. */
export type Difference = {
  /** `status`, `header allow`, `body`, `body.blocked.until`. */
  readonly where: string
  readonly how: Deviation
  readonly expected: string
  readonly received: string
  /** What Pact's verifier says of it. */
  readonly words?: string
  /** A journey of one's own expects it: as the contract does, or where the contract compares nothing. */
  readonly expectedBy?: 'both' | 'journey'
}

/** What is known of an answer beside itself. */
export interface Background {
  /** The clause that it plays. */
  readonly clause?: string
  readonly known?: Captures
}

type Comparable = Pick<Kit, 'volatile' | 'meaningful' | 'headers' | 'text' | 'unordered' | 'statusOnly'>

/** In what an answer differs from the expected one, by what the API's kit holds for comparable. */
export function differences(
  expected: Answered,
  received: Answered,
  kit: Comparable,
  { clause, known }: Background = {},
): Difference[] {
  const comparison: Comparison = { kit, clause, known, expected, received, found: [] }
  note(comparison, 'status', 'value', String(expected.status), String(received.status))
  // Problems are how the mock says what no contract describes.
  const isOurs = typeOf(expected.headers) === 'application/problem+json'
  if (!isOurs && kit.statusOnly?.includes(clause ?? '') !== true) compareBodies(comparison)
  for (const name of kit.headers) {
    const breach = breaksHeader(name, expected, received, kit)
    if (breach !== undefined) comparison.found.push({ where: `header ${name}`, how: 'value', ...breach })
  }
  return comparison.found
}

type Found = Pick<Comparison, 'found'>

function note({ found }: Found, where: string, how: Deviation, wanted: string, got: string): void {
  if (wanted !== got) found.push({ where, how, expected: wanted, received: got })
}

function compareBodies(comparison: Comparison): void {
  const { expected, received, kit, known } = comparison
  if (expected.body !== '')
    note(comparison, 'header content-type', 'form', typeOf(expected.headers), typeOf(received.headers))
  const [wanted, got] = [toValue(expected), toValue(received)]
  if (wanted !== undefined && got !== undefined)
    compare(comparison, { where: 'body', path: '', isLoose: false }, wanted, got)
  else if (kit.text?.test(expected.body) === true)
    noteBreach(comparison, 'body', breaksText(kit.text, expected, received, known), received.body)
  else {
    const how = expected.body === '' ? 'extra' : received.body === '' ? 'missing' : 'form'
    note(comparison, 'body', how, expected.body || 'no body', received.body || 'no body')
  }
}

/** What a text had to be that differs from server to server, where it is not. */
function breaksText(
  text: RegExp,
  expected: Answered,
  received: Answered,
  known: Captures | undefined,
): Breach | undefined {
  if (!text.test(received.body)) return { how: 'form', expected: `like ${text.source}` }
  return known === undefined ? undefined : breaksSameness(known, 'body', expected.body, received.body)
}

function typeOf(headers: HeaderList): string {
  return mediaType(headerValue(headers, 'content-type')) || 'none'
}

/** The body as JSON where it is meant to be; undefined where it is a text or nothing. */
function toValue({ headers, body }: Answered): Json | undefined {
  if (!typeOf(headers).endsWith('json')) return undefined
  return parseJson(body)
}

interface Comparison {
  readonly kit: Comparable
  readonly clause: string | undefined
  readonly known: Captures | undefined
  readonly expected: Answered
  readonly received: Answered
  readonly found: Difference[]
}

/** Where a value stands. */
interface Place {
  /** As it is told to people. */
  readonly where: string
  /** The dotted path that volatile members are known by, `*` for an index. */
  readonly path: string
  /** Only types are compared, as far as no rule within says more. */
  readonly isLoose: boolean
}

function compare(comparison: Comparison, place: Place, wanted: Json, got: Json): void {
  const { expected, received, found, kit, known } = comparison
  const { where, path } = place
  const rule = ruleFor(kit, comparison.clause, path)
  const isLoose = place.isLoose || rule === 'same shape'
  if (rule !== undefined && rule !== 'same shape') {
    const problem =
      breaksRule(rule, wanted, got, expected, received) ??
      (known === undefined ? undefined : breaksSameness(known, `body.${path}`, wanted, got))
    noteBreach({ found }, where, problem, show(got))
  } else if (Array.isArray(wanted) && Array.isArray(got)) {
    compareLists(comparison, { where, path, isLoose }, wanted as readonly Json[], got as readonly Json[])
  } else if (isJsonObject(wanted) && isJsonObject(got)) {
    compareMembers(comparison, { where, path, isLoose }, wanted, got)
  } else {
    const sameType = breaksType(wanted, got)
    const problem = isLoose || wanted === got ? sameType : { how: sameType?.how ?? 'value', expected: show(wanted) }
    noteBreach({ found }, where, problem, show(got))
  }
}

function compareLists(comparison: Comparison, place: Place, wanted: readonly Json[], got: readonly Json[]): void {
  const { where, path, isLoose } = place
  const { found, kit } = comparison
  const item = (index: number): Place => ({ where: `${where}[${index}]`, path: join(path, '*'), isLoose })
  if (isLoose) {
    const [first] = wanted
    if (first !== undefined) got.forEach((each, index) => compare(comparison, item(index), first, each))
    return
  }
  if (wanted.length !== got.length) {
    const how = wanted.length < got.length ? 'extra' : 'missing'
    found.push({ where, how, expected: `${wanted.length} items`, received: `${got.length} items` })
  }
  const key = kit.unordered?.[path]
  const [inWanted, inGot] = key === undefined ? [wanted, got] : [inOrder(wanted, key), inOrder(got, key)]
  inWanted.forEach((each, index) => {
    if (index < inGot.length) compare(comparison, item(index), each, inGot[index] as Json)
  })
}

/** Items in the order of a member, for lists that have no order of their own. */
function inOrder(items: readonly Json[], member: string): readonly Json[] {
  const keyOf = (item: Json): string => {
    let value: Json | undefined = item
    for (const name of member.split('.')) value = isJsonObject(value) ? value[name] : undefined
    return JSON.stringify(value ?? null)
  }
  return [...items].sort((one, other) => keyOf(one).localeCompare(keyOf(other)))
}

function compareMembers(comparison: Comparison, place: Place, wanted: JsonObject, got: JsonObject): void {
  const { where, path, isLoose } = place
  const { found } = comparison
  for (const name of new Set([...Object.keys(wanted), ...Object.keys(got)])) {
    const [inWanted, inGot] = [Object.hasOwn(wanted, name), Object.hasOwn(got, name)]
    const member = { where: `${where}.${name}`, path: join(path, name), isLoose }
    if (ruleFor(comparison.kit, comparison.clause, member.path) === 'anything') continue
    if (inWanted && inGot) compare(comparison, member, wanted[name] as Json, got[name] as Json)
    else if (inWanted)
      found.push({ where: member.where, how: 'missing', expected: show(wanted[name] as Json), received: nothing })
    else if (comparison.kit.meaningful?.includes(member.path) === true)
      found.push({ where: member.where, how: 'extra', expected: nothing, received: show(got[name] as Json) })
  }
}

const nothing = 'no such member'

function noteBreach(
  { found }: Pick<Comparison, 'found'>,
  where: string,
  breach: Breach | undefined,
  received: string,
): void {
  if (breach !== undefined) found.push({ where, ...breach, received })
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

function show(value: Json): string {
  return JSON.stringify(value)
}
