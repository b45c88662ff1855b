import { readSetCookie } from '../../core/cookie.ts'
import { headerValues } from '../../core/http.ts'
import type { ExpectedPart } from '../../core/journey.ts'
import { isJsonObject, parseJson, type Json } from '../../core/json.ts'
import type { Answered } from './answered.ts'
import type { Difference } from './difference.ts'
import { tellPlace } from './place.ts'

/** What is at a place of an answer, `body.users.0.name`, `cookie.SID` or `header.retry-after`; undefined where nothing is. */
export function partOf(place: string, { headers, body }: Answered): Json | undefined {
  const name = place.slice(place.indexOf('.') + 1)
  if (place.startsWith('header.')) return headerValues(headers, name)[0]
  if (place.startsWith('cookie.'))
    return headerValues(headers, 'set-cookie')
      .map(readSetCookie)
      .findLast((cookie) => cookie?.name === name)?.value
  let value: Json | undefined = parseJson(body) ?? (body === '' ? undefined : body)
  for (const step of place.split('.').slice(1)) {
    if (Array.isArray(value)) value = (value as readonly Json[])[Number(step)]
    else value = isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined
  }
  return value
}

/** A place as differences tell it: `body.users[0].name`, `header retry-after`. */
export function tellPart(place: string): string {
  const [kind = '', ...steps] = place.split('.')
  return kind === 'body' ? tellPlace(steps) : `${kind} ${steps.join('.')}`
}

/** What is amiss with a part of an answer, if anything is. Values of cookies are not told. */
export function missedPart(place: string, wanted: ExpectedPart, answer: Answered): Difference | undefined {
  const got = partOf(place, answer)
  const where = tellPart(place)
  const shown = place.startsWith('cookie.') ? 'a cookie' : JSON.stringify(got)
  if (wanted === 'absent')
    return got === undefined ? undefined : { where, how: 'extra', expected: 'nothing', received: shown }
  if (got === undefined) return { where, how: 'missing', expected: wordsFor(wanted), received: 'nothing' }
  if (wanted === 'any') return undefined
  const isLike = got !== null && typeof got !== 'object' && new RegExp(wanted.like).test(String(got))
  return isLike ? undefined : { where, how: 'form', expected: wordsFor(wanted), received: shown }
}

function wordsFor(wanted: Exclude<ExpectedPart, 'absent'>): string {
  return wanted === 'any' ? 'anything' : `like /${wanted.like}/`
}
