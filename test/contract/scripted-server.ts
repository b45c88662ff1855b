import { isCookieOver, readSetCookie } from '../../src/core/cookie.ts'
import { headerValue, headerValues, splitTarget, type HttpRequest } from '../../src/core/http.ts'
import { objectIn, valueIn, type JsonObject } from '../../src/core/json.ts'
import { totpCounter } from '../../src/core/second-factor.ts'
import type { Answered } from '../../src/contract/comparing/answered.ts'
import { createWorld } from '../../src/index.ts'
import { totpCode } from '../../src/world/totp.ts'
import type { MadeUp, ScriptedRequest } from './recorded-traffic.ts'

/** An exchange of a script, as it went over the wire. */
export interface ScriptedExchange {
  readonly sent: { readonly method: string; readonly path: string; readonly headers: string[]; readonly body: string }
  readonly answer: Answered
  readonly clause: string
}

export const began = Date.UTC(2026, 0, 5, 8)

/** The app of whoever has one. */
const usualSecret = 'JBSWY3DPEHPK3PXP'

/** Plays a script on a mock with a section of a scenario. Codes of an app that `seen` tells were taken are those of the one app that it names. */
export async function playScript(
  { api, script }: MadeUp,
  section: JsonObject,
  mutants: readonly string[] = [],
  seen: readonly ScriptedExchange[] = [],
): Promise<{ exchanges: ScriptedExchange[]; har: JsonObject }> {
  const secret = /"totp":\{"secret":"([A-Z2-7]+)"/.exec(JSON.stringify(section))?.[1] ?? usualSecret
  const clock = { at: began }
  const world = await createWorld(
    { [api]: section },
    {
      time: () => clock.at,
      salt: 'scripted',
      seed: 7,
      mutants,
    },
  )
  const jars = new Map<string, Browser>()
  const exchanges: ScriptedExchange[] = []
  for (const [index, request] of script.entries()) {
    clock.at += request.waitMs + 250
    const browser = jars.get(request.browser) ?? new Browser()
    jars.set(request.browser, browser)
    const sent = browser.prepare(request, clock.at, wasTaken(seen[index]) ? secret : usualSecret)
    const reply = await world.play(toHttpRequest(sent))
    const body = reply.body instanceof Uint8Array ? new TextDecoder().decode(reply.body) : (reply.body ?? '')
    const answer = { status: reply.status, headers: reply.headers, body, at: clock.at }
    browser.take(answer)
    exchanges.push({ sent, answer, clause: headerValue(reply.headers, 'x-understudy-clause') ?? '' })
  }
  return { exchanges, har: toBrowserHar(exchanges) }
}

/** A code that a server took is right at another as well; any other code of its app is a wrong one there. */
function wasTaken(exchange: ScriptedExchange | undefined): boolean {
  if (exchange === undefined) return false
  const { status, body } = exchange.answer
  return status < 300 && !/"(status|error)":"(?!Authenticated)/.test(body)
}

/** A request of a script as a server is asked. */
export function toHttpRequest({ method, path: target, headers, body }: ScriptedExchange['sent']): HttpRequest {
  const { path, query } = splitTarget(target)
  return { method, path, query, headers, body: new TextEncoder().encode(body), address: '127.0.0.1' }
}

class Browser {
  readonly #cookies = new Map<string, string>()
  #sid = '12345'

  prepare(
    { method, path, headers = {}, body = '' }: ScriptedRequest,
    at: number,
    secret: string,
  ): ScriptedExchange['sent'] {
    const cookies = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const code = String(totpCode({ kind: 'totp', secret, counter: totpCounter(at) }))
    return {
      method,
      path: path.replace('{sid}', this.#sid),
      headers: [
        'host',
        'server.example',
        ...Object.entries(headers).flat(),
        ...(cookies === '' ? [] : ['cookie', cookies]),
      ],
      body: body.replace('{code}', code),
    }
  }

  take({ headers, body, at }: Answered): void {
    for (const line of headerValues(headers, 'set-cookie')) {
      const cookie = readSetCookie(line)
      if (cookie === undefined) continue
      if (isCookieOver(cookie, at)) this.#cookies.delete(cookie.name)
      else this.#cookies.set(cookie.name, cookie.value)
    }
    const sid = valueIn(body, 'sid')
    if (sid !== undefined && Object.keys(objectIn(body)).length > 0) this.#sid = String(sid)
  }
}

/** As the tools of a browser save it: nothing is masked. */
function toBrowserHar(exchanges: readonly ScriptedExchange[]): JsonObject {
  const named = (headers: readonly string[]): JsonObject[] =>
    headers.flatMap((name, index) => (index % 2 === 0 ? [{ name, value: headers[index + 1] ?? '' }] : []))
  const entries = exchanges.map(({ sent, answer }) => ({
    startedDateTime: new Date(answer.at).toISOString(),
    time: 1,
    request: {
      method: sent.method,
      url: `https://server.example${sent.path}`,
      headers: named(sent.headers),
      ...(sent.body === ''
        ? {}
        : { postData: { mimeType: headerValue(sent.headers, 'content-type') ?? '', text: sent.body } }),
    },
    response: {
      status: answer.status,
      headers: named(
        answer.headers.filter((_, index) => !answer.headers[index - (index % 2)]?.startsWith('x-understudy')),
      ),
      content: { size: answer.body.length, text: answer.body },
    },
  }))
  return { log: { version: '1.2', creator: { name: 'a browser', version: '1' }, entries } }
}
