import type { Moment } from './field.ts'
import { isJsonObject, type Json, type JsonObject } from './json.ts'
import { createRandom } from './random.ts'
import type { HttpReply } from './http.ts'

/** What a fault does to the answers it strikes. */
export type FaultEffect = {
  /** Answers this instead. */
  readonly reply?: { readonly status: number; readonly body?: string; readonly contentType?: string }
  /** Waits so long before the answer, in milliseconds of real time. */
  readonly delay?: number
  /** Breaks the connection, the body's end, or its form. */
  readonly break?: 'reset' | 'truncate' | 'malformed'
  /** Leaves out a member of the JSON body, by dotted path. */
  readonly omit?: string
  /** Leaves out every `Set-Cookie`. */
  readonly dropCookie?: boolean
}

/** Which answers a fault strikes, and how often. */
export type FaultTarget = {
  /** `secure-login.auth`, `secure-login.*` or `*`. */
  readonly on: string
  readonly user?: string
  /** Only the n-th matching call, counted from 1. */
  readonly nth?: number
  /** At most so many times. */
  readonly times?: number
  /** From 0 to 1, drawn by the world's seed. */
  readonly probability?: number
  /** Whether the server did its work before the fault struck. Default: not for `reply` and `break: reset`. */
  readonly processed?: boolean
}

/** A fault as somebody writes it. */
export type FaultSpec = FaultTarget & FaultEffect & { readonly for?: number; readonly until?: Moment }

/** A fault in a world: what was written, with its counts. JSON, so that it lives in the store like any record. */
export type Fault = FaultTarget &
  FaultEffect & {
    readonly id: string
    /** The instant of the world's clock at which it ends by itself. */
    readonly endsAt?: number
    readonly seen: number
    readonly struck: number
  }

/** The call a fault may strike. */
export interface FaultCall {
  readonly api: string
  readonly operation: string
  readonly user: string | undefined
  /** The world's time. */
  readonly at: number
  readonly seed: number
}

/** Counts a call against every fault: which of them strikes, and the faults with their new counts. */
export function strike(
  faults: readonly Fault[],
  call: FaultCall,
): { readonly struck: Fault | undefined; readonly faults: readonly Fault[] } {
  let struck: Fault | undefined
  const counted = faults.map((fault) => {
    if (!matches(fault, call)) return fault
    const seen = fault.seen + 1
    if (struck !== undefined || !isDue(fault, seen, call.seed)) return { ...fault, seen }
    struck = { ...fault, seen, struck: fault.struck + 1 }
    return struck
  })
  return { struck, faults: counted }
}

function matches(fault: Fault, call: FaultCall): boolean {
  if (fault.endsAt !== undefined && call.at >= fault.endsAt) return false
  if (fault.user !== undefined && fault.user !== call.user) return false
  return fault.on === '*' || fault.on === `${call.api}.*` || fault.on === `${call.api}.${call.operation}`
}

function isDue(fault: Fault, seen: number, seed: number): boolean {
  if (fault.nth !== undefined && seen !== fault.nth) return false
  if (fault.times !== undefined && fault.struck >= fault.times) return false
  if (fault.probability === undefined) return true
  return createRandom(`${seed}:fault:${fault.id}:${seen}`).next() < fault.probability
}

/** Whether the step's changes count although the fault struck. */
export function isProcessed(fault: Fault): boolean {
  return fault.processed ?? (fault.reply === undefined && fault.break !== 'reset')
}

/** Whether what is sent is no longer the contract's answer; a delay alone leaves it what it was. */
export function replacesReply(fault: Fault): boolean {
  const { reply, break: broken, omit, dropCookie } = fault
  return reply !== undefined || broken !== undefined || omit !== undefined || dropCookie === true
}

/** The reply as the fault leaves it. Delays and broken connections are left to the host. */
export function damage<Reply extends HttpReply>(fault: Fault, reply: Reply): Reply {
  let damaged = reply
  if (fault.reply !== undefined) {
    const { status, body, contentType } = fault.reply
    const type = contentType ?? (body === undefined ? undefined : 'text/plain')
    damaged = { ...damaged, status, headers: type === undefined ? [] : ['content-type', type], body }
  }
  if (fault.omit !== undefined) damaged = { ...damaged, body: omitMember(damaged.body, fault.omit) }
  if (fault.break === 'malformed') damaged = { ...damaged, body: malform(damaged.body) }
  if (fault.dropCookie === true) damaged = { ...damaged, headers: withoutCookies(damaged.headers) }
  return damaged
}

function omitMember(body: HttpReply['body'], path: string): HttpReply['body'] {
  if (typeof body !== 'string') return body
  try {
    const value: Json = JSON.parse(body)
    return isJsonObject(value) ? JSON.stringify(without(value, path.split('.'))) : body
  } catch {
    return body
  }
}

function without(value: JsonObject, [name, ...rest]: readonly string[]): JsonObject {
  if (name === undefined || !Object.hasOwn(value, name)) return value
  const { [name]: member, ...others } = value
  if (rest.length === 0) return others
  return isJsonObject(member) ? { ...value, [name]: without(member, rest) } : value
}

/** Half the body and a stray brace: no parser takes it, and it still looks like the answer. */
function malform(body: HttpReply['body']): string {
  const whole = typeof body === 'string' ? body : ''
  return `${whole.slice(0, Math.ceil(whole.length / 2))}{"`
}

function withoutCookies(headers: HttpReply['headers']): HttpReply['headers'] {
  return headers.filter((_, index) => headers[index - (index % 2)]?.toLowerCase() !== 'set-cookie')
}

/** Descriptions for people: `503 on secure-login.auth, 2 times`. */
export function describeFault(fault: Fault): string {
  const effects = [
    fault.reply === undefined ? undefined : `status ${fault.reply.status}`,
    fault.delay === undefined ? undefined : `a delay of ${fault.delay} ms`,
    fault.break === undefined
      ? undefined
      : { reset: 'a reset connection', truncate: 'a truncated body', malformed: 'a malformed body' }[fault.break],
    fault.omit === undefined ? undefined : `no member "${fault.omit}"`,
    fault.dropCookie === true ? 'no cookie' : undefined,
  ]
  return `${effects.filter((effect) => effect !== undefined).join(' and ') || 'nothing'} on ${fault.on}`
}
