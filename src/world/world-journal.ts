import type { AnyApi } from '../core/api.ts'
import { parseDuration } from '../core/duration.ts'
import { UnderstudyError } from '../core/errors.ts'
import { toIso } from '../core/instant.ts'
import type { Entry } from './entry.ts'
import { Linter, loadLints } from './linter.ts'
import { readFilter, type Fits, type RequestFilter } from './request-filter.ts'
import type { Stage } from './stage.ts'
import {
  viewExchange,
  viewLint,
  viewRequest,
  viewWhy,
  type ChangeView,
  type ExchangeView,
  type LintView,
  type RequestView,
  type WhyView,
} from './views.ts'

/** For how long {@link WorldJournal.next} waits, where nobody says. */
export const usualTimeout = '5s'

/** What a world was asked, to look at: secrets masked. */
export class WorldJournal {
  readonly #stage: Stage
  /** The request that was told of last, by who waited for it. */
  #told: string | undefined

  constructor(stage: Stage) {
    this.#stage = stage
  }

  get #apis(): readonly AnyApi[] {
    return this.#stage.apis
  }

  requests(): RequestView[] {
    return this.#entries(() => true).map((entry) => viewRequest(entry, this.#apis))
  }

  changes(): ChangeView[] {
    return this.#stage.journal.notes.map(({ at, what, after }) => ({ at: toIso(at), what, after }))
  }

  asked(operation: string, filter?: RequestFilter, limit?: number): RequestView[] {
    return this.#latest(operation, filter, limit).map((entry) => viewRequest(entry, this.#apis))
  }

  exchanges(operation: string, filter?: RequestFilter, limit?: number): ExchangeView[] {
    return this.#latest(operation, filter, limit).map((entry) => viewExchange(entry, this.#apis))
  }

  #latest(operation: string, filter?: RequestFilter, limit: number = Number.POSITIVE_INFINITY): Entry[] {
    return this.#entries(readFilter(this.#stage, operation, filter)).slice(-limit)
  }

  /** The next request that fits, after the last that this told of. Waits by the machine's time, as the world's may stand. */
  async next(
    operation: string,
    { timeout = usualTimeout, ...filter }: RequestFilter & { readonly timeout?: string | number },
  ): Promise<ExchangeView> {
    const told = this.#told !== undefined && this.#stage.journal.find(this.#told) !== undefined ? this.#told : undefined
    const since = filter.since ?? told
    const after: RequestFilter = since === undefined ? filter : { ...filter, since }
    const ms = readTimeout(timeout)
    const [present] = this.exchanges(operation, after)
    const found = present ?? (await this.#await(readFilter(this.#stage, operation, filter), ms))
    if (found === undefined) throw notAsked(operation, timeout, this.requests())
    this.#told = found.id
    return found
  }

  #await(fits: Fits, ms: number): Promise<ExchangeView | undefined> {
    return new Promise((resolve) => {
      const stop = this.#stage.wait(ms, () => end(undefined))
      const forget = this.#stage.listen((event) => {
        if (event.kind === 'request' && fits(event.entry)) end(viewExchange(event.entry, this.#apis))
      })
      const end = (found: ExchangeView | undefined): void => {
        forget()
        stop()
        resolve(found)
      }
    })
  }

  /** What clients did against the rules of the APIs, in the order of their requests. */
  async lints(): Promise<LintView[]> {
    const linter = new Linter(this.#stage, await loadLints(this.#stage.playing))
    return this.#entries(() => true).flatMap((entry) => linter.heed(entry).map((lint) => viewLint(entry, lint)))
  }

  request(id: string): ExchangeView {
    return viewExchange(requireEntry(this.#stage, id), this.#apis)
  }

  why(id: string): WhyView {
    return viewWhy(requireEntry(this.#stage, id), this.#apis)
  }

  #entries(fits: Fits): Entry[] {
    return [...this.#stage.journal.entries()].filter(fits)
  }
}

/** One request as it was. Throws ERR_REQUEST_UNKNOWN. */
export function requireEntry({ journal, name }: Stage, id: string): Entry {
  const entry = journal.find(id)
  if (entry !== undefined) return entry
  const { evicted, limit, total } = journal
  const gone = evicted > 0 ? ` ${evicted} of ${total} were dropped to keep the latest ${limit}.` : ''
  throw new UnderstudyError('ERR_REQUEST_UNKNOWN', `World ${name} has no request "${id}".${gone}`)
}

/** The milliseconds of a timeout. Throws ERR_FILTER_INVALID for what is none. */
export function readTimeout(timeout: string | number): number {
  const ms = typeof timeout === 'number' ? timeout : parseDuration(timeout)
  if (ms !== undefined && ms >= 0) return ms
  throw new UnderstudyError('ERR_FILTER_INVALID', `timeout takes a duration such as 5s, not "${timeout}".`)
}

/** The error where a request was waited for that did not come. */
export function notAsked(
  operation: string,
  timeout: string | number,
  requests: readonly RequestView[],
): UnderstudyError {
  const waited = typeof timeout === 'number' ? `${timeout}ms` : timeout
  return new UnderstudyError('ERR_NOT_ASKED', [
    `${operation} was not asked within ${waited} of the machine's time.`,
    ...requestLines(requests),
  ])
}

/** How many of the latest requests a message tells. */
const toldRequests = 30

/** What a world was asked, a line for each request. */
export function requestLines(requests: readonly RequestView[], total: number = requests.length): string[] {
  if (total === 0) return ['The world was asked nothing.']
  const shown = requests.slice(-toldRequests)
  const some = shown.length < total ? `; the latest ${shown.length}` : ''
  return [
    `The world was asked ${total === 1 ? 'once' : `${total} times`}${some}:`,
    ...shown.map(({ id, user, api, operation, method, path, status, outcome, refused, clause, because }) => {
      const what = operation === undefined ? `${method} ${path}` : `${api}.${operation}`
      const result = [String(status), outcome, refused === true ? 'refused' : undefined].filter(Boolean).join(' ')
      return `  ${id}  ${what}${user === undefined ? '' : ` by ${user}`} → ${result}  ${clause}: ${because}`
    }),
  ]
}
