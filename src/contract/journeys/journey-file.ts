import { parseDuration } from '../../core/duration.ts'
import { anything, choice, integer, list, map, object, text, type TextField } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import type { JsonObject } from '../../core/json.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

const nameField: TextField = {
  kind: 'text',
  about: 'a name',
  pattern: /^[A-Za-z]\w*$/,
  shape: 'a name of letters and digits, which begins with a letter',
}

const askFields = {
  operation: text({ about: 'an operation of the API, such as secure-login.auth', optional: true }),
  method: choice(methods, { about: "the operation's own, or GET, if left out", optional: true }),
  path: text({
    about: "instead of an operation: a path below the target's baseUrl",
    pattern: /^\/[^\s#]*$/,
    shape: 'a path that begins with / and has no spaces',
    optional: true,
  }),
  params: map(text({ about: 'its value', orInteger: true }), {
    about: "what the operation's path leaves open",
    default: {},
  }),
  query: map(text({ about: 'its value', orInteger: true }), { about: 'parameters behind the path', default: {} }),
  headers: map(text({ about: 'its value', orInteger: true }), {
    about: 'headers, beside those of the operation',
    default: {},
  }),
  body: anything({
    about:
      "right or wrong: with a code or password that is; or a text, or what is sent as JSON or as the operation's form",
    optional: true,
  }),
}

const expectFields = {
  status: integer({ about: 'the status', min: 100, max: 599, optional: true }),
  headers: map(text({ about: 'its value', orInteger: true }), { about: 'headers that it has', default: {} }),
  body: anything({ about: 'members that it has, or the whole text', optional: true }),
  parts: map(
    text({
      about: 'any: it is there; absent: it is not; or a pattern such as /^[0-9]+$/',
      pattern: /^(any|absent|\/.+\/)$/,
      shape: 'any, absent, or a regular expression between slashes',
    }),
    {
      about:
        'what values look like that nobody knows beforehand, by places as capture has them: $.token, header.Retry-After',
      default: {},
    },
  ),
}

const arrangeFields = {
  state: text({ about: 'the name of a provider state' }),
  params: anything<JsonObject>({ about: 'its params', default: {} }),
}

const yearMs = 366 * 86_400_000

/** Whether anybody waits so long. */
function isWait(ms: number): boolean {
  return ms > 0 && ms <= yearMs
}

const stepFields = {
  ask: object(askFields, { about: 'sends a request', optional: true }),
  wait: text({
    about: 'lets time pass: a duration, or until: what an answer said',
    pattern: /^(until|(\d+(\.\d+)?\s*(ms|s|m|h|d|w))+)$/,
    read: (written) => (written === 'until' || isWait(parseDuration(written) ?? 0) ? written : undefined),
    shape: 'a duration such as 90s, 31m or 1h30m of no more than a year, or until',
    optional: true,
  }),
  arrange: object(arrangeFields, { about: 'puts the server into a provider state', optional: true }),
  as: text({ about: "who asks, by the role of an account; the journey's if left out", optional: true }),
  session: text({
    about:
      'new: in a session opened for it, as are the steps after it; none: in no session; 1, 2, …: in that session of who asks, opened where it is not',
    pattern: /^(new|none|[1-9])$/,
    shape: 'new, none, or the number of a session from 1 to 9',
    orInteger: true,
    optional: true,
  }),
  times: text({
    about: 'how often; limit: as often as wrong codes lock, limit-1: one less',
    pattern: /^([1-9]\d{0,2}|limit|limit-1)$/,
    shape: 'a number from 1 to 999, limit or limit-1',
    orInteger: true,
    optional: true,
  }),
  expect: object(expectFields, { about: 'what every answer of the step is', optional: true }),
  capture: map(text({ about: 'where: $.state, $.user.groups[0].name, $, cookie.NAME or header.NAME' }), {
    about: 'values of the answer, by the names that later steps have for them: {{name}}',
    key: nameField,
    default: {},
  }),
}

const fields = {
  $schema: text({ about: 'where the JSON Schema of journeys is, for editors', optional: true }),
  api: text({ about: "which API it asks; the target's if left out. Targets of others leave it out", optional: true }),
  title: text({ about: 'what it shows, in one sentence' }),
  as: text({ about: 'who asks, by the role of an account; nobody if left out', optional: true }),
  needs: anything<JsonObject>({ about: 'settings without which it shows nothing', default: {} }),
  steps: list(object(stepFields, { about: 'a step: it has ask, wait or arrange' }), { about: 'one after the other' }),
}

/** A journey as a file has it. */
export type WrittenJourney = Infer<typeof fields>

/** One step of it. */
export type WrittenStep = WrittenJourney['steps'][number]

/** A request as a step has it. */
export type WrittenAsk = NonNullable<WrittenStep['ask']>

/** How files of journeys are written. */
export const journeyField = object(fields, { about: "a journey of one's own" })
