import type { ErrorForm } from '../core/api-error.ts'
import { text } from '../core/field.ts'
import type { AnyDefinition } from './any-definition.ts'
import type { PartSettings } from './own-settings.ts'

/** How faults word an error; undefined for an API that has not said how its own are worded. */
export function ownErrorForm({ error: worded }: AnyDefinition): ErrorForm<PartSettings> | undefined {
  if (worded === undefined) return undefined
  return {
    fields: {
      code: text({ about: 'which error, by the word of the API', optional: true }),
      message: text({ about: 'what it says to people', optional: true }),
    },
    reply: ({ code = '', message = '' }) => {
      const { status, headers, body } = worded({ code, message })
      return { status, headers, body }
    },
  }
}
