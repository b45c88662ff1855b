import { didYouMean, UnderstudyError } from '../core/errors.ts'
import { nearestWord } from '../core/nearest.ts'
import { printable } from '../core/printable.ts'
import type { LintLevel } from '../core/lint.ts'
import { quoted } from '../core/quoted.ts'
import { lintLines } from '../control/tell-lints.ts'
import type { LintView } from '../world/views.ts'

const levels: { readonly [Level in LintLevel]: true } = { off: true, warn: true, error: true }

/** Throws ERR_USAGE for what is no level: it would be taken for a warning. */
export function checkLevel(level: unknown): void {
  if (typeof level === 'string' && Object.hasOwn(levels, level)) return
  const meant = typeof level === 'string' ? didYouMean(nearestWord(level, Object.keys(levels))) : ''
  throw new UnderstudyError('ERR_USAGE', `lint is ${Object.keys(levels).join(', ')}, not ${quoted(level)}.${meant}`)
}

/** Warns of what a test's client did, once, or throws ERR_LINT. */
export function tellLints(level: LintLevel, test: string, found: readonly LintView[]): void {
  if (level === 'off' || found.length === 0) return
  const lines = lintLines(found)
  if (level === 'error') throw new UnderstudyError('ERR_LINT', lines)
  // Where test runners show what a test has to say, without failing it.
  // oxlint-disable-next-line no-console
  console.warn([`"${test}" passed, but: ${lines[0] ?? ''}`, ...lines.slice(1)].map(printable).join('\n'))
}
