import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import type { Finder } from '../world/answers.ts'
import type { Json } from '../core/json.ts'

// A thread of its own, so that hashing, which takes a tenth of a second, keeps nobody else waiting. The code is given
// as text because a file of the sources could not be loaded by a thread before Node reads TypeScript.
const code = `
  const { parentPort, workerData } = require('node:worker_threads')
  const { hashSync, compareSync } = require(workerData)
  parentPort.on('message', ({ id, password, salt, hash }) => {
    let answer = false
    try {
      answer = salt === undefined ? compareSync(password, hash) : hashSync(password, salt)
    } catch {}
    parentPort.postMessage({ id, answer })
  })
`

let worker: Worker | undefined
let lastId = 0
const waiting = new Map<number, (answer: Json) => void>()

function ask(question: { readonly password: string; readonly salt?: string; readonly hash?: string }): Promise<Json> {
  worker ??= startWorker()
  const id = ++lastId
  worker.ref()
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  worker.postMessage({ id, ...question })
  return new Promise((resolve) => waiting.set(id, resolve))
}

function startWorker(): Worker {
  const started = new Worker(code, { eval: true, workerData: createRequire(import.meta.url).resolve('bcryptjs') })
  started.on('message', ({ id, answer }: { id: number; answer: Json }) => {
    waiting.get(id)?.(answer)
    waiting.delete(id)
    // An idle thread must not keep the process alive.
    if (waiting.size === 0) started.unref()
  })
  return started
}

/** bcrypt hashes, made beside everything else. */
export const bcryptHash: Finder<'bcrypt-hash'> = { find: ({ password, salt }) => ask({ password, salt }) }

/** Checks of bcrypt hashes, made beside everything else. */
export const bcryptMatch: Finder<'bcrypt-match'> = { find: ({ password, hash }) => ask({ password, hash }) }
