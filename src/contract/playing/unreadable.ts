/** Thrown for an answer that is none: no server of these APIs may give it, whatever the way to it is like. */
export class UnreadableError extends Error {
  constructor(what: string) {
    super(what)
    this.name = 'UnreadableError'
  }
}

/** For catch: an answer that is none is given back, to be told as one that is wrong; everything else is thrown on. */
export function unreadable(error: unknown): UnreadableError {
  if (error instanceof UnreadableError) return error
  throw error
}
