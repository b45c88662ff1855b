import type { JsonObject } from './json.ts'

/**
 * A sequence that shows what single requests cannot: lockouts, expiry, sessions. Data: the same journey is played on
 * the mock in every host, on a real server, and on the oracle that says what has to come back.
 */
export interface Journey {
  /** Unique and stable, such as `secure-login.lockout`: reports, replays and CI know it by this. */
  readonly id: string
  readonly title: string
  /** Who plays, by the role that an account has to have. */
  readonly cast: { readonly [actor: string]: string }
  /** Settings that have to be so, beside those of the target, for the journey to make sense. */
  readonly settings?: JsonObject
  readonly steps: readonly JourneyStep[]
}

/** One step of a journey. */
export type JourneyStep = SendStep | OpenStep | WaitStep | ArrangeStep

/** Sends a request. Texts may name values in braces: `{pin}`, `{wrongPin}`, `{username}`, or what a step captured. */
export interface SendStep {
  readonly do: 'send'
  /** Whose session it is sent in; without one if left out. */
  readonly in?: string
  readonly method: string
  /** Below the API's mount. */
  readonly path: string
  readonly headers?: { readonly [name: string]: string }
  readonly body?: string
  /** How often: a count, or one that depends on the limit of failures. */
  readonly times?: number | 'limit' | 'limit-1'
  /** All at once instead of one after the other. */
  readonly atOnce?: true
  /** Names values of the answer for later steps: `body.sid`, `cookie.NAME`. */
  readonly capture?: { readonly [name: string]: string }
}

/** Opens a first-factor session of an actor, under a name that later steps send in. */
export interface OpenStep {
  readonly do: 'open'
  readonly session: string
  readonly as: string
}

/** Lets time pass: as long as a setting says, and a little more or less. */
export interface WaitStep {
  readonly do: 'wait'
  /** The name of a setting that is a duration, or milliseconds. */
  readonly for: string | number
  /** Milliseconds more; negative for less. */
  readonly plus?: number
}

/** Puts the server into a provider state, for which the target must have a way. */
export interface ArrangeStep {
  readonly do: 'arrange'
  readonly state: string
  readonly params?: JsonObject
}
