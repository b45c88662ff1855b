import { formatDuration, parseDuration } from '../core/duration.ts'
import type { CheckFinding } from '../contract/telling/findings.ts'
import { outcomeWords, subjectOf } from '../contract/telling/report/words.ts'
import type { Io } from './io.ts'
import { paint } from './shown.ts'

/** Told where a run of checks is. */
export interface Progress {
  readonly onStart: (check: { readonly id: string }, place: number, total: number) => void
  readonly onDone: (finding: CheckFinding) => void
  readonly onWait: (time: string) => void
  /** Told for how long the run will wait in all, in milliseconds. */
  readonly onPlan: (waitMs: number) => void
}

const everyMs = 1000

/** Progress on stderr: what is wrong at once, and after the first second where it is, once a second. */
export function progressOf(io: Io): Progress {
  let toldAt = io.now()
  let leftMs = 0
  const left = (): string => (leftMs > 0 ? `; ${formatDuration(leftMs)} of waiting left in all` : '')
  return {
    onPlan: (waitMs) => {
      leftMs = waitMs
      if (waitMs > 0) io.err([paint('dim', `it will wait ${formatDuration(waitMs)} in all; --plan tells for what`)])
    },
    onStart: ({ id }, place, total) => {
      if (io.now() - toldAt < everyMs) return
      toldAt = io.now()
      io.err([paint('dim', `${place}/${total} ${id}`)])
    },
    onDone: ({ id, outcome, failures }) => {
      const broken = failures.find((failure) => failure.outcome === 'broken')
      if (broken !== undefined) io.err([paint('red', `failed: ${id}: ${broken.clause} is broken`)])
      const unexpected = failures.find((failure) => failure.outcome === 'unexpected')
      if (broken === undefined && unexpected !== undefined)
        io.err([paint('red', `failed: ${id}: ${subjectOf(unexpected)} ${outcomeWords(unexpected)}`)])
      if (outcome === 'differs') io.err(`differs: ${id}: ${failures[0]?.clause}, which no vendor says`)
    },
    onWait: (time) => {
      io.err([paint('dim', `waiting ${time} for the server's clock${left()}`)])
      leftMs = Math.max(0, leftMs - (parseDuration(time) ?? 0))
    },
  }
}
