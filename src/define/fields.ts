// The fields of `core`, as definitions write them: said again here, because what is importable says how it is used.
import { parseDuration, type DurationText } from '../core/duration.ts'
import * as fields from '../core/field.ts'

/**
 * Describes a text: a name, a password, a word of the API. `pattern` says what fits, and `shape` says it in words.
 *
 * @example
 * ```ts
 * import { text } from 'auth-understudy/api'
 *
 * const code = text({ about: 'four digits', secret: true, pattern: /^\d{4}$/, shape: 'four digits' })
 * console.log(code.kind, code.secret) // text true
 * ```
 * @experimental may change with any minor version until 1.0
 * @since 0.1.0
 */
export const text: typeof fields.text = fields.text

/**
 * Describes a whole number.
 *
 * @example
 * ```ts
 * import { integer } from 'auth-understudy/api'
 *
 * console.log(integer({ about: 'visits so far', default: 0, min: 0 }).default) // 0
 * ```
 * @experimental may change with any minor version until 1.0
 * @since 0.1.0
 */
export const integer: typeof fields.integer = fields.integer

/**
 * Describes a number that need not be whole.
 *
 * @example
 * ```ts
 * import { number } from 'auth-understudy/api'
 *
 * console.log(number({ about: 'how sure the scan is', default: 0.5, min: 0, max: 1 }).default) // 0.5
 * ```
 * @experimental may change with any minor version until 1.0
 * @since 0.1.0
 */
export const number: typeof fields.number = fields.number

/**
 * Describes what is true or false.
 *
 * @example
 * ```ts
 * import { flag } from 'auth-understudy/api'
 *
 * console.log(flag({ about: 'whether the door is staffed', default: false }).default) // false
 * ```
 * @experimental may change with any minor version until 1.0
 * @since 0.1.0
 */
export const flag: typeof fields.flag = fields.flag

/**
 * Describes one of some words. Any other is told with the nearest.
 *
 * @example
 * ```ts
 * import { choice } from 'auth-understudy/api'
 *
 * console.log(choice(['day', 'night'], { about: 'the shift', default: 'day' }).default) // day
 * ```
 * @experimental may change with any minor version until 1.0
 * @since 0.1.0
 */
export const choice: typeof fields.choice = fields.choice

/** Makes durations; a default may be written as people write it. */
interface DurationBuilder {
  (notes: DurationNotes & { readonly optional: true }): fields.Field<number, string, 'may'>
  (notes: DurationNotes & { readonly default: number | DurationText }): fields.Field<number, string, 'default'>
  (notes: DurationNotes): fields.Field<number, string, 'must'>
}

type DurationNotes = fields.About & { readonly min?: number }

/**
 * Describes a duration: people write `30m`, programs read milliseconds. Its default is either.
 *
 * @example
 * ```ts
 * import { duration } from 'auth-understudy/api'
 *
 * console.log(duration({ about: 'how long the door stays open', default: '5s' }).default) // 5000
 * ```
 * @experimental may change with any minor version until 1.0
 * @since 0.1.0
 */
export const duration: DurationBuilder = ({
  default: given,
  ...notes
}: DurationNotes & { readonly default?: number | string }) => {
  // What is no duration is told where the definition is looked at, with its place.
  const read = typeof given === 'string' ? (parseDuration(given) ?? given) : given
  return fields.duration({ ...notes, ...(read === undefined ? {} : { default: read }) } as never) as never
}

/**
 * Describes a list of values of one kind.
 *
 * @example
 * ```ts
 * import { list, text } from 'auth-understudy/api'
 *
 * console.log(list(text({ about: 'a group' }), { about: 'the groups of a user', default: ['guests'] }).default) // [ 'guests' ]
 * ```
 * @experimental may change with any minor version until 1.0
 * @since 0.1.0
 */
export const list: typeof fields.list = fields.list

/**
 * Describes values of one kind by any names.
 *
 * @example
 * ```ts
 * import { integer, map } from 'auth-understudy/api'
 *
 * console.log(map(integer({ about: 'how often' }), { about: 'visits by door', default: {} }).kind) // map
 * ```
 * @experimental may change with any minor version until 1.0
 * @since 0.1.0
 */
export const map: typeof fields.map = fields.map

/**
 * Describes an object by its members.
 *
 * @example
 * ```ts
 * import { object, text } from 'auth-understudy/api'
 *
 * const address = object({ city: text({ about: 'where' }) }, { about: 'the address', optional: true })
 * console.log(address.optional) // true
 * ```
 * @experimental may change with any minor version until 1.0
 * @since 0.1.0
 */
export const object: typeof fields.object = fields.object
