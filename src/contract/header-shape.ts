import { isCookieOver, readSetCookie, type SetCookie } from '../core/cookie.ts'
import { headerValues, type HeaderList } from '../core/http.ts'
import type { Kit } from '../core/kit.ts'
import type { Answered } from './difference.ts'

/** What of an answer its headers are seen in. */
type Shaped = Pick<Answered, 'headers' | 'at'>

/**
 * A header as it is compared: cookies by name and attributes, in any order and case, everything else as it is. Of
 * cookies only that is told which the expected answer says something about.
 */
export function headerShape(
  answered: Shaped,
  name: string,
  kit: Pick<Kit, 'volatile'>,
  expected: Pick<Answered, 'headers'> = answered,
): string {
  if (name === 'set-cookie') return cookiesShape(answered, kit, expected) ?? 'none'
  const values = headerValues(answered.headers, name)
  if (values.length === 0) return 'none'
  return values
    .map((value) =>
      value
        .split(',')
        .map((part) => part.trim())
        .filter((part) => name !== 'allow' || !answeredByThemselves.has(part))
        .sort()
        .join(', '),
    )
    .join(', ')
}

/** Methods that servers answer without being told, and may list or not. */
const answeredByThemselves = new Set(['HEAD', 'OPTIONS'])

/** Cookies that the contract knows, as far as the expected ones go: others, and further attributes, are the server's. */
function cookiesShape(
  { headers, at }: Shaped,
  kit: Pick<Kit, 'volatile'>,
  expected: Pick<Answered, 'headers'>,
): string | undefined {
  const wanted = new Map(setCookies(expected.headers).map((cookie) => [cookie.name, cookie]))
  const known = setCookies(headers).filter(
    ({ name }) => wanted.has(name) || Object.hasOwn(kit.volatile, `cookie.${name}`),
  )
  const shapes = known.map((cookie) => cookieShape(cookie, wanted.get(cookie.name), kit, at))
  return shapes.length === 0 ? undefined : shapes.sort().join(' and ')
}

function setCookies(headers: HeaderList): SetCookie[] {
  return headerValues(headers, 'set-cookie').flatMap((line) => readSetCookie(line) ?? [])
}

function cookieShape(
  cookie: SetCookie,
  wanted: SetCookie | undefined,
  { volatile }: Pick<Kit, 'volatile'>,
  at: number,
): string {
  const { name, value, attributes } = cookie
  const told = [...attributes]
    .filter(([attribute]) => wanted === undefined || wanted.attributes.has(attribute))
    .map(([attribute, said]) => attribute + (said === '' ? '' : `=${attribute === 'path' ? said : said.toLowerCase()}`))
    .sort()
  const rule = volatile[`cookie.${name}`]
  // The value of a cookie that is taken away means nothing. Others are secrets, and are not told.
  const fits = isCookieOver(cookie, at) || !(rule instanceof RegExp) || rule.test(value)
  return [`${name}=${fits ? '…' : 'something else'}`, ...told].join('; ')
}
