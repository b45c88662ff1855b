import type { Reply } from '../step.ts'

/** A way to tell an answer otherwise. What it does not fit stays as it is. */
export interface ReplyBend {
  /** What the id of a mutant ends with. */
  readonly word: string
  /** What the server does, in plain words. */
  readonly title: string
  readonly change: (reply: Reply) => Reply
}
