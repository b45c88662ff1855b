import { parseDuration } from '../core/duration.ts'
import { duration, integer, nullable, text, type FieldMap } from '../core/field.ts'
import type { Json } from '../core/json.ts'
import { codeFields } from '../core/second-factor.ts'
import type { AnyDefinition } from './any-definition.ts'

/** The settings that parts look at; which there are depends on the parts. */
export type PartSettings = {
  readonly path: string
  readonly lockAfter: number
  readonly lockFor: number | null
  readonly sessionFor: number
  readonly codeReuse: 'allowed' | 'refused'
  readonly codeWindow: number
  readonly [name: string]: Json | undefined
}

/** The settings of a definition: its own behind those that every API has, and those of its parts. */
export function ownSettings(definition: AnyDefinition): FieldMap {
  const { id, title = id, lockout, secondFactor, sessions, settings } = definition
  return {
    path: text({
      about: `where ${title} answers`,
      default: pathOf(definition),
      pattern: /^(\/[\w.~-]+)*$/,
      shape: 'a path such as /hall, or empty',
    }),
    ...(lockout === undefined
      ? {}
      : {
          lockAfter: integer({
            about: `${lockout.counts} that lock a user`,
            default: lockout.after,
            min: 1,
            max: 1000,
          }),
          lockFor: {
            ...nullable(duration({ about: 'how long a lock lasts; null: until somebody lifts it', min: 1 })),
            default: lockout.for === null ? null : parseDuration(lockout.for),
          },
        }),
    ...(secondFactor === undefined ? {} : codeFields),
    ...(sessions === undefined
      ? {}
      : {
          sessionFor: duration({
            about: 'how long a session lasts that nobody uses',
            default: parseDuration(sessions.for) ?? 0,
            min: 1000,
          }),
        }),
    ...settings,
  } as FieldMap
}

export function pathOf({ id, path = `/${id}` }: Pick<AnyDefinition, 'id' | 'path'>): string {
  return path
}
