import type { Replies } from '../core/clause-entry.ts'
import type { Infer } from '../core/infer.ts'
import type { Json } from '../core/json.ts'
import type { Own, Where } from './own.ts'
import type { OwnSettings } from './own-parts.ts'

/** A user, as a step sees one. */
export type OwnUser<Some extends Own> = { readonly username: string } & Where<
  Some['locked'],
  { readonly failures: number }
> &
  Infer<Some['user']>

/** The session that a request carries, as a step sees it. */
export type OwnSession<Some extends Own> = { readonly id: string; readonly user: OwnUser<Some> } & Infer<
  Some['session']
>

/** How somebody who tried fared; `left`: how many tries are left before they are locked. */
export type Attempt =
  | {
      readonly is: 'locked'
      /** When the lock ends, in milliseconds since 1970; null: when somebody lifts it. */
      readonly until: number | null
    }
  | { readonly is: 'right'; readonly left: number }
  | {
      readonly is: 'wrong'
      readonly left: number
      /** A time-based code that was right once, and is taken once. */
      readonly isUsedUp?: true
    }

/** What a step is given: the request, and what it may do. */
export type StepScene<Some extends Own> = RequestScene<Some> &
  Where<Some['locked'], LockScene<Some>> &
  Where<Some['code'], CodeScene<Some>> &
  Where<Some['carrier'], SessionScene<Some>>

/** Values by names that a request chose. */
export type ByName<Value> = { readonly [name: string]: Value | undefined }

interface RequestScene<Some extends Own> {
  readonly method: string
  /** Of parameters that come several times, the first. */
  readonly query: ByName<string>
  /** What the placeholders of the path stand for. */
  readonly params: ByName<string>
  /** By names in lower case. */
  readonly headers: ByName<string>
  /** The members of a JSON object or the fields of a form; none for any other body. */
  readonly body: ByName<Json>
  /** The body as it came; undefined where it is no text. */
  readonly text: string | undefined
  /** Where the request comes from. */
  readonly address: string
  readonly settings: Infer<OwnSettings<Some>>
  /** The server's time, in milliseconds since 1970. */
  readonly now: number
  /** A text by the world's chance: `random(32, '0123456789abcdef')`. */
  readonly random: (length: number, alphabet: string) => string
  /** A user as they are now; undefined for what is nobody's name. The request is then about them. */
  readonly user: (username: Json | undefined) => OwnUser<Some> | undefined
  /** What comes of a try of a user: it is counted, unless they are locked. */
  readonly attempt: (user: OwnUser<Some>, isRight: boolean) => Attempt
  /** Changes facts of a user. */
  readonly change: (user: OwnUser<Some>, to: Partial<Infer<Some['user']>>) => void
  /** What the clauses say. */
  readonly say: Replies<{ readonly [Id in keyof Some['says']]: { readonly says: Some['says'][Id] } }>
}

interface LockScene<Some extends Own> {
  /** The lock that a user is under now, if any. */
  readonly lockOf: (user: OwnUser<Some>) => { readonly until: number | null } | undefined
}

interface CodeScene<Some extends Own> {
  /** What comes of a code of the second factor, fixed or an app's. Like `attempt`: it is counted, and not looked at while locked. */
  readonly attemptCode: (user: OwnUser<Some>, code: Json | undefined) => Attempt
}

interface SessionScene<Some extends Own> {
  /** The session that the request carries, if it is alive. */
  readonly session: OwnSession<Some> | undefined
  /** Signs a user in; gives back the id. Where cookies carry it, the answer sets one. */
  readonly begin: (user: OwnUser<Some>, facts?: Partial<Infer<Some['session']>>) => string
  /** Changes facts of the session that the request carries. */
  readonly keep: (facts: Partial<Infer<Some['session']>>) => void
  /** Ends the session that the request carries. */
  readonly end: () => void
}
