import { momentAt, type Moment } from './field.ts'

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
export interface ClockStart {
  /** Fixed, or so long after the host's time at the start. */
  readonly at?: Moment
  readonly frozen?: boolean
  readonly scale?: number
  readonly skewMs?: number
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

/** The world's time: what everybody's watch shows, the mocked server's excepted. */
export function worldTime(clock: ClockState, realNow: number): number {
  if (clock.frozen) return clock.worldAt
  return clock.worldAt + Math.floor((realNow - clock.realAt) * clock.scale)
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
