import type { IncomingMessage, ServerResponse } from 'node:http'
import { controlPath } from '../control/control-path.ts'
import { UnderstudyError } from '../core/errors.ts'
import { headerValue, type HttpRequest } from '../core/http.ts'
import { problem } from '../core/problem.ts'
import { messageOf } from '../core/thrown.ts'
import type { Bystander } from '../world/world-beside.ts'
import type { Playable } from '../world/world-source.ts'
import { noBody } from '../core/http.ts'
import { beginBody, hasBody, toHttpRequest } from './incoming.ts'
import type { AskHandlers } from './own-handlers.ts'
import { sendWeb } from './own-answer.ts'
import { send } from './outgoing.ts'

/** What a listener does with a request that is its own. */
export interface OwnAnswers {
  /** Reads the request to its end, and answers it. */
  readonly whole: (request: IncomingMessage, response: ServerResponse) => void
  /** Answers a request that was read. */
  readonly read: (asked: HttpRequest, response: ServerResponse) => void
  /** The answer to a browser that asks first; undefined where it does not. */
  readonly isPreflight: (asked: HttpRequest) => boolean
  /** What each answer carries on top. */
  readonly headersFor: (asked: HttpRequest) => readonly string[]
  readonly fail: (error: unknown, response: ServerResponse) => void
}

/** Where a request goes that no API takes; `body` is what was read of it, if any was. */
export type Behind = (
  request: IncomingMessage,
  response: ServerResponse,
  asked: HttpRequest,
  body: Uint8Array | undefined,
) => void

/** Who answers beside the APIs: a team's own handlers before them, a server or whoever is next behind. */
export interface BesideOptions {
  readonly world: Playable
  readonly ask: AskHandlers | undefined
  readonly behind: Behind | undefined
  readonly bodyBytes: number
  readonly onError: ((error: unknown) => void) | undefined
}

/** Whether a request is the control API's, or for the console: nobody else is ever asked. */
export function isControl(path: string): boolean {
  return path.startsWith(controlPath)
}

/** Sends each request to who has to answer it: own handlers, the APIs, who stands behind; in this order. */
export class Beside {
  readonly #options: BesideOptions
  readonly #own: OwnAnswers

  constructor(options: BesideOptions, own: OwnAnswers) {
    this.#options = options
    this.#own = own
  }

  /** Answers, whatever happens. */
  listener(
    request: IncomingMessage,
    response: ServerResponse,
    behind: Behind | undefined = this.#options.behind,
  ): void {
    const head = toHttpRequest(request, noBody, false)
    if (isControl(head.path) || this.#own.isPreflight(head)) this.#own.whole(request, response)
    else
      this.#answer(request, response, head, behind).catch((error: unknown) => {
        request.resume()
        this.#own.fail(error, response)
      })
  }

  /** Whether an API takes a request. One that asks for a world that cannot be is told so by its answer. */
  async takes(asked: HttpRequest): Promise<boolean> {
    const { world } = this.#options
    const { result } = await world.worlds
      .act(asked.headers, world, (met) => met.beside.takes(asked))
      .catch(() => ({ result: true }))
    return result
  }

  /** Notes in the journal who else answered. That it could not be noted is no reason not to answer. */
  note(asked: HttpRequest, who: Bystander, status: number, because: string): void {
    const { world, onError } = this.#options
    world.worlds
      .act(asked.headers, world, (met) => met.beside.note(asked, who, { status, because }))
      .catch((error: unknown) => onError?.(error))
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    head: HttpRequest,
    behind: Behind | undefined,
  ): Promise<void> {
    const { ask } = this.#options
    // Without handlers a body is left where it is until it is known whose it is, so that those of others are passed as they come.
    if (ask === undefined) {
      if (behind === undefined || (await this.takes(head))) this.#own.whole(request, response)
      else behind(request, response, head, undefined)
      return
    }
    const { body, isWhole } = hasBody(request) ? await beginBody(request, this.#options.bodyBytes) : empty
    const asked = isWhole ? { ...head, body } : head
    if (isWhole ? await this.#handled(ask, asked, response) : await this.#refused(ask, asked, response)) {
      request.resume()
    } else if (behind === undefined || (await this.takes(head))) {
      request.resume()
      this.#own.read(isWhole ? asked : { ...head, tooLarge: true }, response)
      // What is too long for handlers goes on from its beginning, which was put back.
    } else behind(request, response, head, isWhole ? body : undefined)
  }

  async #handled(ask: AskHandlers, asked: HttpRequest, response: ServerResponse): Promise<boolean> {
    try {
      const answer = await ask.answer(asked)
      if (answer === undefined) return false
      this.note(asked, 'handler', answer.status, 'a handler of your own answered')
      sendWeb(response, answer, this.#own.headersFor(asked))
    } catch (error) {
      const detail = `A handler of your own for ${asked.method} ${asked.path} threw: ${messageOf(error)}`
      this.note(asked, 'handler', 500, detail)
      // Where in the handler it was is what its author wants to know.
      const [, place = ''] = (error instanceof Error ? error.stack : undefined)?.split('\n    ') ?? []
      this.#options.onError?.(new UnderstudyError('ERR_USAGE', place === '' ? detail : [detail, `  ${place}`]))
      send(response, problem(500, 'A handler threw', detail))
    }
    return true
  }

  /** Handlers get whole bodies: one that is too long is refused where it would be theirs. */
  async #refused(ask: AskHandlers, asked: HttpRequest, response: ServerResponse): Promise<boolean> {
    if (!(await ask.areFor(asked))) return false
    const detail = `Handlers of your own get bodies of up to ${this.#options.bodyBytes} bytes (limits.bodyBytes); this one is longer.`
    this.note(asked, 'handler', 413, detail)
    send(response, problem(413, 'Body too large', detail))
    return true
  }
}

const empty = { body: noBody, isWhole: true }

/** Whether a request wants to become a web socket. */
export function wantsWebSocket({ headers }: HttpRequest): boolean {
  return headerValue(headers, 'upgrade')?.toLowerCase() === 'websocket'
}
