import { headerValues, type HeaderList } from '../core/http.ts'
import type { Kit } from '../core/kit.ts'

/** How a header is told that should be another. */
interface HeaderBreach {
  readonly expected: string
  readonly received: string
}

/** What is wrong with a header; undefined where it tells all that was expected, and perhaps more. */
export function breaksHeader(
  name: string,
  expected: HeaderList,
  received: HeaderList,
  kit: Pick<Kit, 'volatile'>,
): HeaderBreach | undefined {
  const read = name === 'set-cookie' ? cookiesIn : itemsIn
  const [wanted, got] = [read(headerValues(expected, name), kit), read(headerValues(received, name), kit)]
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
function cookiesIn(lines: readonly string[], { volatile }: Pick<Kit, 'volatile'>): Said {
  const said = new Map<string, readonly string[]>()
  for (const line of lines) {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
    const equals = pair.indexOf('=')
    const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]
    const rule = volatile[`cookie.${name}`]
    if (rule === undefined) continue
    const spelled = attributes.map((attribute) => attribute.replace(/^[^=]*/, (word) => word.toLowerCase()))
    // A cookie is taken away by either; its value means nothing then. Others are secrets, and are not told.
    const isGone = spelled.some((attribute) => isOver(attribute))
    const fits = isGone || !(rule instanceof RegExp) || rule.test(value)
    const kept = spelled.filter((attribute) => !/^(max-age|expires)=/.test(attribute)).sort()
    said.set(`${name}=${fits ? '…' : 'something else'}`, [...(isGone ? ['taken away'] : []), ...kept])
  }
  return said
}

function isOver(attribute: string): boolean {
  if (/^max-age=(0|-\d+)$/.test(attribute)) return true
  return attribute.startsWith('expires=') && Date.parse(attribute.slice('expires='.length)) <= 86_400_000
}
