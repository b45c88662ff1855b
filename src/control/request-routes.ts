import { anything, integer, list, object, text } from '../core/field.ts'
import type { Infer } from '../core/infer.ts'
import { toIso } from '../core/instant.ts'
import type { JsonObject } from '../core/json.ts'
import { requestFilterFields } from '../world/request-filter.ts'
import type { RequestView } from '../world/views.ts'
import { changeFields, exchangeFields, lintFields, requestFields, whyFields } from '../world/view-fields.ts'
import { countsOfRequests } from './counts.ts'
import { toHar } from './har.ts'
import { eventRoute, route } from './route.ts'

const requestField = object(requestFields, { about: 'a request and its answer', named: 'Request' })

const { after: _after, ...noteFields } = changeFields
const eventFields = { world: requestFields.world, ...noteFields }

/** What the stream of events tells: a request that was answered, or what was changed from outside. */
export type ControlEvent =
  | { readonly event: 'request'; readonly data: RequestView }
  | { readonly event: 'change'; readonly data: Infer<typeof eventFields> }

const id = text({ about: 'as the answer said in x-understudy-request' })

const choosing = {
  limit: integer({ about: 'at most so many, the latest', default: 100, min: 1, max: 100_000 }),
  operation: text({ about: 'only for this operation: secure-login.auth, secure-login.* or *', default: '*' }),
  ...requestFilterFields,
}

/** The journal: what was asked and answered, and why. Secrets are masked. */
export const requestRoutes = [
  route('GET /requests', {
    summary: 'the latest requests, oldest first',
    query: choosing,
    answer: object(
      { ...countsOfRequests, requests: list(requestField, { about: 'the latest, oldest first' }) },
      { about: 'requests, and how many there were' },
    ),
    handle: ({ world, query: { limit, operation, ...filter } }) => ({
      ...world.journal,
      requests: world.asked(operation, filter, limit),
    }),
  }),
  route('DELETE /requests', {
    summary: 'forgets the requests and what was told of changes; users, sessions, clock and faults stay as they are',
    answer: object({ cleared: integer({ about: 'how many requests there were' }) }, { about: 'how many there were' }),
    handle: ({ world }) => ({ cleared: world.clearRequests() }),
  }),
  route('GET /har', {
    summary: 'the latest requests and answers as HAR 1.2, which the tools of browsers open',
    query: choosing,
    answer: object({ log: anything<JsonObject>({ about: 'the log' }) }, { about: 'HAR 1.2' }),
    handle: ({ world, query: { limit, operation, ...filter } }) => toHar(world.exchanges(operation, filter, limit)),
  }),
  route('GET /requests/{id}', {
    summary: 'one request and its answer, with headers and bodies',
    params: { id },
    answer: object(exchangeFields, { about: 'a request and its answer, with headers and bodies', named: 'Exchange' }),
    handle: ({ world, params }) => world.request(params.id),
  }),
  route('GET /requests/{id}/why', {
    summary: 'why a request was answered as it was',
    params: { id },
    answer: object(whyFields, { about: 'a request, its clause and the records it met', named: 'Why' }),
    handle: ({ world, params }) => world.why(params.id),
  }),
  route('GET /lints', {
    summary: 'what clients did against the rules of the APIs, with the clause each follows from',
    answer: object(
      {
        lints: list(object(lintFields, { about: 'one of them', named: 'Lint' }), {
          about: 'by their requests, oldest first',
        }),
      },
      { about: 'what clients did' },
    ),
    handle: async ({ world }) => ({ lints: await world.lints() }),
  }),
  route('GET /changes', {
    summary: 'what was changed from outside, oldest first, each with the number of requests before it',
    answer: object(
      { changes: list(object(changeFields, { about: 'one change' }), { about: 'the changes, oldest first' }) },
      { about: 'what was changed from outside' },
    ),
    handle: ({ world }) => ({ changes: world.changes }),
  }),
  eventRoute('GET /events', {
    summary: 'requests and changes as they happen, as server-sent events',
    handle: ({ world }) => ({
      events: (send) => {
        const tell = ({ event, data }: ControlEvent): void => send(event, data)
        return world.listen((event) => {
          if (event.kind === 'request') tell({ event: 'request', data: world.describe(event) })
          else tell({ event: 'change', data: { world: event.world, at: toIso(event.at), what: event.what } })
        })
      },
    }),
  }),
]
