import { UnderstudyError } from '../core/errors.ts'

/**
 * Throws ERR_WORLD_INVALID for what is no world, most of all for the promise of one, which whoever forgets an `await` has.
 * `taker` is who was given it: `createFetch(world)`.
 */
export function requireWorld(value: unknown, taker: string): asserts value is object {
  if (typeof value === 'object' && value !== null) {
    if ('worlds' in value || 'control' in value) return
    if ('then' in value)
      throw new UnderstudyError(
        'ERR_WORLD_INVALID',
        `${taker} was given a promise: createWorld returns one. Say \`await createWorld(…)\`.`,
      )
  }
  const what = value === null ? 'null' : typeof value === 'object' ? 'an object' : typeof value
  throw new UnderstudyError(
    'ERR_WORLD_INVALID',
    `${taker} takes a world, as \`await createWorld(…)\` gives it, not ${what}.`,
  )
}
