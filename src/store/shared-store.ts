import type { ApiMake } from './api-make.ts'

/** A record as a shared store holds it: its text, and the number of the commit that wrote it. */
export interface Held {
  /** 0 for a record that nobody has written. */
  readonly version: number
  /** Undefined for a record that nobody has written, or that was deleted. */
  readonly text: string | undefined
}

/** A record to write. */
export interface Write {
  readonly key: string
  /** Undefined deletes. */
  readonly text: string | undefined
  /** The scenario has no such record: it goes without a trace when it is deleted, and first when there are too many. */
  readonly grown: boolean
}

/** What one turn read and decided; made as a whole if all that it read is still so, and else not at all. */
export interface Commit {
  /** Of the store as the turn knew it; see {@link Anew}. */
  readonly epoch: string
  readonly world: string
  /** Keys of what was read, with the versions. */
  readonly reads: ReadonlyMap<string, number>
  readonly writes: readonly Write[]
  /** All records of the world go first. */
  readonly wipes: boolean
  /** The log of the world goes first. */
  readonly clears: boolean
  /** What is kept of it: in the log of requests, in that of changes, or, where nothing has happened, not at all. */
  readonly log: { readonly of: 'requests' | 'changes'; readonly text: string } | undefined
  /** Snapshots to save by name; undefined takes one away. */
  readonly snapshots: ReadonlyMap<string, string | undefined>
  /** Worlds to forget. */
  readonly drops: readonly string[]
}

/** What the records of a store depend on: all its servers have it in common. */
export interface Make {
  /** Of the package. */
  readonly version: string
  /** Ids of what the servers get wrong on purpose. */
  readonly mutants: readonly string[]
  /** The APIs that are none of this package, by id. */
  readonly apis: { readonly [id: string]: ApiMake }
}

/** The store is not as the turn knew it: it was never met, it has lost something, or the connection is another. */
export interface Anew {
  readonly kind: 'anew'
  /** By which it goes now. Nothing that was known by another epoch is to be relied on. */
  readonly epoch: string
  /** What it has lost, in words, where this call was the first to notice. */
  readonly lost: string | undefined
}

/** What became of a commit. */
export type CommitResult =
  /** It was made. Commits are numbered in their order, requests among them once more. */
  | { readonly kind: 'made'; readonly commit: number; readonly request: number }
  /** Something that was read has changed since: what it is now. */
  | { readonly kind: 'stale'; readonly now: ReadonlyMap<string, Held> }
  | Anew

/** Something in the log of a world. */
export interface Logged {
  readonly commit: number
  /** Its number among all requests; 0 for a change. */
  readonly request: number
  /** For a change: how many requests the world had seen before. */
  readonly after: number
  readonly text: string
}

/** How much a world has seen. */
export interface Counts {
  /** Requests, and how many of them are kept. */
  readonly total: number
  readonly kept: number
  /** Records that had to go to stay within the limit. */
  readonly evicted: number
}

/** What turns may ask for as a whole. */
export interface Loads {
  /** All records of a world that were written, those that have grown in the order of their birth. */
  records: ReadonlyMap<string, Held>
  /** The requests of a world, oldest first, and its changes. */
  requests: readonly Logged[]
  changes: readonly Logged[]
  counts: Counts
  /** What worlds share. */
  shelf: {
    readonly names: readonly string[]
    readonly evicted: number
    readonly snapshots: ReadonlyMap<string, string>
  }
  /** What there is to tell of each world in a line: what it plays, its clock, and its counts. */
  worlds: ReadonlyMap<string, { readonly records: ReadonlyMap<string, Held>; readonly counts: Counts }>
}

/** What was asked for as a whole. */
export interface Loading<What extends keyof Loads> {
  readonly kind: 'loaded'
  readonly loaded: Loads[What]
}

/**
 * Everything that one caller waits for: it shares one patience, and then throws ERR_STORE_UNAVAILABLE. Throws
 * ERR_STORE_REFUSED where waiting mends nothing.
 */
export interface StoreCall {
  commit(commit: Commit): Promise<CommitResult>
  load<What extends keyof Loads>(epoch: string, world: string, what: What): Promise<Loading<What> | Anew>
}

/** A store that several servers share. */
export interface SharedStore {
  open(): StoreCall
  /** Calls back for everything that is logged in a world after a commit, in order; the result stops it. */
  follow(world: string, after: number, each: (logged: Logged) => void): () => void
}
