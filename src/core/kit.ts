import type { HeaderList, HttpRequest } from './http.ts'
import type { Journey, JourneyStep } from './journey.ts'
import type { Json, JsonObject } from './json.ts'

/** What the contract kit has to know of an API to check real servers against it. */
export interface Kit {
  /** What accounts are for, by role. */
  readonly roles: { readonly [role: string]: Role }
  /** The request that passes the host's first factor, and the cookie that it sets; none for an API without one. */
  readonly login?: {
    readonly method: string
    readonly path: string
    readonly type: string
    readonly body: string
    readonly cookie: string
    /** Settings without which there is no such request; Basic credentials go with every request instead. */
    readonly needs?: JsonObject
  }
  readonly journeys: readonly Journey[]
  /** Journeys that end in a race, which are played where somebody asks for them. */
  readonly races?: readonly Journey[]
  /** How operations are asked that want more than their path, for journeys of one's own; by the operation's id. */
  readonly asks?: { readonly [operation: string]: OperationForm }
  /** Where requests tell who sends them and by what, by the operation's id; read off `asks` if left out. */
  readonly tells?: { readonly [operation: string]: SentPlaces }
  /** What somebody may be of whom nothing is known but how they are called; any role without further facts if left out. */
  readonly strangers?: Strangers
  /** The header that carries a session, where no cookie does, in lower case; of `authorization` what follows `Bearer`. */
  readonly sessionHeader?: string
  /**
   * A journey that any server passes which answers at all: one that meets it with such a status refuses everything, and
   * no other journey could say why.
   */
  readonly gate?: {
    readonly journey: string
    readonly statuses: RegExp
    /** Why that is the target's own fault and what to write into it, in words; undefined where it is not. */
    excuse?(refused: { readonly status: number; readonly body: string }, settings: JsonObject): string | undefined
  }
  /** Settings that a target has to name, as `init target` writes them, and what they are. */
  readonly ownSettings?: { readonly [name: string]: { readonly about: string; readonly value: Json } }
  /** Headers that requests have by a setting, in lower case, and what to write instead of a header of the target. */
  readonly settingHeaders?: { readonly [name: string]: string }
  /** Journeys that only a diagnosis plays: they show how a server was set up. */
  readonly probes?: readonly Journey[]
  /**
   * Values of settings that are worth a try after what a server has answered, by name; written as a scenario writes
   * them, each with what else has to be set for it to mean something.
   */
  suggest?(
    recorded: readonly RecordedAnswer[],
    known: DiagnosisContext,
  ): { readonly [setting: string]: readonly JsonObject[] }
  /** Settings that answers tell outright, so that nothing has to be tried, and what tells them. */
  tell?(recorded: readonly RecordedAnswer[]): {
    readonly [setting: string]: { readonly value: Json; readonly by: string }
  }
  /** Settings that a server's first answers tell: the dialect, the revision. */
  recognise?(recorded: readonly RecordedAnswer[]): JsonObject
  /**
   * What somebody else's request and its answer tell of a user, for a scenario made from traffic; where it is left out, a
   * status of 2xx lets in, and nothing else is told.
   */
  introduce?(request: HttpRequest, answer: Pick<RecordedAnswer, 'status' | 'body'>): ToldOfUser
  /** Journeys whose answers tell that, and which do no harm whatever the settings are: they are played first. */
  readonly telling?: readonly Journey[]
  /** With what the kit itself is tried on the mock. */
  readonly trial: Trial
  /** What a scenario's section says of accounts, so that the mock has them too. */
  section(accounts: readonly Account[], settings: JsonObject): JsonObject
  /** What the API calls the user of an account; the username if left out. */
  userId?(account: Account): string
  /** What journeys may name in braces beside values of accounts, by what an administrator set. */
  values?(settings: JsonObject): { readonly [name: string]: string }
  /**
   * The values of a provider state that a server with these settings is in by itself, so that nobody has to arrange it;
   * undefined if it is not.
   */
  given?(state: string, params: JsonObject, settings: JsonObject): JsonObject | undefined
  /** Facts of accounts that are secrets, beside those that are secret members of answers. */
  readonly secretFacts?: readonly string[]
  /** Where anybody is told the server's own time, an instant at a dotted path; a `Date` header otherwise tells it. */
  readonly time?: { readonly path: string; readonly member: string }
  /** Where codes are tried, and how many wrong ones lock for how long. */
  readonly lockout?: Lockout
  /**
   * What differs from server to server, and what holds for it all the same: members of bodies by dotted path, with `*`
   * for every index, and cookies as `cookie.NAME`. A path behind a clause, `GC-22 responseInfo.responseMessage`, is
   * for answers that play that clause.
   */
  readonly volatile: { readonly [path: string]: Volatile }
  /**
   * Members that mean something by being there, by dotted path: one that should not be there differs. Whatever else an
   * answer has more than expected is none of the contract's business.
   */
  readonly meaningful?: readonly string[]
  /** What text answers look like that differ from server to server. */
  readonly text?: RegExp
  /** Lists in no order that the contract tells, by path; the member that tells their items from each other. */
  readonly unordered?: { readonly [path: string]: string }
  /** Clauses of answers of which the contract tells the status and nothing else. */
  readonly statusOnly?: readonly string[]
  /** Which clause a part of an answer is about, where that is not the clause the answer plays; the first that fits. */
  readonly parts: readonly AnswerPart[]
  /**
   * What differs where a server has decided otherwise, instead of having told the same decision in other words: with
   * such a difference, what is broken is what the step is there to show. Left out, every difference is one, whatever
   * part it is in.
   */
  readonly verdicts?: readonly { readonly where: RegExp; readonly received: RegExp }[]
  /** The word of an answer that tells what was decided: with the same word, another status says the same. */
  word?(body: JsonObject): string | undefined
  /** The clause by which no answer repeats a password, but where it is expected; not looked at if left out. */
  readonly repeatedPassword?: string
  /** The clause by which answers are alike that a journey says are; see `likeBefore`. */
  readonly likeTwins?: string
  /** Headers that the contract speaks of, beside the content type. */
  readonly headers: readonly string[]
}

