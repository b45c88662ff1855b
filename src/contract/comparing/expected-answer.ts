import { headerValues, headerValue, mediaType } from '../../core/http.ts'
import type { ExpectedAnswer } from '../../core/journey.ts'
import { isJsonObject, parseJson, type Json } from '../../core/json.ts'
import { missedPart } from './answer-part.ts'
import type { Answered } from './answered.ts'
import type { Difference } from './difference.ts'

const nothing = 'no such member'

/** What of an expectation an answer does not meet; where more is in the answer, that is no matter. */
export function unmet({ status, headers = {}, body, parts = {} }: ExpectedAnswer, answer: Answered): Difference[] {
  const found: Difference[] = []
  if (status !== undefined && status !== answer.status)
    found.push({ where: 'status', how: 'value', expected: String(status), received: String(answer.status) })
  for (const [name, value] of Object.entries(headers)) {
    const values = headerValues(answer.headers, name.toLowerCase())
    const where = `header ${name.toLowerCase()}`
    if (values.length === 0) found.push({ where, how: 'missing', expected: value, received: 'none' })
    else if (!values.includes(value)) found.push({ where, how: 'value', expected: value, received: values.join(', ') })
  }
  if (body !== undefined) missBody(body, answer, found)
  for (const [place, wanted] of Object.entries(parts)) found.push(...[missedPart(place, wanted, answer) ?? []].flat())
  return found
}

/** The differences from the contract, and what is missed beside them, each marked as what it is. */
export function withUnmet(found: readonly Difference[], missed: readonly Difference[]): Difference[] {
  const isAt = (one: Difference, other: Difference): boolean => {
    const within = (inner: string, outer: string): boolean =>
      inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`)
    return within(one.where, other.where) || within(other.where, one.where)
  }
  return [
    ...found.map((difference): Difference =>
      missed.some((other) => isAt(other, difference)) ? { ...difference, expectedBy: 'both' } : difference,
    ),
    ...missed
      .filter((other) => !found.some((difference) => isAt(other, difference)))
      .map((other): Difference => ({ ...other, expectedBy: 'journey' })),
  ]
}

function missBody(wanted: Json, { headers, body }: Answered, found: Difference[]): void {
  const isJson = mediaType(headerValue(headers, 'content-type')).endsWith('json')
  const got = isJson || typeof wanted !== 'string' ? parseJson(body) : undefined
  if (got !== undefined && (typeof wanted !== 'string' || typeof got === 'string')) miss('body', wanted, got, found)
  else if (wanted !== body)
    found.push({ where: 'body', how: 'form', expected: inJson(wanted), received: body === '' ? 'no body' : body })
}

function miss(where: string, wanted: Json, got: Json, found: Difference[]): void {
  if (isJsonObject(wanted) && isJsonObject(got)) {
    for (const [name, member] of Object.entries(wanted)) {
      const at = `${where}.${name}`
      if (Object.hasOwn(got, name)) miss(at, member ?? null, got[name] ?? null, found)
      else found.push({ where: at, how: 'missing', expected: inJson(member ?? null), received: nothing })
    }
  } else if (Array.isArray(wanted) && Array.isArray(got)) {
    const items: readonly Json[] = wanted
    const others: readonly Json[] = got
    if (items.length !== others.length)
      found.push({ where, how: 'value', expected: `${items.length} items`, received: `${others.length} items` })
    else for (const [index, item] of items.entries()) miss(`${where}[${index}]`, item, others[index] ?? null, found)
  } else if (wanted !== got) {
    found.push({ where, how: 'value', expected: inJson(wanted), received: inJson(got) })
  }
}

function inJson(value: Json): string {
  return JSON.stringify(value)
}
