import { fromIso, toIso } from '../../core/instant.ts'
import { valueIn } from '../../core/json.ts'
import type { Kit } from '../../core/kit.ts'
import type { Answered } from '../comparing/answered.ts'
import { NotReachedError } from './player.ts'
import type { Side } from './side.ts'

/** A side that waits, and the answers that it has had so far. */
export interface Waiting {
  readonly side: Side
  readonly answers: readonly Answered[]
}

/** A little more than the second that a server may cut an instant to. */
const marginMs = 1500

/** A year. */
const mostMs = 366 * 86_400_000

/**
 * How many milliseconds there are until the instant that a journey has captured as `until`, or else until when the last
 * answer that tells it says that somebody is locked; undefined where nothing was told.
 */
export function untilTold({ side, answers }: Waiting, { lockout }: Kit): number | undefined {
  const captured = side.captured.get('until')?.value
  const until = captured === undefined ? lastTold(answers, lockout?.until?.member) : instantOf(captured)
  if (until === undefined) return undefined
  const ms = Math.max(0, until + marginMs - side.player.now())
  // Who is locked for good is so until the end of what a clock tells.
  if (ms > mostMs) throw new NotReachedError(`it would wait until ${toIso(until)}, which is more than a year`)
  return ms
}

function lastTold(answers: readonly Answered[], member: string | undefined): number | undefined {
  if (member === undefined) return undefined
  const told = answers.map(({ body }) => valueIn(body, member)).findLast((value) => typeof value === 'string')
  return typeof told === 'string' ? fromIso(told) : undefined
}

function instantOf(text: string): number {
  const instant = /^\d{12,15}$/.test(text) ? Number(text) : fromIso(text)
  if (instant === undefined)
    throw new NotReachedError(`"until" was captured as "${text}", which is no instant to wait for`)
  return instant
}
