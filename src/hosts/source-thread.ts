import { parentPort } from 'node:worker_threads'
import { UnderstudyError, type ErrorCode, type Issue } from '../core/errors.ts'
import { parseSource, type Located } from '../scenario/source.ts'

/** A text to read, and issues of which to tell the places. */
export interface ReadingTask {
  readonly text: string
  readonly file: string
  readonly issues: readonly Issue[]
}

/** The data as JSON, because a text crosses between threads at once; or what is wrong with the text. */
export type ReadingResult =
  | { readonly json: string; readonly places: readonly Located[]; readonly wrong?: never }
  | { readonly wrong: { readonly code: ErrorCode; readonly message: string; readonly issues: readonly Issue[] } }

// What runs in a thread of its own: one question, one answer.
parentPort?.once('message', (question: ReadingTask) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(answer(question))
})

function answer({ text, file, issues }: ReadingTask): ReadingResult {
  try {
    const source = parseSource(text, file)
    return { json: JSON.stringify(source.data), places: issues.map((issue) => source.locate(issue)) }
  } catch (error) {
    if (!(error instanceof UnderstudyError)) throw error
    const { code, message, issues: wrong } = error
    return { wrong: { code, message, issues: wrong } }
  }
}
