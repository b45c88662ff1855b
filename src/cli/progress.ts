import { styleText } from 'node:util'
import type { CheckFinding } from '../contract/findings.ts'
import type { Io } from './io.ts'

/** Told where a run of checks is. */
export interface Progress {
  readonly onStart: (check: { readonly id: string }, place: number, total: number) => void
  readonly onDone: (finding: CheckFinding) => void
  readonly onWait: (what: string) => void
}

const everyMs = 1000

/** Progress on stderr: what is wrong at once, and after the first second where it is, once a second. */
export function progressOf(io: Io): Progress {
  const paint = (style: 'red' | 'dim', text: string): string => (io.color.err ? styleText(style, text) : text)
  let toldAt = io.now()
  return {
    onStart: ({ id }, place, total) => {
      if (io.now() - toldAt < everyMs) return
      toldAt = io.now()
      io.err(paint('dim', `${place}/${total} ${id}`))
    },
    onDone: ({ id, outcome, failures }) => {
      const broken = failures.find((failure) => failure.outcome === 'broken')
      if (broken !== undefined) io.err(paint('red', `failed: ${id}: ${broken.clause} is broken`))
      if (outcome === 'differs') io.err(`differs: ${id}: ${failures[0]?.clause}, which no vendor says`)
    },
    onWait: (what) => io.err(paint('dim', what)),
  }
}
