import { momentAt, type Moment } from './field.ts'
import { earliestInstant, isInstant, latestInstant } from './instant.ts'

/**
 * A world's clock as plain data: it read `worldAt` when the host's clock read `realAt`, and has run on since.
 * All instants are milliseconds since 1970-01-01T00:00:00Z.
 */
export type ClockState = {
  readonly worldAt: number
  readonly realAt: number
  /** World seconds per real second. */
  readonly scale: number
  readonly frozen: boolean
  /** How far the mocked server's own clock is off. People's phones, and so their one-time codes, do not share it. */
  readonly skewMs: number
}

/** How a scenario starts its clock. */
export type ClockStart = {
  /** Fixed, or so long after the host's time at the start. */
  readonly at?: Moment
  readonly frozen?: boolean
  readonly scale?: number
  readonly skewMs?: number
}

/** The latest and the earliest that a world's time may be, as the server's has to be an instant as well. */
function ends(skewMs: number): { readonly first: number; readonly last: number } {
  return { first: earliestInstant - Math.min(0, skewMs), last: latestInstant - Math.max(0, skewMs) }
}

/** Whether a clock that shows so much can be told: its time, and that of a server that is off by so much. */
export function isTellable(worldAt: number, skewMs: number): boolean {
  return isInstant(worldAt) && isInstant(worldAt + skewMs)
}

/** Whether there is any time at which a server that is off by so much has a time of its own. */
export function isSkew(skewMs: number): boolean {
  return Math.abs(skewMs) <= latestInstant - earliestInstant
}

/** Whether a clock has come to where time ends, in the year 0 or 9999, and stands until it is moved back. */
export function isAtEnd(clock: ClockState, realNow: number): boolean {
  const at = worldTime(clock, realNow)
  const { first, last } = ends(clock.skewMs)
  return at === first || at === last
}

/** A clock that starts now: at the host's time unless told otherwise, running at its speed. */
export function startClock(start: ClockStart, realNow: number): ClockState {
  return {
    worldAt: start.at === undefined ? realNow : momentAt(start.at, realNow),
    realAt: realNow,
    scale: start.scale ?? 1,
    frozen: start.frozen ?? false,
    skewMs: start.skewMs ?? 0,
  }
}

/**
 * The world's time: what everybody's watch shows, the mocked server's excepted. It runs as far as both can be told, and
 * stands there.
 */
export function worldTime(clock: ClockState, realNow: number): number {
  const at = clock.frozen ? clock.worldAt : clock.worldAt + Math.floor((realNow - clock.realAt) * clock.scale)
  const { first, last } = ends(clock.skewMs)
  return Math.min(Math.max(at, first), last)
}

/** The mocked server's time: the world's, plus its skew. Every rule of a server (expiry, codes, stamps) reads this one. */
export function serverTime(clock: ClockState, realNow: number): number {
  return worldTime(clock, realNow) + clock.skewMs
}

/** What can be done to a clock. */
export type ClockMove =
  | { readonly kind: 'advance'; readonly byMs: number }
  | { readonly kind: 'set'; readonly at: number }
  | { readonly kind: 'freeze' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'scale'; readonly scale: number }
  | { readonly kind: 'skew'; readonly byMs: number }

/** The clock after a move. Time already shown stays shown: freezing and scaling never jump. */
export function moveClock(clock: ClockState, move: ClockMove, realNow: number): ClockState {
  const here = { ...clock, worldAt: worldTime(clock, realNow), realAt: realNow }
  switch (move.kind) {
    case 'advance':
      return { ...here, worldAt: here.worldAt + move.byMs }
    case 'set':
      return { ...here, worldAt: move.at }
    case 'freeze':
      return { ...here, frozen: true }
    case 'resume':
      return { ...here, frozen: false }
    case 'scale':
      return { ...here, scale: move.scale }
    case 'skew':
      return { ...here, skewMs: move.byMs }
  }
}
