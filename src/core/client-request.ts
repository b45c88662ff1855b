import { isJsonObject, parseJson, type JsonObject } from './json.ts'
import { clauseHeader } from './world-header.ts'

/** The part of `fetch` that a client uses. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** What a client has received: a status that it expects, and a body that it may read. */
export interface ClientAnswer {
  readonly status: number
  readonly headers: Headers
  /** The error for an answer that is not what was expected. */
  readonly unexpected: (expected: string) => AnswerUnexpectedError
  text(): Promise<string>
  /** Throws where the body is no JSON object. */
  json(): Promise<JsonObject>
}

/** What a client sends, and the statuses that it knows what to do with. */
export interface ClientRequest {
  readonly method: string
  readonly url: string
  /** The URL as errors may show it, where it carries a secret. */
  readonly shownUrl?: string
  readonly headers?: { readonly [name: string]: string }
  readonly body?: string
  readonly credentials: RequestCredentials
  readonly expected: readonly number[]
}

/** Sends one request of a client. Answers with other statuses throw an {@link AnswerUnexpectedError}. */
export async function sendRequest(send: Fetch, asked: ClientRequest): Promise<ClientAnswer> {
  const { method, url, shownUrl = url, headers = {}, body, credentials, expected } = asked
  const response = await send(url, {
    method,
    headers: { ...headers },
    credentials,
    // Followed, a redirect to a login page would end in a 200, which says that all is well.
    redirect: 'manual',
    ...(body === undefined ? {} : { body }),
  })
  const { status } = response
  const hint = await hintOf(response, asked)
  const unexpected = (what: string): AnswerUnexpectedError =>
    new AnswerUnexpectedError(method, shownUrl, status, what, hint)
  if (!expected.includes(status)) throw unexpected(oneOf(expected))
  return {
    status,
    headers: response.headers,
    unexpected,
    text: () => response.text(),
    json: async () => {
      const data: unknown = await response.json().catch(() => undefined)
      if (!isJsonObject(data)) throw unexpected('a JSON object')
      return data
    },
  }
}

/**
 * What the mock says where nothing is at a URL, which a base URL that is off comes to. Real servers are not passed on: nobody
 * knows what of a request they repeat. Nor is what holds a secret of the URL.
 */
async function hintOf(response: Response, { url, shownUrl = url }: ClientRequest): Promise<string | undefined> {
  if (response.status !== 404 || response.headers.get(clauseHeader) === null) return undefined
  const data = parseJson(await response.clone().text())
  const detail = isJsonObject(data) ? data['detail'] : undefined
  if (typeof detail !== 'string') return undefined
  const secrets = url.split(/[/?&=#]/).filter((part) => part !== '' && !shownUrl.includes(part))
  return secrets.some((part) => detail.includes(part)) ? undefined : detail
}

/**
 * An answer that no clause allows. It names the request and what was expected, never a PIN or a password.
 *
 * @example
 * ```ts
 * import { AnswerUnexpectedError, createSecureLoginClient } from 'auth-understudy/client'
 *
 * const fetch = async (): Promise<Response> => new Response('<html>', { status: 200 })
 * const client = createSecureLoginClient({ baseUrl: 'https://jira.example/jira', fetch })
 * const error: unknown = await client.info().catch((reason: unknown) => reason)
 * console.log(error instanceof AnswerUnexpectedError && error.code) // ERR_ANSWER_UNEXPECTED
 * ```
 * @since 0.1.0
 */
export class AnswerUnexpectedError extends Error {
  readonly code = 'ERR_ANSWER_UNEXPECTED'
  readonly method: string
  readonly url: string
  /** 0 for a redirect in a browser, which hides its status. */
  readonly status: number
  readonly expected: string
  /** What the mock says of it, such as which context path was meant. */
  readonly hint: string | undefined

  constructor(method: string, url: string, status: number, expected: string, hint?: string) {
    super(
      `${method} ${url} answered ${status}; expected ${expected}.${hint === undefined ? '' : ` The mock says: ${hint}`}`,
    )
    this.name = 'AnswerUnexpectedError'
    this.method = method
    this.url = url
    this.status = status
    this.expected = expected
    this.hint = hint
  }
}

/** The `Set-Cookie` lines of an answer. Browsers hide them and keep the cookies; some older runtimes cannot tell them. */
export function cookieLines(headers: Headers): readonly string[] {
  return headers.getSetCookie?.() ?? []
}

function oneOf(statuses: readonly number[]): string {
  return [...statuses]
    .sort((left, right) => left - right)
    .join(', ')
    .replace(/, (\d+)$/, ' or $1')
}
