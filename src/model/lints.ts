import { requestCookie } from '../core/cookie.ts'
import { headerValue, mediaType } from '../core/http.ts'
import type { Lint, LintedExchange } from '../core/lint.ts'
import { secretNames } from '../core/secret-name.ts'

// The rules that clients of several APIs break in the same way, for each API to say where they hold, and by which clause.

/** Nobody enters a code a second time in so short a time. */
const byItselfMs = 250
/** Somebody may well look again now and then; asking this often, no further apart, is a loop. */
const poll = { times: 5, apartMs: 60_000 }
/** So soon after the wrong instant a timer goes off. */
const timerMs = 2000

/** A code that is sent although the client can know that none is taken: it was told, or its own code has blocked. */
export function codeWhileBlocked(where: {
  readonly clause: string
  readonly operation: string
  readonly state: string
  /** What tells the state. */
  readonly tells: string
}): Lint {
  const isOf = (operation: string) => (each: LintedExchange) => each.operation === operation
  return {
    id: 'code-while-blocked',
    clause: where.clause,
    sentence: `A code was sent while the user was ${where.state}, which the client could know.`,
    mend: `Ask \`${where.tells}\` after a refused code, and take no other while it says ${where.state}.`,
    breaks: (exchange, earlier) => {
      if (exchange.operation !== where.operation || exchange.before?.state !== where.state) return false
      const own = earlier.filter((each) => isSameClient(each, exchange))
      const told = own.find((each) => isOf(where.tells)(each) || isOf(where.operation)(each))
      return told !== undefined && (told.before?.state === where.state || told.after?.state === where.state)
    },
  }
}

/** The same wrong code once more, sooner than somebody could have entered it: the client tried again by itself. */
export function codeSentAgain(where: { readonly clause: string; readonly operation: string }): Lint {
  return {
    id: 'code-sent-again',
    clause: where.clause,
    sentence: 'A code that had counted as a failure was sent again at once, before anybody could have entered it.',
    mend: 'Never repeat a code by itself, not even where the connection broke: each counts. Let the user enter it.',
    breaks: (exchange, earlier) => {
      if (exchange.operation !== where.operation || exchange.isStill || exchange.request.body.length === 0) return false
      const last = earlier.find((each) => isSameClient(each, exchange))
      if (last === undefined || last.operation !== where.operation || !hasCounted(last)) return false
      return exchange.at - last.at < byItselfMs && isSameMessage(exchange, last)
    },
  }
}

/** Asking again and again whether a block is over, although the answer has said when it is. */
export function pollsBeforeUntil(where: { readonly clause: string; readonly operation: string }): Lint {
  const isPoll = (each: LintedExchange, until: number): boolean =>
    each.operation === where.operation && !each.isStill && each.before?.until === until
  return {
    id: 'polls-before-until',
    clause: where.clause,
    sentence: `\`${where.operation}\` was asked over and over before the \`until\` that it had told.`,
    mend: 'Wait until that instant, by the server’s clock, and ask once then; before it, only when the user wants it.',
    breaks: (exchange, earlier) => {
      const until = exchange.before?.until
      if (until === undefined || !isPoll(exchange, until)) return false
      const own = earlier.filter((each) => isSameClient(each, exchange)).slice(0, poll.times - 1)
      if (own.length < poll.times - 1 || !own.every((each) => isPoll(each, until))) return false
      return [exchange, ...own].every(
        ({ at }, index, all) => index === 0 || at > (all[index - 1]?.at ?? 0) - poll.apartMs,
      )
    },
  }
}

/** A secret in the query, or, where an API says so, behind a path: logs, histories and referrers keep URLs. */
export function secretInUrl(where: {
  readonly clause: string
  /** Names of secrets beside those that say so themselves. */
  readonly members: readonly string[]
  /** The end of a path behind which a code may stand by mistake. */
  readonly behind?: string
  readonly mend: string
}): Lint {
  const secrecyOf = secretNames(where.members)
  return {
    id: 'secret-in-url',
    clause: where.clause,
    sentence: 'A secret was sent in the URL, where logs and histories keep it.',
    mend: where.mend,
    breaks: ({ request, operation }) => {
      const { path, query } = request
      const isBehind = operation === undefined && where.behind !== undefined && path.includes(`${where.behind}/`)
      const named = [...new URLSearchParams(query)].some(
        ([name, value]) => value !== '' && secrecyOf(name) === 'secret',
      )
      return isBehind || named
    },
  }
}

