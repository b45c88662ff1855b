import { UnderstudyError } from '../../core/errors.ts'
import { sameJson, type Json, type JsonObject } from '../../core/json.ts'

/** What a value had to be, where it is not: by the matchers that the reference client's pacts have. */
export function mismatch(matcher: JsonObject, wanted: Json, got: Json): string | undefined {
  const { match, regex } = matcher
  switch (match) {
    case 'regex':
      return new RegExp(`^(?:${String(regex)})$`, 's').test(typeof got === 'string' ? got : JSON.stringify(got))
        ? undefined
        : `like ${String(regex)}`
    case 'type':
      return typeMismatch(matcher, wanted, got)
    case 'integer':
      return Number.isInteger(got) ? undefined : 'a whole number'
    case 'equality':
      return sameJson(wanted, got) ? undefined : JSON.stringify(wanted)
    default:
      throw new UnderstudyError(
        'ERR_INTERNAL',
        `A pact of our own has the matcher ${JSON.stringify(matcher)}, which nobody reads.`,
      )
  }
}

function typeMismatch({ min, max }: JsonObject, wanted: Json, got: Json): string | undefined {
  if (kindOf(wanted) !== kindOf(got)) return `a ${kindOf(wanted)}`
  if (!Array.isArray(got)) return undefined
  if (typeof min === 'number' && got.length < min) return `at least ${min} items`
  return typeof max === 'number' && got.length > max ? `at most ${max} items` : undefined
}

/** The type of a value, as JSON has types. */
export function kindOf(value: Json): string {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value
}
