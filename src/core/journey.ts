import type { Issue } from './errors.ts'
import type { Json, JsonObject } from './json.ts'

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
  /** Settings without which it would show nothing. */
  readonly needs?: JsonObject
  /** Where a journey of one's own stands. */
  readonly file?: string
  /** It lets so much time pass that it is played only where the clock can be moved. */
  readonly takesDays?: true
  readonly steps: readonly JourneyStep[]
}

/** One step of a journey. */
export type JourneyStep = SendStep | OpenStep | WaitStep | ArrangeStep | RaceStep

/**
 * Sends a request. Texts may name values in braces: `{pin}`, `{usedPin}` (the right one that was sent last), `{wrongPin}`,
 * `{username}`, `{password}` and the facts of the actor, values of the kit, or what an earlier step captured.
 */
export interface SendStep {
  readonly do: 'send'
  /** The session it is sent in, with the cookies of that session; without any if left out. */
  readonly in?: string
  /** Whose values it names; whoever opened the session if left out. */
  readonly as?: string
  readonly method: string
  /** Below the API's mount. */
  readonly path: string
  readonly headers?: { readonly [name: string]: string }
  readonly body?: string
  /** The loopback address of this machine that it is sent from; only servers on loopback can be asked so. */
  readonly from?: string
  /** How often: a count, or one that depends on how many failures lock. */
  readonly times?: number | 'limit' | 'limit-1' | 'limit-2'
  /** All at once instead of one after the other. */
  readonly atOnce?: true
  /** The clause that the step is there for, where the answer alone would name another: broken by another decision. */
  readonly shows?: string
  /** Its answer and the one before it tell the same: the same status, members and headers. */
  readonly likeBefore?: true
  /** Names values of the answer for later steps: `body.sid`, `body` (all of it), `cookie.NAME`. */
  readonly capture?: { readonly [name: string]: string }
  /** What a journey of one's own expects of the answer, beside what the contract says. */
  readonly expect?: ExpectedAnswer
  /** Which step of its file it is, counted from 1: sessions are opened in between. */
  readonly number?: number
  /** Where a file says what is expected or captured, by where it would be missed: `status`, `body.state`, `capture sid`; and of the `step`. */
  readonly written?: { readonly [where: string]: Pick<Issue, 'path' | 'place'> }
}

/** What an answer has to be, as far as it is said. Texts may name values in braces. */
export interface ExpectedAnswer {
  readonly status?: number
  readonly headers?: { readonly [name: string]: string }
  /** Of an object the members that are named, of a list each item; of what is not JSON the text. */
  readonly body?: Json
  /** Of values that nobody knows beforehand, by places as `capture` has them. */
  readonly parts?: { readonly [place: string]: ExpectedPart }
}

/** That something is there, whatever it is; that it is not; or what a text looks like, as a regular expression. */
export type ExpectedPart = 'any' | 'absent' | { readonly like: string }

/**
 * Sends requests at once, and holds their answers, with those to what is asked afterwards, against every order they may have
 * come in. Nothing comes after it in its journey.
 */
export interface RaceStep {
  readonly do: 'race'
  /** What a right code takes back is written before what is wrong: so much may be counted. */
  readonly together: readonly SendStep[]
  /** What shows what came of it, one after the other. */
  readonly afterwards: readonly SendStep[]
}

/** Passes the host's first factor as an actor, and gives the session a name that later steps send in. */
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
  /**
   * Until the instant that was captured as `until`, or until when the last answer that told it said that the user is
   * locked. As long as `for` says, since the last answer, where neither was.
   */
  readonly told?: true
}

/** Puts the server into a provider state, for which the target must have a way. Texts may name values in braces. */
export interface ArrangeStep {
  readonly do: 'arrange'
  readonly state: string
  readonly params?: JsonObject
}

/** Writes down a race. */
export function race(together: readonly SendStep[], afterwards: readonly SendStep[]): RaceStep {
  return { do: 'race', together, afterwards }
}

/** Writes down journeys of an API, with whose id theirs begin. */
export function journeysOf(
  api: string,
): (id: string, title: string, cast: Journey['cast'], steps: Journey['steps'], needs?: Journey['needs']) => Journey {
  return (id, title, cast, steps, needs) => ({
    id: `${api}.${id}`,
    title,
    cast,
    steps,
    ...(needs === undefined ? {} : { needs }),
  })
}
