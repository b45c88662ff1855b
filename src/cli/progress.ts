import type { CheckFinding } from '../contract/findings.ts'
import type { Io } from './io.ts'
import { paint } from './shown.ts'

/** Told where a run of checks is. */
export interface Progress {
  readonly onStart: (check: { readonly id: string }, place: number, total: number) => void
  readonly onDone: (finding: CheckFinding) => void
  readonly onWait: (what: string) => void
}

const everyMs = 1000

/** Progress on stderr: what is wrong at once, and after the first second where it is, once a second. */
export function progressOf(io: Io): Progress {
  let toldAt = io.now()
  return {
    onStart: ({ id }, place, total) => {
      if (io.now() - toldAt < everyMs) return
      toldAt = io.now()
      io.err([paint('dim', `${place}/${total} ${id}`)])
    },
    onDone: ({ id, outcome, failures }) => {
      if (outcome === 'failed') io.err([paint('red', `failed: ${id}: ${failures[0]?.clause} is broken`)])
      if (outcome === 'differs') io.err(`differs: ${id}: ${failures[0]?.clause} is a guess that does not hold here`)
    },
    onWait: (what) => io.err([paint('dim', what)]),
  }
}
