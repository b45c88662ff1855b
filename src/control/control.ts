import { check } from '../core/check.ts'
import { didYouMean, formatIssue, UnderstudyError, type ErrorCode } from '../core/errors.ts'
import { object, type FieldMap } from '../core/field.ts'
import { bodyText, type HeaderList, type HttpReply, type HttpRequest } from '../core/http.ts'
import { isJsonObject, parseJson, type Json, type JsonObject } from '../core/json.ts'
import { nearestWord } from '../core/nearest.ts'
import { printableJson } from '../core/printable.ts'
import { deepest, isNestedDeeply } from '../core/nesting.ts'
import { problem } from '../core/problem.ts'
import { Router } from '../core/route.ts'
import { loadFor } from '../scenario/create-world.ts'
import type { SourceReader } from '../scenario/source.ts'
import { retryAfter } from '../world/refusal.ts'
import { commitHeader, type Acted, type Playable } from '../world/world-source.ts'
import { changeHeader, controlPath } from './control-path.ts'
import { handleNoted } from './note-call.ts'
import type { Passes } from './passes.ts'
import type { ControlResult, ControlRoute, EventStream } from './route.ts'
import { controlRoutes } from './routes.ts'

/** What a control call answers: a reply, or events for as long as somebody listens. */
export type ControlReply = HttpReply & { readonly stream?: EventStream['events'] }

const router = new Router([
  {
    owner: 'control',
    mount: controlPath,
    targets: controlRoutes.map((route) => ({ route, methods: [route.method], paths: [route.path] })),
  },
])

/** Whether a request may be answered without the admin token: it shows nothing of a world, and changes nothing. */
export function isOpen({ method, path }: HttpRequest): boolean {
  const isLook = method === 'GET' || method === 'HEAD'
  const found = router.find(isLook ? 'GET' : method, path)
  return (isLook && found.kind === 'unknown') || (found.kind === 'found' && found.target.route.open === true)
}

/**
 * Answers a request to the control API. Errors are RFC 9457 problems; bad input changes nothing. Texts of files are read
 * by `readSource`, for a host that can do so beside everything else, and `passes` let in whom a host keeps out.
 */
export async function control(
  request: HttpRequest,
  otherwise: Playable,
  readSource?: SourceReader,
  passes?: Passes,
): Promise<ControlReply> {
  if (request.method !== 'HEAD') return answer(request, otherwise, readSource, passes)
  const { status, headers } = await answer({ ...request, method: 'GET' }, otherwise, readSource, passes)
  return { status, headers, body: undefined }
}

async function answer(
  request: HttpRequest,
  otherwise: Playable,
  readSource: SourceReader | undefined,
  passes: Passes | undefined,
): Promise<ControlReply> {
  const found = router.find(request.method, request.path)
  if (found.kind === 'unknown') return notFound(request.path)
  if (found.kind === 'wrong-method') {
    const { allow } = found
    const reply = problem(
      405,
      'Method not allowed',
      `${request.path} answers ${allow.join(', ')}, not ${request.method}.`,
    )
    return { ...reply, headers: [...reply.headers, 'allow', allow.join(', ')] }
  }
  if (request.tooLarge === true)
    return problem(413, 'Body too large', 'The body is larger than this server accepts; nothing was changed.')
  try {
    const { route } = found.target
    let made: string | undefined
    const acted = await otherwise.worlds.act(request.headers, otherwise, async (world) => {
      const { undo, schedule } = world
      // What came to pass by itself is none of what the call changes.
      schedule.catchUp()
      const before = undo.latest
      const result = await undo.record(() =>
        handleNoted(route, {
          world,
          params: decodeParams(found.params),
          query: queryOf(route, request),
          body: readBody(route, request),
          readSource,
          passes,
          load: async (scenario) => (await loadFor(world, scenario)).setup,
        }),
      )
      made = undo.latest === before ? undefined : undo.latest
      return result
    })
    return toReply(acted, made)
  } catch (error) {
    if (error instanceof UnderstudyError) return failure(error)
    throw error
  }
}

function toReply({ result, commit }: Acted<ControlResult>, made: string | undefined): ControlReply {
  const order = [
    ...(commit === undefined ? [] : [commitHeader, String(commit)]),
    ...(made === undefined ? [] : [changeHeader, made]),
  ]
  if (isStream(result))
    return {
      status: 200,
      headers: ['content-type', 'text/event-stream', 'cache-control', 'no-store', ...order],
      body: undefined,
      stream: result.events,
    }
  const headers: HeaderList = ['content-type', 'application/json', 'cache-control', 'no-store', ...order]
  return { status: 200, headers, body: `${printableJson(result)}\n` }
}

function isStream(result: ControlResult): result is EventStream {
  return typeof result === 'object' && result !== null && 'events' in result && typeof result.events === 'function'
}

