import type { ExpectedAnswer } from '../../core/journey.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import type { Kept } from './kept.ts'
import type { ScriptedRequest } from './script.ts'
import { toldAlike } from './told-alike.ts'

/** What a request asserts of its answer beside the status. */
export function* assertsOf(
  request: ScriptedRequest,
  api: CheckedApi,
  { headers = {}, parts = {} }: ExpectedAnswer,
  write: (text: string) => string,
): Iterable<string> {
  for (const [name, value] of Object.entries(headers)) yield `header "${name}" == ${quoted(write(value))}`
  for (const [place, part] of Object.entries(parts)) {
    if (part === 'any') yield `${query(place)} exists`
    else if (part === 'absent') yield `${query(place)} not exists`
    else yield `${query(place)} matches ${quoted(part.like)}`
  }
  for (const { path, value } of toldAlike(request, api))
    yield `jsonpath "$.${path.join('.')}" == ${typeof value === 'string' ? quoted(value) : String(value)}`
}

/** Where in an answer: `body.users.0.name` is `jsonpath "$.users[0].name"`. */
function query(place: string): string {
  const rest = place.slice(place.indexOf('.') + 1)
  if (place === 'body') return 'body'
  if (place.startsWith('cookie.')) return `cookie "${rest}"`
  if (place.startsWith('header.')) return `header "${rest}"`
  const path = rest
    .split('.')
    .map((step) => (/^\d+$/.test(step) ? `[${step}]` : /^\w+$/.test(step) ? `.${step}` : `['${step}']`))
  return `jsonpath ${quoted(`$${path.join('')}`)}`
}

/** Where a capture is. */
export function captureQuery(captured: Kept, session: string | undefined): string {
  if (captured.from === 'header') return query(`header.${captured.header}`)
  if (captured.from === 'body') return query(['body', ...captured.path].join('.'))
  const { cookie, isKept } = captured
  return isKept ? `variable "${cookieVariable(session, cookie)}"` : query(`cookie.${cookie}`)
}

/** The variable that keeps a cookie of a session. */
export function cookieVariable(session: string | undefined, name: string): string {
  return `${session ?? 'nobody'}_${name.replaceAll(/\W/g, '_')}`
}

/** A body on one line. */
export function oneLine(text: string): string {
  return `\`${escaped(text, '`#\\')}\``
}

function quoted(text: string): string {
  return `"${escaped(text, '"\\')}"`
}

/** A text in which these signs, and ends of lines, are escaped. */
export function escaped(text: string, signs: string): string {
  return Array.from(text, (sign) => (signs.includes(sign) ? `\\${sign}` : sign === '\n' ? String.raw`\n` : sign)).join(
    '',
  )
}