/** How an operation is asked, where a journey of one's own names no more of it. Texts name values in braces. */
export interface OperationForm {
  /** Of an operation that takes any. */
  readonly method?: string
  readonly headers?: { readonly [name: string]: string }
  /** Bodies with what lets in, and with what does not: the code, of who has one; the password of others. */
  readonly right?: string
  readonly wrong?: string
  /** The same of roles without a code. */
  readonly withoutCode?: { readonly right: string; readonly wrong: string }
}

/** Where a request tells who sends it, and by what. */
export interface SentPlaces {
  readonly username?: SentPlace
  readonly password?: SentPlace
  readonly code?: SentPlace
}

/** A place in a request: a member of one of its parts, its whole body, or what is there by Basic authentication. */
export type SentPlace = `${'query' | 'params' | 'headers' | 'body'}.${string}` | 'text' | 'basic'

/** What somebody may be of whom nothing is known. */
export interface Strangers {
  /** Each that they may be, by the facts that accounts have. */
  readonly maybe: readonly JsonObject[]
  /** Facts that may be anything, so that they stand for something there: nothing is known of what depends on them. */
  readonly open: readonly string[]
}

/** A request that a diagnosis sent, and its answer. */
export interface RecordedAnswer {
  /** The path as its journey writes it. */
  readonly path: string
  /** Headers that were sent. */
  readonly sent: HeaderList
  readonly status: number
  /** Headers of the answer. */
  readonly headers: HeaderList
  readonly body: string
  /** The server's time. */
  readonly at: number
}

/** What an answer tells of whoever asked. */
export interface ToldOfUser {
  /** Whether what was sent was right, password and code. */
  readonly isIn: boolean
  /** Who it was, where only the answer tells. */
  readonly username?: string
  /** Facts as accounts have them. */
  readonly facts?: JsonObject
  /** Words that were taken of which a setting has a list, by that setting. */
  readonly listed?: { readonly [setting: string]: string }
}

/** What a diagnosis knows of a server before it asks. */
export interface DiagnosisContext {
  /** As the target has them, or as they were found so far. */
  readonly settings: JsonObject
  readonly usernames: readonly string[]
}

