import type { ClauseEntry } from '../core/clause-entry.ts'
import type { FactSource, Origin } from '../core/clause.ts'
import type { DurationText } from '../core/duration.ts'
import type { FieldMap } from '../core/field.ts'
import type { SentPlace } from '../core/kit.ts'
import type { Saying } from '../core/saying.ts'
import type { Reply } from '../core/step.ts'
import type { LockPolicy } from '../model/count.ts'
import type { Carrier } from '../model/sessions.ts'
import type { CodeName, Own } from './own.ts'
import type { StepScene } from './step-scene.ts'

/** An API of one's own: what is its, and nobody else's. */
export interface Definition<Some extends Own> {
  /** As scenarios, faults and the command line name it: `turnstile`, `door-lock`. */
  readonly id: Some['id']
  /** For people; the id with a capital if left out. */
  readonly title?: string
  /** Where it answers, before the paths of its operations; `/` and the id if left out. A setting, so scenarios may move it. */
  readonly path?: string
  /** What there is to know of a user: written in scenarios, changed while the world runs, recorded, shown. */
  readonly user: Some['user']
  /** What an administrator sets, beside what comes with the parts below. */
  readonly settings?: Some['settings']
  readonly lockout?: LockoutDefinition<Some['locked']>
  readonly secondFactor?: { readonly called: Some['code'] }
  readonly sessions?: SessionsDefinition<Some['carrier'], Some['session']>
  /** How its answers word an error, for faults that answer one: each is empty where the fault says nothing of it. */
  readonly error?: (error: { readonly code: string; readonly message: string }) => Saying
  /** What it answers, and why, by stable ids. */
  readonly clauses: { readonly [Id in keyof Some['says']]: OwnClause<Some['says'][Id]> }
  readonly operations: { readonly [Name in Some['operation']]: OwnOperation<Some> }
}

/** When failures lock a user, and for how long. */
export interface LockoutDefinition<Locked extends string> extends Pick<
  LockPolicy,
  'afterLock' | 'grows' | 'foreverAfter' | 'wholeSeconds'
> {
  /** The state of somebody who is locked: `locked`, `blocked`. */
  readonly word: Locked
  /** What is counted: `wrong codes`. */
  readonly counts: string
  /** How many lock; the setting `lockAfter` changes it. */
  readonly after: number
  /** How long a lock lasts; null: until somebody lifts it. The setting `lockFor` changes it. */
  readonly for: DurationText | null
  /** The longest that a lock becomes, where locks grow. */
  readonly longest?: DurationText
  /** Failures are forgotten where none has come for longer than this. */
  readonly forgottenAfter?: DurationText
  /** Two failures that come within less than `within` lock `for` so long, whatever the count. */
  readonly quick?: { readonly within: DurationText; readonly for: DurationText }
}

/** How users stay signed in. */
export interface SessionsDefinition<Place extends Carrier, Facts extends FieldMap> {
  /** Where requests carry the id: `{ cookie: 'SID' }`, `{ header: 'x-ticket' }` or `'bearer'`. */
  readonly in: Place
  /** How long one lasts that nobody uses; the setting `sessionFor` changes it. */
  readonly for: DurationText
  /** What there is to know of one; each has a default, or may be left out. */
  readonly facts?: Facts
}

/** A clause: one fact of the API in one sentence, and what is answered by it. */
export interface OwnClause<Says> {
  readonly text: string
  /** What is answered, by the name that steps use; where it depends on something, a function of that. */
  readonly says?: Says
  /** Where it comes from; `documented` if left out. */
  readonly origin?: Origin
  /** For an assumed one: what was chosen, and the settings that change it. */
  readonly choice?: string
  readonly settings?: readonly string[]
  readonly source?: FactSource
  /** A line for a shell that meets it, for coverage; the request whose step says it, if left out. */
  readonly met?: string
  /**
   * What its answers tell of a code or password that was tried, for `verify`, which locks nobody out: that it was the right
   * one, none that counts, or not needed any more. Any other answer may be that to a wrong one.
   */
  readonly code?: ClauseEntry['code']
  /** What of them differs from server to server, by dotted path: `{ access_token: 'same type' }`, or a pattern. */
  readonly varies?: ClauseEntry['varies']
}

/** What requests may tell: who somebody is, and the password and code that the API has of its users. */
export type TellableFact<Some extends Own> =
  | 'username'
  | Extract<keyof Some['user'] | Some['code'], 'password' | CodeName>

/** A request that the API answers. */
export interface OwnOperation<Some extends Own> {
  /** Method and path below that of the API; `{name}` stands for any segment. */
  readonly at: `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`
  /** What it does, in a few words. */
  readonly about: string
  /** Whether it looks at a code or password, so that `verify` counts what it is sent; all may where none does, or `tells` one. */
  readonly tries?: boolean
  /**
   * Where a request tells who sends it, and what they prove it by, in the words of a step: `{ username: 'query.badge', code:
   * 'query.code' }`, `'text'` for the whole body, `'basic'` for Basic authentication. `shadow` follows users by it, and who
   * tells a password or code here tries one.
   */
  readonly tells?: { readonly [Fact in TellableFact<Some>]?: SentPlace }
  /** Decides one request. It reads no clock and draws nothing by itself: what it is given is all there is. */
  readonly step: (asked: StepScene<Some>) => Reply
}
