import { parseDuration } from '../../core/duration.ts'
import { fromIso, toIso } from '../../core/instant.ts'
import { valueIn } from '../../core/json.ts'
import type { Kit } from '../../core/kit.ts'
import type { Answered } from '../comparing/answered.ts'
import type { Captured } from '../comparing/sameness.ts'
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
  const captured = side.captured.get('until')
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

/** More seconds than this are none since the answer, but since 1970. */
const mostSeconds = mostMs / 1000

/**
 * An instant as servers tell it: by ISO 8601, in milliseconds or seconds since 1970, or as `Retry-After` does, by an HTTP
 * date or so many seconds after the answer; or a duration after it, as `15m`.
 */
function instantOf({ value, at }: Captured): number {
  const text = value.trim()
  const instant = /^\d{1,15}(\.\d+)?$/.test(text) ? numbered(Number(text), at) : spelled(text, at)
  if (instant === undefined || Number.isNaN(instant))
    throw new NotReachedError(
      `"until" was captured as "${value}", which is neither an instant nor a duration to wait for`,
    )
  return instant
}

function numbered(number: number, at: number): number {
  if (number <= mostSeconds) return at + number * 1000
  return number < 1e11 ? number * 1000 : number
}

function spelled(text: string, at: number): number | undefined {
  const ms = parseDuration(text)
  if (ms !== undefined) return at + ms
  return /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/.test(text) ? Date.parse(text) : fromIso(text)
}
