import { existsSync } from 'node:fs'
import type * as Threads from 'node:worker_threads'
import { UnderstudyError } from '../core/errors.ts'
import type { SourceReader } from '../scenario/source.ts'
import { packageRoot } from './package-root.ts'
import { Turnstile } from '../world/turnstile.ts'
import type { ReadingResult, ReadingTask } from './source-thread.ts'

/** Shorter texts are read before a thread could have started. */
const longText = 50_000

/** Megabytes: several times what any text takes that a listener accepts. */
const mostMemory = 1024

/** As it was built: a thread cannot load the sources before Node reads TypeScript. */
const thread = new URL('dist/lib/source-thread.js', packageRoot)

const turnstile = new Turnstile()

/** Reads long texts in a thread of their own, one after the other, so that nobody else waits meanwhile. */
export const readSource: SourceReader = async (text, file) => {
  if (text.length < longText || !existsSync(thread)) return (await import('../scenario/source.ts')).readHere(text, file)
  const { json } = await ask({ text, file, issues: [] })
  return {
    file,
    data: JSON.parse(json) as unknown,
    // The text is read again, which only a mistake needs, and nothing has to be kept for it.
    locate: async (issues) => (await ask({ text, file, issues })).places,
  }
}

async function ask(question: ReadingTask): Promise<Extract<ReadingResult, { json: string }>> {
  const leave = await turnstile.enter()
  try {
    const answer = await inThread(question, await import('node:worker_threads'))
    if (answer.wrong === undefined) return answer
    const { code, message, issues } = answer.wrong
    throw new UnderstudyError(code, message, issues)
  } finally {
    leave()
  }
}

function inThread(question: ReadingTask, { Worker }: typeof Threads): Promise<ReadingResult> {
  const worker = new Worker(thread, { resourceLimits: { maxOldGenerationSizeMb: mostMemory } })
  return new Promise<ReadingResult>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', ({ message }) => {
      reject(new UnderstudyError('ERR_SCENARIO_INVALID', `${question.file} cannot be read: ${message}.`))
    })
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(question)
  }).finally(() => worker.terminate())
}
