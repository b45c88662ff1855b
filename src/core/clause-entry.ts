import type { Clause, Origin } from './clause.ts'
import type { AnswerPart, Volatile } from './kit.ts'
import type { Saying } from './saying.ts'
import type { Reply } from './step.ts'
import type { Apart, Reach } from './tracing.ts'

/**
 * Everything that is known of one clause. Whatever lists clauses is read off these entries: what steps reply
 * ({@link repliesOf}), and what is counted, met and compared (`clause-readers.ts`).
 */
export interface ClauseEntry<Spoken = unknown, Setting = string> extends Omit<Clause, 'id' | 'setting'> {
  /** Settings by which a server plays another reading of it. */
  readonly settings?: readonly Setting[]
  /** What is answered by it, by names that are an API's own; where it depends on something, a function of that. */
  readonly says?: Spoken
  readonly met: Reach | Apart
  /** Parts of answers that it speaks of, although the answer may play another clause. */
  readonly decides?: readonly Omit<AnswerPart, 'clause'>[]
  /** What of this differs from server to server; see `Kit.volatile`. */
  readonly varies?: { readonly [path: string]: Volatile }
  /** Of its answers the contract tells the status and nothing else. */
  readonly statusOnly?: true
  /**
   * What its answers tell of the code that was tried: that it was the right one, that it was none that counts, or that none is
   * needed any more. Any other answer may be that to a wrong one.
   */
  readonly code?: 'right' | 'uncounted' | 'unneeded'
}

/** Clauses by their ids. */
export interface ClauseTable {
  readonly [id: string]: ClauseEntry
}

/** What a clause says, by name. */
interface Says {
  readonly [name: string]: Saying | ((...facts: never) => Saying)
}

type Written<Spoken, Setting> = Omit<ClauseEntry<Spoken, Setting>, 'origin'> & { readonly origin?: Origin }
// Of what an entry leaves out nothing is inferred.
type Known<Spoken> = Spoken extends Says ? Spoken : unknown

/** Begins the clauses of an API that has these settings: a table of those that come from somewhere. */
export function clauseTable<Settings>(): <All extends { readonly [id: string]: unknown }>(
  origin: Origin,
  table: { readonly [Id in keyof All]: Written<All[Id] & Says, keyof Settings & string> },
) => { readonly [Id in keyof All]: ClauseEntry<Known<All[Id]>> } {
  return (origin, table) => {
    const entries = Object.entries<Written<unknown, string>>(table).map(([id, entry]) => [id, { origin, ...entry }])
    return Object.fromEntries(entries)
  }
}

type SaysOf<Entry> = Entry extends { readonly says?: infer Found } ? NonNullable<Found> : never
type Both<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer Each) => void
  ? Each
  : never
type Sayings<Table> = Both<{ [Id in keyof Table]: SaysOf<Table[Id]> }[keyof Table]>
/** What steps reply by clauses that say these. */
export type Replies<Table> = {
  readonly [Name in keyof Sayings<Table>]: Sayings<Table>[Name] extends (...facts: infer Facts) => Saying
    ? (...facts: Facts) => Reply
    : Reply
}

/** What steps reply: everything that the clauses say, by name; each knows its clause. */
export function repliesOf<Table extends ClauseTable>(table: Table): Replies<Table> {
  const replies = new Map<string, Reply | ((...facts: never) => Reply)>()
  for (const [clause, { says = {} }] of Object.entries<ClauseEntry>(table)) {
    for (const [name, said] of Object.entries(says as Says)) {
      if (replies.has(name)) throw new TypeError(`Two clauses say "${name}"; the second is ${clause}.`)
      replies.set(
        name,
        typeof said === 'function' ? (...facts) => replyOf(said(...facts), clause) : replyOf(said, clause),
      )
    }
  }
  return Object.fromEntries(replies) as Replies<Table>
}

/** Member by member: many requests are answered with it, and a spread costs more than everything around it. */
function replyOf({ status, headers, body, because }: Saying, clause: string): Reply {
  return { status, headers, body, because, clause }
}
