import { bodyText, headerValue, mediaType, type HttpRequest } from '../../core/http.ts'
import type { Context } from '../../core/step.ts'
import type { Settings } from './settings.ts'

/** What a request asks for; blank parameters count as left out (SP-X5). */
export interface Parameters {
  readonly username: string | undefined
  readonly password: string | undefined
  readonly code: string | undefined
  readonly account: string | undefined
  /** Why the body was not read, if there is one that was not. */
  readonly unread: string | undefined
}

/** Reads the parameters from query and body, whatever the method (SP-03, SP-04). */
export function readParameters(request: HttpRequest, context: Pick<Context<Settings>, 'answer'>): Parameters {
  const body = readBody(request, context)
  const inBody = typeof body === 'string' ? [] : body
  // Of several, a map keeps the last (SP-X4).
  const values = new Map([...new URLSearchParams(request.query), ...inBody])
  const value = (name: string): string | undefined => values.get(name) || undefined
  return {
    username: value('username'),
    password: value('password'),
    code: value('two_factor_code'),
    account: value('account'),
    unread: typeof body === 'string' ? body : undefined,
  }
}

/** The fields of a form; or, for what is none, why it was not read (SP-X6). */
function readBody(
  { headers, body }: HttpRequest,
  context: Pick<Context<Settings>, 'answer'>,
): Iterable<[string, string]> | string {
  if (body.length === 0) return []
  const contentType = headerValue(headers, 'content-type')
  switch (mediaType(contentType)) {
    case 'application/x-www-form-urlencoded': {
      const text = bodyText(body)
      return text === undefined ? 'it is not valid UTF-8' : new URLSearchParams(text)
    }
    case 'multipart/form-data': {
      const form = context.answer({ kind: 'multipart', contentType: contentType as string, body: characters(body) })
      return form === null ? 'it is not the multipart form it says it is' : (form as [string, string][])
    }
    default:
      return `${contentType ?? 'what has no content type'} is not a form`
  }
}

/** One character a byte. */
function characters(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}
