import type { Cookie } from '../../core/cookie-jar.ts'
import { UnderstudyError } from '../../core/errors.ts'
import type { HeaderList } from '../../core/http.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Account } from '../../core/kit.ts'
import type { Answered } from '../comparing/answered.ts'

/** A request as a journey sends it, all names filled in. */
export interface Call {
  readonly method: string
  /** Below the base URL of the API. */
  readonly path: string
  readonly headers: HeaderList
  readonly body: string | undefined
  /** The address of this machine to send it from; any if left out. */
  readonly from?: string
}

/** What a player may know of a call, so that it can tell an answer from a server that is not to be had. */
export interface Expectation {
  /** The status that has to come back. */
  readonly expects?: number
  /** Whether it may be sent again where no answer came: always, if that changes nothing; never, if it is counted. */
  readonly repeat?: 'always' | 'never'
}

/** What an opened session adds to the requests sent in it. */
export interface SessionCredentials {
  readonly cookies: readonly Cookie[]
  readonly headers: HeaderList
}

/** Whoever plays the server's part: the oracle, a mock on some host, or a real server. */
export interface Player {
  /** Where paths are below; cookies belong to it. */
  readonly baseUrl: string
  /** What the server's clock shows, as far as is known, in milliseconds. */
  now(): number
  send(call: Call, expectation?: Expectation): Promise<Answered>
  /** Passes the first factor. */
  open(account: Account): Promise<SessionCredentials>
  /** The second factor's right code now; empty for an account without one. */
  code(account: Account): Promise<string>
  /** The same, to be sent as the right one: never one that was given out before, where the server takes codes once. */
  freshCode?(account: Account): Promise<string>
  wait(ms: number): Promise<void>
  /** Remembers how everything is now; of a mock. Calling what it gives back makes it so again. */
  mark?(): () => void
  arrange(state: string, params: JsonObject): Promise<JsonObject>
  /** Undoes what provider states arranged, where the server knows how. */
  release?(states: readonly string[]): Promise<void>
}

/** Thrown by a player that cannot do something: what was to be shown is not reached, which is no failure. */
export class NotReachedError extends Error {
  constructor(because: string) {
    super(because)
    this.name = 'NotReachedError'
  }
}

/** Thrown where a hook or a command of the target failed: nothing is known of the server then, and somebody has to mend it. */
export class HookFailedError extends Error {
  constructor(because: string) {
    super(because)
    this.name = 'HookFailedError'
  }
}

/** For catch: that nobody answers is given back, everything else is thrown on. */
export function noAnswer(error: unknown): Error {
  if (error instanceof UnderstudyError && error.code === 'ERR_TARGET_UNREACHABLE') return error
  throw error
}
