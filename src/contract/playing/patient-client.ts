import { STATUS_CODES } from 'node:http'
import { formatDuration } from '../../core/duration.ts'
import { headerValue, type HeaderList } from '../../core/http.ts'
import type { HttpClient, Response } from './http-client.ts'
import type { Target } from '../target/target.ts'
import { troubleOf, UnavailableError, type RepeatRisk, type Delivery } from './unavailable.ts'

/** A request, and what is known of it. */
export interface Errand {
  readonly method: string
  readonly url: string
  readonly headers: HeaderList
  readonly body: string | undefined
  /** The status that has to come back: with it 503 is an answer. */
  readonly expects?: number
  /**
   * Whether it may be sent again where it may have been dealt with: always, if that changes nothing; never, not even
   * where somebody says that it was not. Left out, its method tells.
   */
  readonly repeat?: 'always' | 'never'
}

/** How patient a client is. */
export interface RetryOptions {
  /** Waits so long, in milliseconds. */
  readonly sleep: (ms: number) => Promise<void>
  readonly now: () => number
  /** From 0 to 1, so that those who were turned away together do not come back together. */
  readonly random: () => number
  /** The longest that is waited because a server says so, in milliseconds. */
  readonly maxWait: number
  /** Told where a server says that these are too many requests. */
  readonly onLimit?: () => void
  /** Told what takes longer than a moment. */
  readonly onWait?: (what: string) => void
}

/** The first wait before another try; each further one is twice as long, up to the longest. */
const [firstWaitMs, longestWaitMs] = [250, 10_000]

/** What is told to those who look on. */
const momentMs = 2000

/** Methods that change nothing. */
const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Sends requests at the pace that a target bears, and again where no answer came and that does no harm. */
export class PatientClient {
  readonly #client: HttpClient
  readonly #target: Pick<Target, 'pace' | 'retries'>
  readonly #patience: RetryOptions
  /** When the next request may be sent, and why not sooner where a server has said so. */
  #nextAt = 0
  #asked = ''

  constructor(client: HttpClient, target: Pick<Target, 'pace' | 'retries'>, patience: RetryOptions) {
    this.#client = client
    this.#target = target
    this.#patience = patience
  }

  /** Throws what {@link HttpClient} throws, an {@link UnavailableError} also where a gateway answers for the server. */
  async send(errand: Errand): Promise<Response> {
    for (let tries = 1; ; tries++) {
      await this.#keepPace()
      try {
        return await this.#try(errand)
      } catch (error) {
        if (!(error instanceof UnavailableError)) throw error
        if (tries > this.#target.retries || !mayRepeat(errand, error.trouble)) throw atLast(error, errand, tries)
        await this.#patience.sleep(this.#backoff(tries))
      }
    }
  }

  async #try({ method, url, headers, body, expects }: Errand): Promise<Response> {
    const response = await this.#client.send(method, url, headers, body)
    const { status } = response
    const trouble = troubleOf(status)
    if (trouble === undefined || status === expects) return response
    if (status === 429) this.#patience.onLimit?.()
    const told = `${new URL(url).origin} answered ${status} ${STATUS_CODES[status] ?? ''}`
    this.#keepAway(told, status, retryAfter(response.headers, this.#patience.now()))
    throw new UnavailableError(`${told}.`, trouble, status)
  }

  /** Sends nothing for as long as a server wants to be left alone. */
  #keepAway(told: string, status: number, ms: number): void {
    const { maxWait, now } = this.#patience
    if (ms > maxWait) {
      const wanted = `and wants to be asked again in ${formatDuration(ms)}; no more than ${formatDuration(maxWait)} are waited`
      throw new UnavailableError(`${told}, ${wanted}.`, 'hopeless', status)
    }
    if (now() + ms <= this.#nextAt) return
    this.#nextAt = now() + ms
    this.#asked = told
  }

  async #keepPace(): Promise<void> {
    const { sleep, onWait } = this.#patience
    const now = this.#patience.now()
    const at = Math.max(now, this.#nextAt)
    this.#nextAt = at + this.#target.pace
    const ms = at - now
    if (ms >= momentMs && this.#asked !== '')
      onWait?.(`waiting ${formatDuration(Math.ceil(ms / 1000) * 1000)}: ${this.#asked}`)
    this.#asked = ''
    if (ms > 0) await sleep(ms)
  }

  #backoff(tries: number): number {
    const ms = Math.min(longestWaitMs, firstWaitMs * 2 ** (tries - 1))
    return Math.round(ms * (0.5 + this.#patience.random() / 2))
  }
}

/** Whether a request does no harm a second time. */
function mayRepeat({ method, repeat }: Errand, trouble: Delivery): boolean {
  if (trouble === 'hopeless') return false
  if (trouble === 'unsent') return true
  if (repeat === 'never') return false
  return trouble === 'refused' || repeat === 'always' || safe.has(method)
}

/** The error that is told, when nothing more is tried. */
function atLast({ message, trouble, status }: UnavailableError, errand: Errand, tries: number): UnavailableError {
  const told = tries === 1 ? message : `${message.replace(/\.$/, '')}, ${tries} times in a row.`
  return new UnavailableError(told, trouble, status, lostBy(errand, trouble))
}

function lostBy(errand: Errand, trouble: Delivery): RepeatRisk | undefined {
  if (trouble === 'hopeless' || trouble === 'unsent' || mayRepeat(errand, trouble)) return undefined
  return errand.repeat === 'never' ? 'attempt' : 'request'
}

/** `Retry-After`, in seconds or as a date by the server's clock; in milliseconds from now. 0 where it is not said. */
function retryAfter(headers: HeaderList, now: number): number {
  const value = headerValue(headers, 'retry-after')?.trim() ?? ''
  if (/^\d+$/.test(value)) return Number(value) * 1000
  const at = Date.parse(value)
  if (Number.isNaN(at)) return 0
  const serverNow = Date.parse(headerValue(headers, 'date') ?? '')
  return Math.max(0, at - (Number.isNaN(serverNow) ? now : serverNow))
}
