import { inReplies, inSteps, mutantsOf } from '../../../core/bend.ts'
import { bodyText, headerValue, type HttpRequest } from '../../../core/http.ts'
import { isJsonObject, parseJson } from '../../../core/json.ts'
import type { Bend, Mutant } from '../../../core/mutant.ts'
import type { Reply } from '../../../core/step.ts'
import { replies } from '../clauses.ts'
import { authenticatePath, olderPath } from '../paths.ts'
import type { Settings } from '../settings.ts'
import { formType, isForm, lacking, withParameters } from './rewriting.ts'

const mutant = mutantsOf<Settings>('sirportly')

/** The step, which sees another request. */
function seeing(change: (request: HttpRequest) => HttpRequest): Bend<Settings> {
  return inSteps('all', (step, records, request, context) => step(records, change(request), context))
}

/** The API at other paths. */
function at(...paths: readonly string[]): Bend<Settings> {
  return (api) => ({ ...api, operations: api.operations.map((operation) => ({ ...operation, paths })) })
}

/** A refusal of some requests, before anything is looked at. */
function refusing(reply: Reply, isRefused: (request: HttpRequest) => boolean): Bend<Settings> {
  return inSteps('all', (step, records, request, context) =>
    isRefused(request) ? { reply, changes: [] } : step(records, request, context),
  )
}

function withHeader(request: HttpRequest, name: string, value: string): HttpRequest {
  return { ...request, headers: [name, value, ...request.headers] }
}

const retired: Reply = {
  status: 410,
  headers: ['content-type', 'application/json'],
  body: '{"error":"Gone"}',
  clause: 'SP-U11',
  because: 'the older version is not answered any more',
}

const noMethod: Reply = {
  status: 405,
  headers: ['content-type', 'application/json', 'allow', 'POST'],
  body: '{"error":"MethodNotAllowed"}',
  clause: 'SP-03',
  because: 'the method is not POST',
}

/** Of parameters that are sent twice, the first. */
function firsts(parameters: URLSearchParams): URLSearchParams {
  return new URLSearchParams(
    [...parameters].filter(([name], index, all) => all.findIndex(([each]) => each === name) === index),
  )
}

/** What goes wrong before anybody is looked up. */
export const requestMutants: readonly Mutant<Settings>[] = [
  mutant('SP-01', 'moved', 'the documented URL is not there', at('/api/v2/authentication', olderPath)),
  mutant('SP-U11', 'gone', 'the URL of the older version is not there', at(authenticatePath)),
  mutant(
    'SP-U11',
    'retired',
    'the older version answers that it is gone',
    refusing(retired, ({ path }) => path === olderPath),
  ),

  mutant(
    'SP-02',
    'not-required',
    'nobody has to send X-Auth-Application',
    seeing((request) =>
      headerValue(request.headers, 'x-auth-application') === undefined
        ? withHeader(request, 'x-auth-application', 'auth-understudy')
        : request,
    ),
  ),
  mutant(
    'SP-02',
    'token-instead',
    'X-Auth-Token does instead of X-Auth-Application',
    seeing((request) =>
      headerValue(request.headers, 'x-auth-token') === undefined
        ? request
        : withHeader(request, 'x-auth-application', 'auth-understudy'),
    ),
  ),
  mutant(
    'SP-02',
    'token-as-well',
    'X-Auth-Token is required as well',
    refusing(replies.noApplication, ({ headers }) => headerValue(headers, 'x-auth-token') === undefined),
  ),
  mutant(
    'SP-U3',
    'any',
    'every application is known',
    inSteps('all', (step, records, request, context) =>
      step(records, request, { ...context, settings: { ...context.settings, applications: [] } }),
    ),
  ),

  mutant(
    'SP-03',
    'post-only',
    'only POST is answered',
    refusing(noMethod, ({ method }) => method !== 'POST'),
  ),
  mutant(
    'SP-03',
    'no-delete',
    'DELETE is not answered',
    refusing(noMethod, ({ method }) => method === 'DELETE'),
  ),
  mutant(
    'SP-03',
    'form-of-post',
    'a form is read only if it is posted',
    seeing((request) => (request.method === 'POST' ? request : { ...request, body: new Uint8Array() })),
  ),
  mutant(
    'SP-03',
    'query-of-get',
    'the query is read only of GET',
    seeing((request) => (request.method === 'GET' ? request : { ...request, query: '' })),
  ),
  mutant(
    'SP-04',
    'code-in-form',
    'two_factor_code is read in a form only',
    seeing(withParameters(lacking('two_factor_code'), 'query')),
  ),
  mutant(
    'SP-04',
    'account-required',
    'account is required',
    inSteps('all', (step, records, request, context) => {
      const outcome = step(records, request, context)
      const anywhere = ['SP-05', 'SP-U7', 'SP-U8', 'SP-X1', 'SP-X2']
      if (!anywhere.includes(outcome.reply.clause)) return outcome
      return { ...outcome, reply: replies.invalidParameters(['account'], undefined), changes: [] }
    }),
  ),
  mutant(
    'SP-U4',
    'credentials',
    'a missing parameter is answered like a wrong one',
    inReplies('SP-U4', (reply) => ({ ...replies.invalidAnywhere('', '', ''), clause: reply.clause })),
  ),
  mutant('SP-X4', 'first', 'of a parameter that is sent twice the first counts', seeing(withParameters(firsts))),
  mutant(
    'SP-X5',
    'blank',
    'a blank account is an account of no name',
    inSteps('all', (step, records, request, context) => {
      const parameters = new URLSearchParams(bodyText(request.body) ?? '')
      const isBlank = isForm(request) && parameters.get('account') === ''
      return isBlank ? { reply: replies.accountNotFound(''), changes: [] } : step(records, request, context)
    }),
  ),
  mutant(
    'SP-X6',
    'json',
    'a JSON body is read as well',
    seeing((request) => {
      if (headerValue(request.headers, 'content-type')?.startsWith('application/json') !== true) return request
      const data = parseJson(bodyText(request.body) ?? '')
      if (data === undefined || !isJsonObject(data)) return request
      const form = new URLSearchParams(Object.entries(data).map(([name, value]) => [name, String(value)]))
      return { ...withHeader(request, 'content-type', formType), body: new TextEncoder().encode(form.toString()) }
    }),
  ),
]
