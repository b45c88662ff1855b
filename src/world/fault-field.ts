import { effectFields } from '../core/effects.ts'
import type { Fault, FaultSpec } from '../core/fault.ts'
import { duration, flag, integer, moment, number, object, text, type AnyField, type Field } from '../core/field.ts'
import type { Written } from '../core/infer.ts'

/** How a fault is written: which answers it strikes, how often, and what it does to them. */
export const faultFields = {
  on: text({ about: 'which operation: secure-login.auth, secure-login.* or *' }),
  user: text({ about: 'only requests of this user', optional: true }),
  nth: integer({ about: 'only the n-th matching request, counted from 1', optional: true, min: 1 }),
  times: integer({ about: 'at most so many times', optional: true, min: 1 }),
  probability: number({ about: 'how often, from 0 to 1; drawn by the seed', optional: true, min: 0, max: 1 }),
  processed: flag({ about: 'whether the server did its work before the fault struck', optional: true }),
  for: duration({ about: "ends by itself after so long, by the world's clock", optional: true, min: 1 }),
  until: moment({ about: 'ends by itself then, instead of `for`', optional: true }),
  ...effectFields,
} satisfies { readonly [Name in keyof FaultSpec]-?: AnyField }

/** A fault as somebody writes it: durations as `30m`. */
export type FaultWritten = Written<typeof faultFields>

/** How a fault is written in scenarios and control calls. */
export const faultField: Field<FaultSpec> = object(faultFields, { about: 'a fault' })

/** How a fault is stored. */
export const storedFaultField: Field<Fault> = object(
  {
    ...faultFields,
    id: text({ about: 'its id', pattern: /^f[1-9][0-9]{0,8}$/, shape: 'an id such as f1' }),
    seen: integer({ about: 'matching calls', min: 0 }),
    struck: integer({ about: 'calls struck', min: 0 }),
    endsAt: integer({ about: 'when it ends', optional: true }),
  },
  { about: 'a fault' },
)