/** A body of another media type than the operation takes. */
export function wrongContentType(where: {
  readonly clause: string
  readonly operations: readonly string[]
  readonly types: readonly string[]
}): Lint {
  const types = where.types.map((type) => `\`${type}\``).join(' or ')
  const operations = where.operations.map((operation) => `\`${operation}\``).join(', ')
  return {
    id: 'wrong-content-type',
    clause: where.clause,
    sentence: `The body was sent as something else than ${types}, which ${operations} takes.`,
    mend: `Send \`content-type: ${where.types[0] ?? ''}\`.`,
    breaks: ({ operation, request }) =>
      operation !== undefined &&
      where.operations.includes(operation) &&
      request.body.length > 0 &&
      !where.types.includes(mediaType(headerValue(request.headers, 'content-type'))),
  }
}

/** A session was given, and what came next from there had none. */
export function cookieNotSentBack(where: {
  readonly clause: string
  readonly cookie: string
  /** What opens a session. */
  readonly logins: readonly string[]
  /** What needs one. */
  readonly operations: readonly string[]
}): Lint {
  const has = ({ request }: LintedExchange): boolean =>
    requestCookie(request.headers, where.cookie) !== undefined ||
    headerValue(request.headers, 'authorization') !== undefined
  return {
    id: 'cookie-not-sent-back',
    clause: where.clause,
    sentence: `A session was opened, and the next request that needs one came without its cookie ${where.cookie}.`,
    mend: "Send cookies: `credentials: 'include'` in a page, a cookie jar elsewhere.",
    breaks: (exchange, earlier) => {
      const { operation = '', refused } = exchange
      if (!refused || !where.operations.includes(operation) || has(exchange)) return false
      const last = earlier.find((each) => isSamePlace(each, exchange) && (has(each) || each.opened !== undefined))
      return last?.opened !== undefined && where.logins.includes(last.operation ?? '') && last.operation !== operation
    },
  }
}

/** A request that a form of another site could send, without the header by which it shows that it is none. */
export function noXsrfHeader(where: {
  readonly clause: string
  readonly operation: string
  readonly header: string
  readonly value: RegExp
  /** What forms can send. */
  readonly types: readonly string[]
  readonly mend: string
}): Lint {
  return {
    id: 'no-xsrf-header',
    clause: where.clause,
    sentence: `\`${where.operation}\` was sent as a form of another site could send it, and without ${where.header}.`,
    mend: where.mend,
    breaks: ({ operation, request: { headers } }) =>
      operation === where.operation &&
      where.types.includes(mediaType(headerValue(headers, 'content-type'))) &&
      !where.value.test(headerValue(headers, where.header.toLowerCase()) ?? ''),
  }
}

/**
 * A client that asks just when `until` is over by the devices' clock, and by the server's is not yet. It can be told only
 * where the server's clock is behind, and far enough.
 */
export function untilByDeviceClock(where: { readonly clause: string; readonly operations: readonly string[] }): Lint {
  return {
    id: 'until-by-device-clock',
    clause: where.clause,
    sentence: '`until` was compared with the clock of the device: it is an instant of the server’s.',
    mend: 'Take the drift between the clocks from `info`, and wait until the server’s has come to that instant.',
    breaks: (exchange, earlier) => {
      const { operation = '', before, at, skewMs, isStill } = exchange
      const until = before?.until
      if (!where.operations.includes(operation) || until === undefined || isStill) return false
      const late = at - skewMs - until
      if (skewMs > -timerMs || late < 0 || late >= timerMs) return false
      // Whoever has not been told of it waits for nothing.
      return earlier.some((each) => isSameClient(each, exchange) && each.before?.until === until)
    },
  }
}

/** The same session, or, without one, the same place. */
function isSameClient(one: LintedExchange, other: LintedExchange): boolean {
  const [session, its] = [one.session ?? one.opened, other.session ?? other.opened]
  return session === its && (session !== undefined || isSamePlace(one, other))
}

function isSamePlace(one: LintedExchange, other: LintedExchange): boolean {
  const agent = ({ request }: LintedExchange): string | undefined => headerValue(request.headers, 'user-agent')
  return one.address === other.address && agent(one) === agent(other)
}

function hasCounted({ before, after }: LintedExchange): boolean {
  if (before === undefined || after === undefined) return false
  return (after.failures ?? 0) > (before.failures ?? 0) || after.state !== before.state
}

function isSameMessage({ request: one }: LintedExchange, { request: other }: LintedExchange): boolean {
  return (
    one.query === other.query &&
    one.body.length === other.body.length &&
    one.body.every((byte, index) => byte === other.body[index])
  )
}
