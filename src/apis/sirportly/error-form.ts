import type { ErrorForm } from '../../core/api-error.ts'
import { text } from '../../core/field.ts'
import type { Settings } from './settings.ts'

/** Errors are a word and, for some, a text; the status goes by the word (SP-13, SP-14, SP-15). */
export const errorForm: ErrorForm<Settings> = {
  fields: {
    code: text({ about: 'the error, such as AccountNotFound' }),
    message: text({ about: 'the message; none if blank', optional: true }),
  },
  reply: ({ code = '', message }) => ({
    status: code === 'AccountNotFound' ? 404 : 403,
    headers: ['content-type', 'application/json'],
    body: JSON.stringify({ error: code, message }),
  }),
}
