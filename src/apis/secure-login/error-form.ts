import type { ErrorForm } from '../../core/api-error.ts'
import { text } from '../../core/field.ts'
import { data, refusal } from './host-forms.ts'
import type { Settings } from './settings.ts'

/** As the host's resources tell an error: of a member of the request, or of the whole. */
const ofHost: ErrorForm<Settings> = {
  fields: {
    message: text({ about: 'the text' }),
    property: text({ about: 'the member of the request that it is about', optional: true }),
  },
  reply: ({ message = '', property }) =>
    property === undefined
      ? refusal(500, message, 'a fault says so')
      : data(400, { errorMessages: [], errors: { [property]: message } }, 'a fault says so'),
}

/** The errors of Secure Login itself are a status without words (SL-11); those of the host have a form. */
export function errorForm(operation: string): ErrorForm<Settings> | undefined {
  return ['info', 'user', 'auth'].includes(operation) ? undefined : ofHost
}
