import type { HeaderList } from '../../core/http.ts'

/** A request and its answer, as somebody else's tool has recorded them. */
export interface RecordedEntry {
  /** Its place in the recording, counted from 1. */
  readonly number: number
  /** When it was sent, by the client's clock, in milliseconds. */
  readonly at: number
  readonly method: string
  readonly url: URL
  readonly headers: HeaderList
  readonly body: string
  readonly status: number
  readonly answerHeaders: HeaderList
  /** Left out where only its size was kept. */
  readonly answerBody?: string
}

/** An entry that nothing could be made of, and why. */
export type Unplaced = {
  /** Counted from 1. */
  readonly request: number
  /** Method and path; nothing of a query, which may hold secrets. */
  readonly what: string
  readonly why: string
}

/** What was read of a recording. */
export interface RecordedTraffic {
  readonly entries: readonly RecordedEntry[]
  readonly unplaced: readonly Unplaced[]
}
