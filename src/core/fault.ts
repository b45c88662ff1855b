import type { AnyEffect, EffectScene, SendInstructions } from './effect.ts'
import { effectList, type FaultEffect } from './effects.ts'
import type { Moment } from './field.ts'
import type { HttpReply } from './http.ts'
import { createRandom } from './random.ts'

/** What answers play that a fault has changed, instead of a clause. */
export const faultClause = 'fault'

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
  /** Whether the server did its work before the fault struck. Where it says nothing, the effects do. */
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

/** An effect that a fault has, with what it says of it. */
interface Given {
  readonly effect: AnyEffect
  // The effect's own, whichever that is.
  readonly value: never
}

/** What a fault does, in the order of the effects. What would change nothing is none of it. */
function effectsOf(fault: FaultEffect): readonly Given[] {
  return effectList.flatMap(([name, effect]): Given[] => {
    const value = fault[name] as never
    return value === undefined || effect.isIdle(value) ? [] : [{ effect, value }]
  })
}

/** Whether a fault does anything at all. */
export function hasEffect(fault: FaultEffect): boolean {
  return effectsOf(fault).length > 0
}

/** Whether the step's changes count although the fault struck. */
export function isProcessed(fault: FaultTarget & FaultEffect): boolean {
  return fault.processed ?? !effectsOf(fault).some(({ effect, value }) => effect.precedesWork(value))
}

/**
 * Whether what is sent is no longer the contract's answer. A delay alone leaves it what it was, unless the work that the
 * answer tells of was not done.
 */
export function replacesReply(fault: FaultTarget & FaultEffect): boolean {
  return !isProcessed(fault) || effectsOf(fault).some(({ effect }) => effect.replaces)
}

/** The reply as the fault leaves it. Delays and broken connections are left to the host: see {@link wayOf}. */
export function damage<Reply extends HttpReply>(fault: Fault, reply: Reply, error: EffectScene['error']): Reply {
  const given = effectsOf(fault)
  const scene: EffectScene = { status: fault.reply?.status, error }
  let damaged: HttpReply = reply
  for (const { effect, value } of given) damaged = effect.answer(damaged, value, scene)
  for (const { effect, value } of given) {
    const { body } = effect.way(value)
    if (body !== undefined) damaged = { ...damaged, body: body(damaged.body) }
  }
  return { ...reply, ...damaged }
}

/** What hosts do with answers that the fault struck. */
export function wayOf(fault: Fault): SendInstructions {
  return Object.assign({}, ...effectsOf(fault).map(({ effect, value }) => effect.way(value))) as SendInstructions
}

/** Descriptions for people: `status 503 on secure-login.auth`. */
export function describeFault(fault: FaultTarget & FaultEffect): string {
  const words = effectsOf(fault).map(({ effect, value }) => effect.words(value))
  return `${words.join(' and ') || 'nothing'} on ${fault.on}`
}
