import { describeFault } from '../core/fault.ts'
import { anything, choice, integer, moment, object, text } from '../core/field.ts'
import type { Infer } from '../core/infer.ts'
import { earliestInstant, latestInstant } from '../core/instant.ts'
import type { JsonObject } from '../core/json.ts'
import { faultFields } from './fault-field.ts'

/** What is to happen. */
const eventFields = {
  user: text({ about: 'whose facts are set, or sessions end: a username, or secure-login/carol', optional: true }),
  api: text({ about: 'whose settings are set', optional: true }),
  set: anything<JsonObject>({
    about: 'what is set: { state: blocked, for: 2m } of a user, or settings',
    optional: true,
  }),
  end: choice(['sessions'], {
    about: 'ends the sessions of the user, or of all if none is named',
    meanings: { sessions: 'every session that is open then' },
    optional: true,
  }),
  fault: object(faultFields, { about: 'a fault that is put in force', optional: true }),
}

/** An event as it is written in scenarios and control calls. */
export const scheduledFields = {
  at: moment({ about: "when, by the world's clock: an instant, or relative such as +10s" }),
  ...eventFields,
}

export const scheduledField = object(scheduledFields, { about: 'an event that is to come' })

/** How an event is stored. */
export const storedScheduledField = object(
  {
    id: text({ about: 'its id', pattern: /^s[1-9][0-9]{0,8}$/, shape: 'an id such as s1' }),
    at: integer({ about: "when, by the world's clock", min: earliestInstant, max: latestInstant }),
    ...eventFields,
  },
  { about: 'an event that is to come' },
)

export type ScheduledSpec = Infer<typeof scheduledFields>
export type ScheduledEvent = Omit<ScheduledSpec, 'at'> & { readonly id: string; readonly at: number }

/** What is to happen, in words. */
export function describeScheduled({ user, api, set, end, fault }: Omit<ScheduledSpec, 'at'>): string {
  if (fault !== undefined) return `fault: ${describeFault(fault)}`
  if (end !== undefined) return user === undefined ? 'all sessions end' : `the sessions of ${user} end`
  const facts = Object.entries(set ?? {}).map(([name, value]) =>
    name === 'state' ? String(value) : `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
  )
  return `${user ?? api ?? ''}: ${facts.join(', ')}`
}
