import {
  isAtEnd,
  isTellable,
  moveClock,
  serverTime,
  worldTime,
  type ClockMove,
  type ClockState,
} from '../core/clock.ts'
import { check } from '../core/check.ts'
import { formatDuration, type DurationAsWritten } from '../core/duration.ts'
import { formatIssue, UnderstudyError } from '../core/errors.ts'
import { duration, flag, momentAt, moment, number, object, text, type Field } from '../core/field.ts'
import type { InferField } from '../core/infer.ts'
import { toIso } from '../core/instant.ts'
import type { Json } from '../core/json.ts'
import { catchUp } from './catch-up.ts'
import { nextEvent } from './next-event.ts'
import type { Stage } from './stage.ts'
import { clockRecord, scaleField } from './own-records.ts'

/** A clock as people see it. */
export const clockField = object(
  {
    now: text({ about: "the mocked server's time" }),
    world: text({ about: "the world's time, which differs from the server's by the skew" }),
    frozen: flag({ about: 'whether it stands' }),
    scale: number({ about: 'world seconds per real second' }),
    skew: text({ about: "how far the server's clock is off" }),
    note: text({ about: 'said of a clock that came to the end of what it can tell', optional: true }),
  },
  { about: 'the clock', named: 'Clock' },
)

export type ClockView = InferField<typeof clockField>

const endNote = 'it stands at the end of the years 0 to 9999, which are all it can tell, until it is moved back'

/** An event that time alone will bring. */
export const nextField = object(
  {
    at: text({ about: "when, by the server's clock" }),
    in: text({ about: 'how long until then' }),
    what: text({ about: 'what, in words' }),
  },
  { about: 'what comes next' },
)

export type NextView = InferField<typeof nextField>

const durationField = duration({ about: 'how far' })
const momentField = moment({ about: 'the instant' })

/** A world's one clock: codes, expiry, stamps and faults all go by it. Durations are spelt `31m`, or in milliseconds. */
export class WorldClock {
  readonly #stage: Stage

  constructor(stage: Stage) {
    this.#stage = stage
  }

  /** The mocked server's time, in milliseconds since 1970-01-01T00:00:00Z. */
  get now(): number {
    return this.#stage.now()
  }

  /**
   * How far the mocked server's clock is ahead of the machine's that plays it, in milliseconds; negative where it is
   * behind. It changes by itself where the clock stands, or runs at another speed.
   */
  get driftMs(): number {
    return this.#stage.now() - this.#stage.time()
  }

  /**
   * Calls back whenever the clock was moved, stopped, let run, or begun anew, from whichever side; the result stops it.
   * Time that passes is no move.
   */
  watch(listener: (clock: ClockView) => void): () => void {
    return this.#stage.store.watch((keys) => {
      if (keys === undefined || keys.includes(clockRecord.key)) listener(this.view())
    })
  }

  view(): ClockView {
    const clock = this.#state
    const at = this.#stage.time()
    return {
      now: toIso(serverTime(clock, at)),
      world: toIso(worldTime(clock, at)),
      frozen: clock.frozen,
      scale: clock.scale,
      skew: formatDuration(clock.skewMs),
      ...(isAtEnd(clock, at) ? { note: endNote } : {}),
    }
  }

  advance<const By extends string | number>(by: DurationAsWritten<By>): ClockView {
    const byMs = this.#duration(by, 'by')
    return this.#move({ kind: 'advance', byMs }, `the clock was advanced by ${formatDuration(byMs)}`)
  }

  /** What time alone will bring next: the end of a block, a lock, a session or a fault. */
  next(): NextView | undefined {
    catchUp(this.#stage)
    const event = nextEvent(this.#stage)
    if (event === undefined) return undefined
    return {
      at: toIso(event.at),
      in: formatDuration(Math.max(0, Math.floor((event.at - this.now) / 1000)) * 1000),
      what: event.what,
    }
  }

  /** Moves to the moment of {@link next}. Throws ERR_CHANGE_INVALID where nothing ends by itself. */
  advanceToNext(): ClockView {
    catchUp(this.#stage)
    const event = nextEvent(this.#stage)
    if (event === undefined) {
      const message = 'Nothing ends by itself: there is no block, lock, session or fault with an end.'
      throw new UnderstudyError('ERR_CHANGE_INVALID', message, [{ path: [], message }])
    }
    return this.#move({ kind: 'advance', byMs: event.at - this.now }, `the clock was advanced until ${event.what}`)
  }

  /** To an instant (`2026-01-15T09:00:00Z`, milliseconds) or relative to now (`+5m`). */
  set(to: string | number): ClockView {
    const at = Number.isSafeInteger(to)
      ? Number(to)
      : momentAt(read(momentField, to, 'at'), worldTime(this.#state, this.#stage.time()))
    return this.#move({ kind: 'set', at }, `the clock was set to ${toIso(at)}`)
  }

  freeze(): ClockView {
    return this.#move({ kind: 'freeze' }, 'the clock was stopped')
  }

  resume(): ClockView {
    return this.#move({ kind: 'resume' }, 'the clock runs again')
  }

  /** Lets time run so many times as fast. */
  scale(scale: number): ClockView {
    return this.#move(
      { kind: 'scale', scale: read(scaleField, scale, 'scale') },
      `the clock runs ${scale} times as fast`,
    )
  }

  /** Makes the mocked server's clock wrong by so much; everybody else's stays right. */
  skew<const By extends string | number>(by: DurationAsWritten<By>): ClockView {
    const byMs = this.#duration(by, 'by')
    return this.#move({ kind: 'skew', byMs }, `the server's clock is off by ${formatDuration(byMs)}`)
  }

  get #state(): ClockState {
    return clockRecord.get(this.#stage.store)
  }

  #duration(by: string | number, name: string): number {
    return Number.isSafeInteger(by) ? Number(by) : read(durationField, by, name)
  }

  #move(move: ClockMove, what: string): ClockView {
    catchUp(this.#stage)
    moveStage(this.#stage, move)
    // What comes to pass on the way has its own times, and is told before.
    catchUp(this.#stage)
    this.#stage.tell(what)
    return this.view()
  }
}

/** What has a clock among its records: a stage, or what is drafted of one. */
type Clocked = Pick<Stage, 'time'> & { readonly store: Pick<Stage['store'], 'get' | 'put'> }

/** Moves a world's clock. Throws ERR_CHANGE_INVALID where it could not be told any more, and it stays what it was. */
export function moveStage(stage: Clocked, ...moves: readonly ClockMove[]): void {
  const at = stage.time()
  const moved = moves.reduce((clock, move) => moveClock(clock, move, at), clockRecord.get(stage.store))
  if (!isTellable(moved.worldAt, moved.skewMs)) {
    const message = 'The clock would leave the years 0 to 9999, which are all it can tell.'
    throw new UnderstudyError('ERR_CHANGE_INVALID', message, [{ path: [], message }])
  }
  stage.store.put(clockRecord.key, moved)
}

function read<Value extends Json>(field: Field<Value>, input: unknown, name: string): Value {
  const checked = check(field, input, [name])
  if (checked.value !== undefined) return checked.value
  throw new UnderstudyError('ERR_CHANGE_INVALID', checked.issues.map(formatIssue).join(' '), checked.issues)
}
