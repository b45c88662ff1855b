import { isCookieOver, readSetCookie } from '../../core/cookie.ts'
import { headerValues } from '../../core/http.ts'
import type { Kit } from '../../core/kit.ts'
import type { Answered } from './answered.ts'

/** What of an answer its headers are seen in. */
type Shaped = Pick<Answered, 'headers' | 'at'>

/** How a header is told that should be another. */
interface HeaderBreach {
  readonly expected: string
  readonly received: string
}

/** What is wrong with a header; undefined where it tells all that was expected, and perhaps more. */
export function breaksHeader(
  name: string,
  expected: Shaped,
  received: Shaped,
  kit: Pick<Kit, 'volatile'>,
): HeaderBreach | undefined {
  const read = ({ headers, at }: Shaped): Said =>
    name === 'set-cookie' ? cookiesIn(headerValues(headers, name), kit, at) : itemsIn(headerValues(headers, name))
  const [wanted, got] = [read(expected), read(received)]
  const isEnough = wanted.size === 0 ? got.size === 0 : [...wanted].every(([key, parts]) => hasAll(got.get(key), parts))
  return isEnough ? undefined : { expected: told(wanted), received: told(got) }
}

/** What a header says, by what it is about: of a cookie by its name, of all else by nothing. */
type Said = ReadonlyMap<string, readonly string[]>

function hasAll(got: readonly string[] | undefined, wanted: readonly string[]): boolean {
  return got !== undefined && wanted.every((part) => got.includes(part))
}

function told(said: Said): string {
  const lines = [...said].map(([name, parts]) => [name, ...parts].filter((part) => part !== '').join('; '))
  return lines.length === 0 ? 'none' : lines.sort().join(' and ')
}

/** The items of a list, in no order. */
function itemsIn(values: readonly string[]): Said {
  const items = values.flatMap((value) => value.split(',')).map((item) => item.trim())
  const kept = items.filter((item) => !answeredByThemselves.has(item)).sort()
  return values.length === 0 ? new Map() : new Map([['', [kept.join(', ')]]])
}

/** Methods that servers answer without being told, and may list or not. */
const answeredByThemselves = new Set(['HEAD', 'OPTIONS'])

/** The cookies that the API knows, with value and attributes as they are compared. Hosts set others beside them. */
function cookiesIn(lines: readonly string[], { volatile }: Pick<Kit, 'volatile'>, at: number): Said {
  const said = new Map<string, readonly string[]>()
  for (const line of lines) {
    const cookie = readSetCookie(line)
    const rule = cookie === undefined ? undefined : volatile[`cookie.${cookie.name}`]
    if (cookie === undefined || rule === undefined) continue
    // The value of a cookie that is taken away means nothing. Others are secrets, and are not told.
    const isGone = isCookieOver(cookie, at)
    const fits = isGone || !(rule instanceof RegExp) || rule.test(cookie.value)
    const kept = [...cookie.attributes]
      .filter(([name]) => name !== 'max-age' && name !== 'expires')
      .map(([name, value]) => name + (value === '' ? '' : `=${name === 'path' ? value : value.toLowerCase()}`))
    said.set(`${cookie.name}=${fits ? '…' : 'something else'}`, [...(isGone ? ['taken away'] : []), ...kept.sort()])
  }
  return said
}