/** A server made up to try a kit on. */
export interface Trial {
  /** Settings under which every journey shows something. */
  readonly settings: JsonObject
  readonly pin: string
  /** Facts of every account whose role has to have them. */
  readonly facts: JsonObject
  /** What accounts are called whose facts name them, by role. */
  readonly usernames?: { readonly [role: string]: string }
}

/** A part of some answers that another clause than theirs speaks of. What is left out fits everything. */
export interface AnswerPart {
  /** Clauses of the answers. */
  readonly of?: readonly string[]
  /** Clauses of answers that show it as well, and decide for themselves what differs. */
  readonly notOf?: readonly string[]
  /** What the step is there for. */
  readonly shows?: string
  /** Where in the answer: `status`, `header allow`, `body.blocked.until`. */
  readonly where?: RegExp
  readonly how?: readonly Deviation[]
  /** What should have come, and what came instead, as they are shown. */
  readonly expected?: RegExp
  readonly received?: RegExp
  /** Only where nothing else differs. */
  readonly alone?: true
  /** Wherever it differs, not only where it differs first. */
  readonly anywhere?: true
  readonly clause: string
}

/** How something differs: it is not there, should not be there, is of another form, or is another value. */
export type Deviation = 'missing' | 'extra' | 'form' | 'value'

/** What an account of a role is, and how a provider state makes it so. */
export interface Role {
  readonly about: string
  /** The provider state that arranges such an account anew; its params name values in braces. */
  readonly state: RoleState
  /** Further states that it takes, after that. */
  readonly also?: readonly RoleState[]
  /** Facts that an account has to have, because journeys name them in braces; what they are. */
  readonly facts?: { readonly [name: string]: string }
  /** It is locked from the start, so that wrong codes do it no more harm. */
  readonly isLocked?: true
  /** It has no code that could be wrong. */
  readonly hasNoCode?: true
}

/** A provider state with its params. */
export interface RoleState {
  readonly name: string
  readonly params: JsonObject
}

/** How an API locks accounts, as far as one has to know to lock none. */
export interface Lockout {
  /** Operations that try a code or password. */
  readonly operations: readonly string[]
  /** Clauses of answers to a right one. Every other answer may have been counted, whatever the contract assumes. */
  readonly harmless: readonly string[]
  /** Clauses of answers that let somebody in whatever the code, which is therefore not counted once they are given. */
  readonly passing?: readonly string[]
  /** Those among the harmless that take it, which clears the count. */
  readonly clearing: readonly string[]
  /**
   * The clause by which a right code clears the count, and whether settings say that it does not: then what an account has
   * seen before cannot be undone.
   */
  readonly cleared?: { readonly clause: string; readonly isKept: (settings: JsonObject) => boolean }
  /** How a user of the cast named `user` sends the right code. */
  readonly clear: readonly JourneyStep[]
  /** The setting that says how many wrong ones lock, and the one for how long. */
  readonly after: string
  readonly for: string
  /** Whether more than the count decides what comes next: when failures were, or how many locks. */
  readonly hasPast?: boolean
  /** The role of accounts that may be locked, and the state of those that are. */
  readonly role: string
  readonly state: string
  /** Where the server tells until when a user is locked: in the session of that user, an instant at a dotted path. */
  readonly until?: { readonly path: string; readonly member: string }
}

/** What a value that is not compared has to be. */
export type Volatile =
  /** An instant in GMT, however it is spelled, as far from the server's clock as expected. */
  | 'instant'
  /** The same as a number of milliseconds since 1970. */
  | 'milliseconds'
  /** Any value of the same type. */
  | 'same type'
  /** A text, or null. */
  | 'text or null'
  /** Any value, or no such member. */
  | 'anything'
  /**
   * Values of the same types in the same members. Lists may be of any length; their items are like the first that is
   * expected. A rule for something within counts more.
   */
  | 'same shape'
  /** Anything that looks like the pattern. */
  | RegExp
  /** A text in any words that has in it what the pattern finds in the expected one, by its first group. */
  | { readonly naming: RegExp }

/** An account of a target, or its stand-in on the mock. */
export interface Account {
  readonly role: string
  readonly username: string
  readonly password?: string
  readonly pin?: string
  readonly totp?: { readonly secret: string }
  /** Facts of the API, by the names that its scenarios have for them. */
  readonly facts?: JsonObject
}
