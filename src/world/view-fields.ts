import { anything, flag, integer, list, object, text } from '../core/field.ts'

/** A request and its answer, secrets masked. */
export const requestFields = {
  id: text({ about: 'as the answer says in x-understudy-request' }),
  world: text({ about: 'the world that was asked' }),
  at: text({ about: "the mocked server's time, ISO-8601" }),
  method: text({ about: 'its method' }),
  path: text({ about: 'its path, with the query' }),
  api: text({ about: 'the API it was for', optional: true }),
  operation: text({ about: 'the operation it was for', optional: true }),
  user: text({ about: 'the user it was about', optional: true }),
  status: integer({ about: 'the status of the answer' }),
  outcome: text({
    about: 'what the body tells of the outcome, where the status does not tell all',
    optional: true,
  }),
  refused: flag({ about: 'the answer says no, by its status or in its body', optional: true }),
  clause: text({ about: 'the clause that was played' }),
  because: text({ about: 'why, in words' }),
  fault: text({ about: 'the fault that struck', optional: true }),
}

const messageFields = {
  headers: list(list(text({ about: 'a name or a value' }), { about: 'one header' }), { about: 'its headers' }),
  body: text({ about: 'its body', optional: true }),
}

/** Headers and body of one direction. */
export const messageField = object(messageFields, { about: 'headers and body', named: 'Message' })

/** One exchange in full, secrets masked. */
export const exchangeFields = {
  ...requestFields,
  address: text({ about: 'where it came from' }),
  request: messageField,
  reply: messageField,
}

/** Why an answer was what it was. */
export const whyFields = {
  ...requestFields,
  rule: object(
    {
      id: text({ about: 'the clause' }),
      origin: text({ about: 'where it comes from' }),
      text: text({ about: 'what it says' }),
      choice: text({ about: 'what was chosen where nobody says', optional: true }),
      setting: text({ about: 'the setting that chooses', optional: true }),
    },
    { about: 'the clause that was played' },
  ),
  records: list(
    object(
      {
        key: text({ about: 'its key' }),
        before: anything({ about: 'what it held; null for none' }),
        after: anything({ about: 'what it holds; null for none' }),
        changed: flag({ about: 'whether these differ' }),
      },
      { about: 'one record' },
    ),
    { about: 'the records that were read or changed' },
  ),
}

/** Something that was changed from outside, after so many requests. */
export const changeFields = {
  at: text({ about: "the mocked server's time, ISO-8601" }),
  what: text({ about: 'what was changed, in words' }),
  after: integer({ about: 'how many requests there were before' }),
}

/** What a client did against a rule of an API. */
export const lintFields = {
  id: text({ about: 'the lint' }),
  request: text({ about: 'the request, such as r17' }),
  api: text({ about: 'the API that it was for' }),
  user: text({ about: 'the user it was about', optional: true }),
  clause: text({ about: 'the clause that it follows from' }),
  sentence: text({ about: 'what the client did' }),
  mend: text({ about: 'what it does instead' }),
}
