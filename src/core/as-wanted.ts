import type { AnyField } from './field.ts'
import { isJsonObject, parseJson } from './json.ts'

/**
 * A value as its field wants it, from a caller who could only write it otherwise: digits as a number, numbers and truths as
 * text, a list as the JSON of one. Only where nothing is lost by it: what comes back is what would be written so again.
 * Everything else is left as it is, for {@link check} to refuse.
 */
export function asWanted(field: AnyField, given: unknown): unknown {
  switch (field.kind) {
    case 'text':
    case 'choice':
      return Number.isSafeInteger(given) ? String(given) : given
    case 'integer':
    case 'number':
      return typeof given === 'string' && isNumberAsWritten(given) ? Number(given) : given
    case 'boolean':
      return given === 'true' ? true : given === 'false' ? false : given
    case 'list': {
      const items = typeof given === 'string' && given.startsWith('[') ? parseJson(given) : given
      return Array.isArray(items) ? items.map((item) => asWanted(field.item, item)) : given
    }
    case 'object': {
      const { fields } = field
      if (!isJsonObject(given)) return given
      const wanted = ([name, value]: [string, unknown]): [string, unknown] => {
        const member = Object.hasOwn(fields, name) ? fields[name] : undefined
        return [name, member === undefined ? value : asWanted(member, value)]
      }
      return Object.fromEntries(Object.entries(given).map(wanted))
    }
    default:
      return given
  }
}

/** Neither with zeros before it nor with more digits than a number keeps. */
function isNumberAsWritten(text: string): boolean {
  const number = Number(text)
  return Number.isFinite(number) && String(number) === text
}
