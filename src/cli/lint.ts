import type { Option } from 'commander'
import type { LintLevel } from '../core/lint.ts'
import { lintLines } from '../control/tell-lints.ts'
import type { LintView } from '../world/views.ts'
import { option, type Shell } from './command.ts'
import { exitCodes } from './exit-code.ts'

/** `--lint`. */
export function lintOption(usual: LintLevel): Option {
  return option('--lint <level>', 'what becomes of what the client did against the rules of an API; error ends with 1')
    .choices(['off', 'warn', 'error'])
    .default(usual)
}

/** Tells what was found, and gives back the exit code that it makes of another. */
export function judgeLints(
  { io }: Shell,
  level: LintLevel,
  found: readonly Omit<LintView, 'request'>[],
  code: number,
): number {
  if (level === 'off' || found.length === 0) return code
  io.err(lintLines(found))
  return code === exitCodes.ok && level === 'error' ? exitCodes.failed : code
}
