import { encodeUtf8 } from '../core/utf8.ts'
import { headerValue } from '../core/http.ts'
import type { JsonObject } from '../core/json.ts'
import { version } from '../core/version.ts'
import type { ExchangeView, MessageView } from '../world/views.ts'

/** Exchanges as a HAR 1.2 log, which the tools of browsers open. What is masked stays so, and no time is made up. */
export function toHar(exchanges: readonly ExchangeView[]): { readonly log: JsonObject } {
  return {
    log: {
      version: '1.2',
      creator: { name: 'auth-understudy', version },
      entries: exchanges.map(entryOf),
    },
  }
}

function entryOf({ at, method, path, status, clause, because, request, reply }: ExchangeView): JsonObject {
  const [, query = ''] = /\?(.*)$/s.exec(path) ?? []
  const sent = bodyOf(request)
  const got = bodyOf(reply)
  const host = headerOf(request, 'host') ?? 'understudy.invalid'
  return {
    startedDateTime: at,
    time: 0,
    request: {
      method,
      url: `http://${host}${path}`,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: headersOf(request),
      queryString: [...new URLSearchParams(query)].map(([name, value]) => ({ name, value })),
      headersSize: -1,
      bodySize: sent.size,
      ...(sent.size === 0 ? {} : { postData: { mimeType: sent.mimeType, text: sent.text } }),
    },
    response: {
      status,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: headersOf(reply),
      content: got,
      redirectURL: headerOf(reply, 'location') ?? '',
      headersSize: -1,
      bodySize: got.size,
    },
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
    comment: `${clause}: ${because}`,
  }
}

function headersOf({ headers }: MessageView): JsonObject[] {
  return headers.map(([name = '', value = '']) => ({ name, value }))
}

function headerOf({ headers }: MessageView, name: string): string | undefined {
  return headerValue(headers.flat(), name)
}

function bodyOf(message: MessageView): { readonly size: number; readonly mimeType: string; readonly text: string } {
  const text = message.body ?? ''
  return { size: encodeUtf8(text).length, mimeType: headerOf(message, 'content-type') ?? '', text }
}
