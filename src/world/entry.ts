import type { Fault } from '../core/fault.ts'
import type { HttpRequest } from '../core/http.ts'
import type { Change, Reply } from '../core/step.ts'
import type { Ask } from './answers.ts'
import type { Reads } from './reads.ts'

/** One request and its answer as they were: unmasked, never to be shown as they are. */
export interface Entry {
  /** Unique over all worlds of a server, such as `r17`. */
  readonly id: string
  readonly world: string
  /** The mocked server's time. */
  readonly at: number
  readonly request: HttpRequest
  /** What was sent, faults included. */
  readonly reply: Reply
  readonly address: string
  readonly api: string | undefined
  readonly operation: string | undefined
  readonly user: string | undefined
  /** Full keys of the records that were read, and what they held. */
  readonly reads: Reads
  /** What was committed, by keys of the API. */
  readonly changes: readonly Change[]
  readonly fault: Fault | undefined
  /** Answers again what the step asked. */
  readonly ask: Ask
}
