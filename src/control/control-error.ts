import { UnderstudyError, type ErrorCode, type Issue } from '../core/errors.ts'
import { isJsonObject, parseJson } from '../core/json.ts'

/**
 * Why a call of the control API came to nothing: what the server says is wrong, by its code and in its words, or that no
 * server answered (ERR_SERVER_UNREACHABLE).
 *
 * @example
 * ```ts
 * import { createWorld } from 'auth-understudy'
 * import { ControlError, createControlClient } from 'auth-understudy/control'
 * import { createFetch } from 'auth-understudy/fetch'
 *
 * const control = createControlClient({ url: 'http://mock.example', fetch: createFetch(await createWorld()) })
 * const error: unknown = await control
 *   .request('GET /users/{username}', { params: { username: 'bop' } })
 *   .catch((reason: unknown) => reason)
 * console.log(error instanceof ControlError && [error.status, error.code]) // [ 404, 'ERR_USER_UNKNOWN' ]
 * ```
 * @since 0.1.0
 */
export class ControlError extends UnderstudyError {
  /** Of the answer; 0 where there was none. */
  readonly status: number
  /** What kind of problem it is, in a few words; undefined where the answer is not the control API's. */
  readonly title: string | undefined

  constructor(
    code: ErrorCode,
    message: string | readonly string[],
    {
      status,
      title,
      issues = [],
    }: { readonly status: number; readonly title?: string; readonly issues?: readonly Issue[] },
  ) {
    super(code, message, issues)
    this.status = status
    this.title = title
  }
}

/** The error for a refusal, whose body should be an RFC 9457 problem. */
export function readRefusal(url: string, status: number, body: string): ControlError {
  const data = parseJson(body)
  if (!isJsonObject(data) || typeof data['detail'] !== 'string') return stranger(url, status, body)
  const { code, title, detail, issues } = data
  // Without a code it is the route or the method that a server of another version does not know.
  return new ControlError(typeof code === 'string' ? (code as ErrorCode) : 'ERR_NOT_SUPPORTED', detail.split('\n'), {
    status,
    title: typeof title === 'string' ? title : '',
    issues: Array.isArray(issues) ? (issues as readonly Issue[]) : [],
  })
}

/** The error for an answer that is not the control API's. */
export function stranger(url: string, status: number, body: string): ControlError {
  const start = body.slice(0, 80).replaceAll(/\s+/g, ' ')
  const message = `${url} is no understudy server of this version: it answered ${status} ${start}`
  return new ControlError('ERR_SERVER_UNREACHABLE', message, { status })
}

/** The error for a server that cannot be reached. */
export function unreachable(url: string, error: unknown): ControlError {
  return new ControlError('ERR_SERVER_UNREACHABLE', `No server answers at ${url}: ${causeOf(error)}.`, { status: 0 })
}

/** What the network says, without the library's wrapping. */
export function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  if (!(cause instanceof Error)) return String(cause)
  const code = 'code' in cause ? String(cause.code) : ''
  return code === 'ECONNREFUSED' ? 'the connection was refused' : cause.message || code
}
