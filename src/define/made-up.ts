import { changeInvalid } from '../core/errors.ts'
import type { AnyField } from '../core/field.ts'
import type { Json } from '../core/json.ts'
import { alphabets, type Random } from '../core/random.ts'

/** A value of a field that nobody has given. Throws ERR_CHANGE_INVALID for a field of which only a person knows one. */
export function madeUp(field: AnyField, draw: Random, name: string): Json {
  switch (field.kind) {
    case 'text': {
      const value = draw.text(8, alphabets.digits)
      const kept = field.read === undefined ? value : field.read(value)
      if (kept !== undefined && field.pattern?.test(value) !== false) return kept
      throw changeInvalid(name, `Nobody has said ${name} (${field.about}), and it cannot be made up: say it as well.`)
    }
    case 'integer':
    case 'number':
    case 'duration':
      return field.min ?? 0
    case 'boolean':
      return false
    case 'choice':
      return field.choices[0] ?? ''
    case 'list':
      return []
    case 'object':
      return Object.fromEntries(
        Object.entries(field.fields)
          .filter(([, { optional }]) => optional !== true)
          .map(([member, inner]) => [member, inner.default ?? madeUp(inner, draw, `${name}.${member}`)]),
      )
    case 'map':
      return {}
    case 'moment':
    case 'either':
    case 'anything':
      return null
  }
}
