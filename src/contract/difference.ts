import { headerPairs, headerValue, mediaType, type HeaderList } from '../core/http.ts'
import { fromIso, toIso } from '../core/instant.ts'
import { isJsonObject, type Json, type JsonObject } from '../core/json.ts'
import type { Deviation, Kit, Volatile } from '../core/kit.ts'

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
  readonly how: Deviation
  readonly expected: string
  readonly received: string
}

/** What of a kit says how answers are compared. */
type Rules = Pick<Kit, 'volatile' | 'headers' | 'bodyOpen'>

/** Clocks may differ by this much without a word. */
const toleranceMs = 5000

const quarterMs = 900_000

/** In what an answer differs from the expected one, which plays a clause, by what the API's kit holds for comparable. */
export function differences(expected: Answered, received: Answered, kit: Rules, clause: string): Difference[] {
  const found: Difference[] = []
  const note = (where: string, how: Deviation, wanted: string, got: string): void => {
    if (wanted !== got) found.push({ where, how, expected: wanted, received: got })
  }
  note('status', 'value', String(expected.status), String(received.status))
  for (const name of kit.headers) {
    note(`header ${name}`, 'value', headerShape(expected.headers, name), headerShape(received.headers, name))
  }
  if (kit.bodyOpen.includes(clause)) return found
  if (expected.body !== '') {
    note('header content-type', 'form', typeOf(expected.headers), typeOf(received.headers))
  }
  const [wanted, got] = [toValue(expected), toValue(received)]
  if (wanted === undefined || got === undefined) {
    const how = expected.body === '' ? 'extra' : received.body === '' ? 'missing' : 'form'
    note('body', how, clip(expected.body) || 'no body', clip(received.body) || 'no body')
  } else compare({ kit, expected, received, found }, 'body', '', wanted, got)
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
  readonly kit: Rules
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
    if (problem !== undefined) found.push({ where, ...problem, received: show(got) })
    return
  }
  if (Array.isArray(wanted) && Array.isArray(got)) {
    if (wanted.length !== got.length) {
      const how = wanted.length < got.length ? 'extra' : 'missing'
      found.push({ where, how, expected: `${wanted.length} items`, received: `${got.length} items` })
    }
    wanted.forEach((item: Json, index) => {
      if (index < got.length) compare(comparison, `${where}[${index}]`, join(path, '*'), item, got[index] as Json)
    })
  } else if (isJsonObject(wanted) && isJsonObject(got)) {
    compareMembers(comparison, where, path, wanted, got)
  } else if (wanted !== got) {
    const how = kindOf(wanted) === kindOf(got) ? 'value' : 'form'
    found.push({ where, how, expected: show(wanted), received: show(got) })
  }
}

function compareMembers(
  comparison: Comparison,
  where: string,
  path: string,
  wanted: JsonObject,
  got: JsonObject,
): void {
  const { found } = comparison
  const nothing = 'no such member'
  for (const name of new Set([...Object.keys(wanted), ...Object.keys(got)])) {
    const [inWanted, inGot] = [Object.hasOwn(wanted, name), Object.hasOwn(got, name)]
    const [place, one, other] = [`${where}.${name}`, wanted[name] as Json, got[name] as Json]
    if (inWanted && inGot) compare(comparison, place, join(path, name), one, other)
    else if (inWanted) found.push({ where: place, how: 'missing', expected: show(one), received: nothing })
    else found.push({ where: place, how: 'extra', expected: nothing, received: show(other) })
  }
}

type Breach = Pick<Difference, 'how' | 'expected'>

/** What a volatile member had to be, where it is not. */
function breaks({ expected, received }: Comparison, rule: Volatile, wanted: Json, got: Json): Breach | undefined {
  if (rule instanceof RegExp) {
    return typeof got === 'string' && rule.test(got) ? undefined : { how: 'form', expected: `like ${rule.source}` }
  }
  if (rule === 'same type') {
    return kindOf(wanted) === kindOf(got) ? undefined : { how: 'form', expected: `a ${kindOf(wanted)}` }
  }
  const wantedAt = fromIso(String(wanted))
  if (wantedAt === undefined) return wanted === got ? undefined : { how: 'form', expected: show(wanted) }
  if (typeof got !== 'string' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(got)) {
    return { how: 'form', expected: 'an instant in GMT to the second, with Z' }
  }
  return offBy(wantedAt - expected.at, (fromIso(got) ?? Infinity) - received.at, received.at)
}

/** What is wrong with an instant that should be `wanted` ahead of the server's clock, in milliseconds, and is `got`. */
function offBy(wanted: number, got: number, now: number): Breach | undefined {
  const off = got - wanted
  if (Math.abs(off) <= toleranceMs) return undefined
  const about = `about ${toIso(now + wanted)}`
  // Zones are quarters of hours apart, and far from GMT by at least one hour where servers stand.
  const quarters = off / quarterMs
  const looksLocal = Math.abs(quarters) >= 4 && Math.abs(off - Math.round(quarters) * quarterMs) <= toleranceMs
  if (looksLocal) return { how: 'form', expected: `${about}, in GMT; this looks like local time` }
  const isPast = wanted > toleranceMs && got < toleranceMs
  return isPast ? { how: 'form', expected: `${about}, which is still to come` } : { how: 'value', expected: about }
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
