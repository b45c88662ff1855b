import { headerPairs, type HeaderList } from '../core/http.ts'
import type { Kit } from '../core/kit.ts'

/** A header as it is compared: cookies by name and attributes, everything else as it is. */
export function headerShape(headers: HeaderList, name: string, kit: Pick<Kit, 'volatile'>): string {
  const values = headerPairs(headers).filter(([candidate]) => candidate.toLowerCase() === name)
  if (values.length === 0) return 'none'
  if (name === 'set-cookie')
    return values
      .map(([, value]) => cookieShape(value, kit))
      .sort()
      .join(' and ')
  return values
    .map(([, value]) =>
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

function cookieShape(line: string, { volatile }: Pick<Kit, 'volatile'>): string {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
  const names = attributes.map((attribute) => attribute.toLowerCase()).sort()
  const equals = pair.indexOf('=')
  const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]
  const rule = volatile[`cookie.${name}`]
  // The value of a cookie that is taken away means nothing. Others are secrets, and are not told.
  const isGone = names.some((attribute) => /^max-age=(0|-\d+)$/.test(attribute))
  const fits = isGone || !(rule instanceof RegExp) || rule.test(value)
  return [`${name}=${fits ? '…' : 'something else'}`, ...names].join('; ')
}
