import type { JsonObject } from '../../core/json.ts'
import type { Kit } from '../../core/kit.ts'
import { outcomeOfOutage, type CheckResult, type Guard } from './exchange.ts'
import { closedBy, excuseOf } from './gate.ts'
import { interrupted, type HttpPlayer } from './http-player.ts'
import type { PlannedCheck } from './planned-check.ts'
import { HookFailedError, noAnswer, NotReachedError } from './player.ts'

/** A check that was played, with what is needed to look at it again. */
export interface PlayedCheck {
  readonly check: PlannedCheck
  readonly result: CheckResult
  /** The server's time when it began. */
  readonly at: number
  readonly ms: number
}

/** How a run of checks goes on. */
export interface RunOptions {
  readonly kit: Kit
  /** Of the server, as the target has them: what closes the gate may be the target's own fault. */
  readonly settings?: JsonObject
  readonly onStart?: (check: PlannedCheck, place: number, total: number) => void
  readonly onDone?: (played: PlayedCheck) => void
  readonly signal?: AbortSignal
  /** What an earlier part of the run ended with: then nothing is played, and nobody asked. */
  readonly over?: string
  /** Asked after each check why nothing more is to be played. */
  readonly isEnough?: () => string | undefined
}

/** All that was planned, with what became of it. */
export interface Run {
  readonly played: readonly PlayedCheck[]
  /** Why the rest was not played. */
  readonly brokenOff?: string
  /** What is to be written into the target before a server answers anything else than a refusal. */
  readonly excuse?: string
  /** Why nothing more is to be played: broken off, or refused from the first check on. */
  readonly over?: string
}

/**
 * Plays checks on a server, one after the other. Where the server goes away or refuses everything, or somebody
 * interrupts, the rest is not reached. Throws ERR_TARGET_UNREACHABLE where nobody answers from the start.
 */
export async function playAll(
  planned: readonly PlannedCheck[],
  player: HttpPlayer,
  guard: Guard,
  options: RunOptions,
): Promise<Run> {
  const before = options.over ?? (options.signal?.aborted === true ? interrupted : undefined)
  if (before === undefined) await player.reach()
  // The gate is the simplest request, which tells the time where the API does.
  if (planned[0]?.id === options.kit.gate?.journey) player.trustClock()
  const played: PlayedCheck[] = []
  let [closed, brokenOff, excuse]: (string | undefined)[] = [options.over, before === interrupted ? before : undefined]
  for (const [place, check] of planned.entries()) {
    options.onStart?.(check, place + 1, planned.length)
    const began = Date.now()
    const over: string | undefined = brokenOff ?? closed
    let { result, at }: Began =
      over === undefined ? await playThrough(check, player, guard) : notReached(over, player.now())
    excuse ??= excuseOf(options.kit, check.id, result, options.settings ?? {})
    if (excuse !== undefined && over === undefined) ({ result, at } = notReached(excuse, at))
    closed ??= excuse ?? closedBy(options.kit, check.id, result)
    played.push({ check, result, at, ms: Date.now() - began })
    options.onDone?.(played.at(-1) as PlayedCheck)
    closed ??= options.isEnough?.()
    if (options.signal?.aborted === true) brokenOff ??= interrupted
    else if (brokenOff === undefined && result.unavailable === true) brokenOff = await player.whyDown()
  }
  const over = brokenOff ?? closed
  return {
    played,
    ...(brokenOff === undefined ? {} : { brokenOff }),
    ...(excuse === undefined ? {} : { excuse }),
    ...(over === undefined ? {} : { over }),
  }
}

/**
 * Plays a check, and from its start again where a request of it was lost on the way that could not be sent again. One
 * that the server counts needs accounts that are arranged anew.
 */
async function playThrough(check: PlannedCheck, player: HttpPlayer, guard: Guard): Promise<Began> {
  let began = await playPlanned(check, player, guard)
  for (let retry = 0; retry < player.retries; retry++) {
    const { lost } = began.result
    if (lost === undefined || (lost === 'attempt' && !player.arranges)) break
    const again = await playPlanned(check, player, guard)
    // Where it must not be played again, that is not what it was not reached for.
    if (again.result.outcome === 'not reached' && again.result.unavailable !== true) break
    began = again
  }
  return began
}

/** Plays a check, unless it was left out, and tells when it began by the server's clock. */
export async function playPlanned(check: PlannedCheck, player: HttpPlayer, guard: Guard): Promise<Began> {
  const turnedAway = [...check.accounts.values()].map(({ username }) => player.turnedAway(username))
  const because = check.leftOut ?? check.unsafe ?? turnedAway.find((error) => error !== undefined)?.message
  if (because !== undefined) return notReached(because, player.now())
  try {
    await player.settle()
    const at = player.now()
    const result = await check.play(player, guard, at)
    return { at: result.at ?? at, result }
  } catch (error) {
    if (error instanceof NotReachedError) return notReached(error.message, player.now())
    if (error instanceof HookFailedError) {
      const { result, at } = notReached(error.message, player.now())
      return { result: { ...result, isHookBroken: true }, at }
    }
    return { result: outcomeOfOutage(noAnswer(error), '', []), at: player.now() }
  }
}

type Began = Pick<PlayedCheck, 'result' | 'at'>

function notReached(because: string, at: number): Began {
  return { result: { outcome: 'not reached', because, exchanges: [] }, at }
}