const statuses: Partial<Record<ErrorCode, number>> = {
  ERR_API_UNKNOWN: 404,
  ERR_USER_UNKNOWN: 404,
  ERR_EVENT_UNKNOWN: 404,
  ERR_FAULT_UNKNOWN: 404,
  ERR_REQUEST_UNKNOWN: 404,
  ERR_SCENARIO_UNKNOWN: 404,
  ERR_SNAPSHOT_UNKNOWN: 404,
  ERR_CHANGE_UNKNOWN: 404,
  ERR_UNDO_REFUSED: 409,
  ERR_USER_AMBIGUOUS: 409,
  ERR_STORE_REFUSED: 503,
  ERR_STORE_UNAVAILABLE: 503,
  ERR_STATE_FILE: 503,
  ERR_BODY_INVALID: 400,
  ERR_TOKEN_REFUSED: 401,
  ERR_NO_ROOM: 507,
  ERR_WORLD_INVALID: 400,
  ERR_WORLD_UNKNOWN: 404,
}

/** For a status that several errors have. */
const titlesByCode: Partial<Record<ErrorCode, string>> = {
  ERR_STORE_UNAVAILABLE: 'Store unavailable',
  ERR_STATE_FILE: 'Not saved',
  ERR_UNDO_REFUSED: 'Changed since',
}

const titles: { readonly [status: number]: string } = {
  401: 'Not let in',
  404: 'Not found',
  409: 'Ambiguous',
  507: 'No room',
}

function failure(error: UnderstudyError): ControlReply {
  const issues = error.issues.map((issue) => ({
    path: [...issue.path],
    message: issue.message,
    ...(issue.nearest === undefined ? {} : { nearest: issue.nearest }),
    ...(issue.place === undefined ? {} : { place: { ...issue.place } }),
  }))
  const more = { code: error.code, ...(issues.length === 0 ? {} : { issues }) }
  const status = statuses[error.code] ?? 422
  const reply = problem(status, titlesByCode[error.code] ?? titles[status] ?? 'Invalid', error.message, more)
  return status === 503 && error.code !== 'ERR_STORE_REFUSED'
    ? { ...reply, headers: [...reply.headers, 'retry-after', retryAfter] }
    : reply
}

function notFound(path: string): ControlReply {
  const paths = controlRoutes.map((route) => controlPath + route.path)
  const detail = `There is no ${path} in the control API; ${controlPath}/openapi.json lists what there is.`
  return problem(404, 'Not found', detail + didYouMean(nearestWord(path, paths)))
}

function readBody(route: ControlRoute, request: HttpRequest): JsonObject {
  if (route.body === undefined) return {}
  const text = bodyText(request.body)
  if (text !== undefined && isNestedDeeply(text)) {
    throw new UnderstudyError('ERR_BODY_INVALID', `The body is nested more than ${deepest} levels deep.`)
  }
  const data = text === undefined ? undefined : parseJson(text === '' ? '{}' : text)
  if (!isJsonObject(data)) {
    throw new UnderstudyError('ERR_BODY_INVALID', 'The body is not a JSON object in UTF-8.')
  }
  return route.unchecked === true || typeof route.body === 'function' ? data : read(route.body, data, 'body')
}

function read(fields: FieldMap, data: unknown, about: string): JsonObject {
  const { value, issues } = check(object(fields, { about }), data)
  if (value !== undefined) return value
  throw new UnderstudyError('ERR_CHANGE_INVALID', issues.map(formatIssue).join(' '), issues)
}

function queryOf({ query, unchecked }: ControlRoute, request: HttpRequest): JsonObject {
  if (query === undefined) return {}
  return unchecked === true ? textsOf(request.query) : read(query, readQuery(request.query, query), 'query')
}

/** A query as it came; of what it has several times, all. */
function textsOf(query: string): JsonObject {
  const given = new URLSearchParams(query)
  const entry = (name: string): [string, Json] => {
    const [first = '', ...more] = given.getAll(name)
    return [name, more.length === 0 ? first : [first, ...more]]
  }
  return Object.fromEntries(Array.from(new Set(given.keys()), entry))
}

/** A query as data: numbers where the field is a number, true and false where it is one of these. */
function readQuery(query: string, fields: FieldMap): JsonObject {
  return Object.fromEntries(
    [...new URLSearchParams(query)].map(([name, value]): [string, Json] => {
      const isNumber = fields[name]?.kind === 'integer' && /^-?\d+$/.test(value)
      const isFlag = fields[name]?.kind === 'boolean' && /^(true|false)$/.test(value)
      return [name, isNumber ? Number(value) : isFlag ? value === 'true' : value]
    }),
  )
}

function decodeParams(params: { readonly [name: string]: string }): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decode(value)]))
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
