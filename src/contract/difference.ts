import { headerPairs, headerValue, mediaType, type HeaderList } from '../core/http.ts'
import { fromIso, toIso } from '../core/instant.ts'
import { isJsonObject, type Json, type JsonObject } from '../core/json.ts'
import type { Kit, Volatile } from '../core/kit.ts'

/** An answer as it is compared. */
export interface Answered {
  readonly status: number
  readonly headers: HeaderList
  readonly body: string
  /** What the server's clock showed, as far as is known, in milliseconds. */
  readonly at: number
}

/** One thing in which an answer is not what was expected. */
export type Difference = {
  /** `status`, `header allow`, `body`, `body.blocked.until`. */
  readonly where: string
  readonly expected: string
  readonly received: string
}

/** Clocks may differ by this much without a word. */
const toleranceMs = 5000

/** In what an answer differs from the expected one, by what the API's kit holds for comparable. */
export function differences(
  expected: Answered,
  received: Answered,
  kit: Pick<Kit, 'volatile' | 'headers'>,
): Difference[] {
  const found: Difference[] = []
  const note = (where: string, wanted: string, got: string): void => {
    if (wanted !== got) found.push({ where, expected: wanted, received: got })
  }
  note('status', String(expected.status), String(received.status))
  if (expected.body !== '') {
    note('header content-type', typeOf(expected.headers), typeOf(received.headers))
  }
  for (const name of kit.headers)
    note(`header ${name}`, headerShape(expected.headers, name), headerShape(received.headers, name))
  const [wanted, got] = [toValue(expected), toValue(received)]
  if (wanted === undefined || got === undefined)
    note('body', clip(expected.body) || 'no body', clip(received.body) || 'no body')
  else compare({ kit, expected, received, found }, 'body', '', wanted, got)
  return found
}

function typeOf(headers: HeaderList): string {
  return mediaType(headerValue(headers, 'content-type')) || 'none'
}

/** A header as it is compared: cookies by name and attributes, everything else as it is. */
function headerShape(headers: HeaderList, name: string): string {
  const values = headerPairs(headers).filter(([candidate]) => candidate.toLowerCase() === name)
  if (values.length === 0) return 'none'
  if (name === 'set-cookie')
    return values
      .map(([, value]) => cookieShape(value))
      .sort()
      .join(' and ')
  return values
    .map(([, value]) =>
      value
        .split(',')
        .map((part) => part.trim())
        .sort()
        .join(', '),
    )
    .join(', ')
}

function cookieShape(line: string): string {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
  const names = attributes.map((attribute) => attribute.toLowerCase()).sort()
  return [`${pair.split('=', 1)[0]}=…`, ...names].join('; ')
}

/** The body as JSON where it is meant to be; undefined where it is a text or nothing. */
function toValue({ headers, body }: Answered): Json | undefined {
  if (!typeOf(headers).endsWith('json')) return undefined
  try {
    return JSON.parse(body) as Json
  } catch {
    return undefined
  }
}

interface Comparison {
  readonly kit: Pick<Kit, 'volatile'>
  readonly expected: Answered
  readonly received: Answered
  readonly found: Difference[]
}

/** `where` is told to people; `path` is the dotted path that volatile members are known by, `*` for an index. */
function compare(comparison: Comparison, where: string, path: string, wanted: Json, got: Json): void {
  const { found, kit } = comparison
  const rule = Object.hasOwn(kit.volatile, path) ? kit.volatile[path] : undefined
  if (rule !== undefined) {
    const problem = breaks(comparison, rule, wanted, got)
    if (problem !== undefined) found.push({ where, expected: problem, received: show(got) })
    return
  }
  if (Array.isArray(wanted) && Array.isArray(got)) {
    if (wanted.length !== got.length)
      found.push({ where, expected: `${wanted.length} items`, received: `${got.length} items` })
    wanted.forEach((item: Json, index) => {
      if (index < got.length) compare(comparison, `${where}[${index}]`, join(path, '*'), item, got[index] as Json)
    })
  } else if (isJsonObject(wanted) && isJsonObject(got)) {
    compareMembers(comparison, where, path, wanted, got)
  } else if (wanted !== got) {
    found.push({ where, expected: show(wanted), received: show(got) })
  }
}

function compareMembers(
  comparison: Comparison,
  where: string,
  path: string,
  wanted: JsonObject,
  got: JsonObject,
): void {
  for (const name of new Set([...Object.keys(wanted), ...Object.keys(got)])) {
    const [inWanted, inGot] = [Object.hasOwn(wanted, name), Object.hasOwn(got, name)]
    const place = `${where}.${name}`
    if (inWanted && inGot) compare(comparison, place, join(path, name), wanted[name] as Json, got[name] as Json)
    else if (inWanted)
      comparison.found.push({ where: place, expected: show(wanted[name] as Json), received: 'no such member' })
    else comparison.found.push({ where: place, expected: 'no such member', received: show(got[name] as Json) })
  }
}

/** What a volatile member had to be, where it is not. */
function breaks({ expected, received }: Comparison, rule: Volatile, wanted: Json, got: Json): string | undefined {
  if (rule instanceof RegExp) return typeof got === 'string' && rule.test(got) ? undefined : `like ${rule.source}`
  if (rule === 'same type') return kindOf(wanted) === kindOf(got) ? undefined : `a ${kindOf(wanted)}`
  const form = '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z'
  if (typeof got !== 'string' || !new RegExp(`^${form}$`).test(got)) return 'an instant in GMT to the second, with Z'
  const [wantedAt, gotAt] = [fromIso(String(wanted)), fromIso(got)]
  if (wantedAt === undefined || gotAt === undefined) return 'an instant'
  const ahead = wantedAt - expected.at
  const off = gotAt - received.at - ahead
  return Math.abs(off) <= toleranceMs ? undefined : `about ${toIso(received.at + ahead)}`
}

function kindOf(value: Json): string {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

function show(value: Json): string {
  return clip(JSON.stringify(value))
}

function clip(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
