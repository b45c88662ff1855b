import type { HeaderList } from '../../core/http.ts'

/** An answer as it is compared. */
export interface Answered {
  readonly status: number
  readonly headers: HeaderList
  readonly body: string
  /** The body as it came, its codings undone; where it is left out, the text is all of it. */
  readonly bytes?: Uint8Array
  /** What the server's clock showed, as far as is known, in milliseconds. */
  readonly at: number
}
