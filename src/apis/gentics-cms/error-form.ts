import type { ErrorForm } from '../../core/api-error.ts'
import { choice, integer, text } from '../../core/field.ts'
import { responseCodes } from './wire.ts'
import * as documented from './forms.ts'
import * as observed from './observed/forms.ts'
import type { Settings } from './settings.ts'

const inJson: ErrorForm<Settings> = {
  fields: {
    code: choice(responseCodes.slice(1), { about: 'the responseCode' }),
    message: text({ about: 'the responseMessage, and the text of a message', optional: true }),
    property: text({ about: 'the property of responseInfo', optional: true }),
    timestamp: integer({ about: 'the timestamp of the message', optional: true }),
  },
  reply: ({ code = 'FAILURE', message = usual, property, timestamp }, { settings, now, request }) => {
    const said = { code, words: message, property, at: timestamp ?? now }
    if (settings.dialect === 'observed') return observed.failure(said, settings)
    return documented.failure(said, request.method)
  },
}

/** SSO answers a word, and nothing beside it (GC-02). */
const asWord: ErrorForm<Settings> = {
  fields: { code: choice(['NOTFOUND', 'FAILURE', 'MAINTENANCEMODE'], { about: 'the word' }) },
  reply: ({ code = 'FAILURE' }, { settings }) =>
    (settings.dialect === 'observed' ? observed : documented).word(code, 'a fault says so'),
}

const usual = 'The request could not be carried out.'

/** How an operation words an error (GC-02, GC-11, GC-12). */
export function errorForm(operation: string): ErrorForm<Settings> {
  return operation === 'ssologin' ? asWord : inJson
}
