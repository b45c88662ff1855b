import { readSetCookie, requestCookie } from '../../core/cookie.ts'
import { headerValues } from '../../core/http.ts'
import type { JsonObject } from '../../core/json.ts'
import { Router } from '../../core/route.ts'
import { cookiesOfSessions, type SeenExchange } from '../playing/seen.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import { readSettings } from '../target/settings.ts'
import type { RecordedEntry, Unplaced } from './recorded-entry.ts'

/** An exchange with an API. */
export interface PlacedExchange extends SeenExchange {
  /** Its place in the recording, counted from 1. */
  readonly number: number
  /** Undefined where the API takes other methods there. */
  readonly operation: string | undefined
  readonly path: string
}

/** What of a recording went to one server of an API. */
export interface Placement {
  readonly api: CheckedApi
  readonly origin: string
  /** What stood before the API's own paths, where that is no setting: a proxy has put it there. */
  readonly below: string
  /** Where it is, if that is a setting. */
  readonly settings: JsonObject
  readonly exchanges: readonly PlacedExchange[]
  readonly unplaced: readonly Unplaced[]
}

/** Finds the server that most requests to the API went to, and what was sent there. */
export function place(api: CheckedApi, entries: readonly RecordedEntry[]): Placement {
  const takes = takerOf(api)
  const found = entries.map((entry) => ({ entry, ...takes(entry) }))
  const servers = new Map<string, number>()
  for (const { entry, prefix } of found)
    if (prefix !== undefined) {
      const server = JSON.stringify([entry.url.origin, prefix])
      servers.set(server, (servers.get(server) ?? 0) + 1)
    }
  const [most] = [...servers].sort(([, one], [, other]) => other - one)[0] ?? ['["",""]']
  const [origin = '', home = ''] = JSON.parse(most) as readonly string[]
  const isSetting = Object.hasOwn(api.settings, 'contextPath')
  const exchanges: PlacedExchange[] = []
  const unplaced: Unplaced[] = []
  for (const { entry, prefix, operation } of found) {
    const why = reasonAgainst(entry, prefix, { origin, home, title: api.title })
    if (why === undefined) exchanges.push(toExchange(entry, operation, isSetting ? '' : home))
    else unplaced.push({ request: entry.number, what: `${entry.method} ${entry.url.pathname}`, why })
  }
  const settings = isSetting && servers.size > 0 ? { contextPath: home } : {}
  const isKnown = sessionsOf(api)
  const known = exchanges.filter((exchange) => {
    if (isKnown(exchange)) return true
    const { number, request, path } = exchange
    unplaced.push({
      request: number,
      what: `${request.method} ${path}`,
      why: 'its session was opened before the recording',
    })
    return false
  })
  return { api, origin, below: isSetting ? '' : home, settings, exchanges: known, unplaced }
}

/** Whether a request is in no session, or in one that was opened in the recording; asked of each in turn. */
function sessionsOf({ kit }: CheckedApi): (exchange: PlacedExchange) => boolean {
  const names = cookiesOfSessions(kit)
  const opened = new Set<string>()
  return ({ request, answer }) => {
    const isKnown = [...names].every((name) => {
      const value = requestCookie(request.headers, name)
      return value === undefined || opened.has(value)
    })
    for (const line of headerValues(answer.headers, 'set-cookie')) {
      const cookie = readSetCookie(line)
      if (cookie !== undefined && names.has(cookie.name)) opened.add(cookie.value)
    }
    return isKnown
  }
}

function reasonAgainst(
  { url, answerBody, method }: RecordedEntry,
  prefix: string | undefined,
  { origin, home, title }: { readonly origin: string; readonly home: string; readonly title: string },
): string | undefined {
  if (prefix === undefined) return `it is for no operation of ${title}`
  if (url.origin !== origin || prefix !== home) return `most requests went to ${origin}${home}`
  if (url.pathname.includes('…') || url.pathname.includes(encodeURIComponent('…')))
    return 'a part of its path is masked'
  return answerBody === undefined && method !== 'HEAD' ? 'the text of its answer was not recorded' : undefined
}

/** Whose paths are known; whatever stands before them. */
function takerOf(api: CheckedApi): (entry: RecordedEntry) => { prefix?: string; operation?: string } {
  const mount = api.mount(readSettings(api, Object.hasOwn(api.settings, 'contextPath') ? { contextPath: '' } : {}))
  const router = new Router([{ owner: api, mount, targets: api.operations }])
  return ({ method, url: { pathname } }) => {
    for (let at = 0; at >= 0; at = pathname.indexOf('/', at + 1)) {
      const route = router.find(method, pathname.slice(at))
      if (route.kind === 'unknown' || (route.kind === 'wrong-method' && method === 'OPTIONS')) continue
      const prefix = pathname.slice(0, at)
      return route.kind === 'found' ? { prefix, operation: route.target.id } : { prefix }
    }
    return {}
  }
}

function toExchange(entry: RecordedEntry, operation: string | undefined, cut: string): PlacedExchange {
  const { number, at, method, url, headers, body, status, answerHeaders, answerBody = '' } = entry
  const path = url.pathname.slice(cut.length)
  return {
    number,
    operation,
    path,
    request: {
      method,
      path,
      query: url.search.slice(1),
      headers,
      body: new TextEncoder().encode(body),
      address: '127.0.0.1',
    },
    answer: { status, headers: answerHeaders, body: answerBody, at },
  }
}
