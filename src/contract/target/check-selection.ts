import { didYouMean, UnderstudyError } from '../../core/errors.ts'
import { nearestWord } from '../../core/nearest.ts'

/** Which checks somebody wants. */
export interface Selection {
  /** All, if none are named. */
  readonly only?: readonly string[]
  readonly except?: readonly string[]
}

/** What of a check it can be picked by. */
interface Selectable {
  readonly id: string
  readonly clauses: readonly string[]
}

/** Picks checks by what somebody writes: a clause id exactly, a glob over check ids, or a part of a check id. */
function isMeant(pattern: string, { id, clauses }: Selectable): boolean {
  if (isClause(pattern)) return clauses.includes(pattern)
  return pattern.includes('*') ? matchesGlob(pattern, id) : id.includes(pattern)
}

/** Whether a text fits a pattern in which `*` stands for any text. */
export function matchesGlob(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text)
}

/** `SL-1` is no part of a check id, and must not pick what shows SL-10. */
function isClause(pattern: string): boolean {
  return /^[A-Z]+-[A-Z]*\d+$/.test(pattern)
}

/**
 * Those of some checks that are wanted. Throws ERR_USAGE, with the nearest word, where something that was named is none of
 * them, and where nothing is left.
 */
export function select<Check extends Selectable>(
  checks: readonly Check[],
  { only = [], except = [] }: Selection,
): readonly Check[] {
  for (const pattern of [...only, ...except]) {
    if (checks.some((check) => isMeant(pattern, check))) continue
    const words = isClause(pattern) ? checks.flatMap(({ clauses }) => clauses) : checks.map(({ id }) => id)
    const what = isClause(pattern) ? `No check shows "${pattern}"` : `No check is meant by "${pattern}"`
    throw new UnderstudyError(
      'ERR_USAGE',
      `${what}.${didYouMean(nearestWord(pattern, [...new Set(words)]))} --plan lists them.`,
    )
  }
  const wanted = checks.filter(
    (check) =>
      (only.length === 0 || only.some((pattern) => isMeant(pattern, check))) &&
      !except.some((pattern) => isMeant(pattern, check)),
  )
  if (wanted.length > 0 || checks.length === 0) return wanted
  throw new UnderstudyError('ERR_USAGE', 'Everything that --only names is left out by --except.')
}

/** What of a selection can be told by ids alone: before it is known which clauses a check shows. */
export function isWorthPlanning({ only = [] }: Selection, id: string): boolean {
  return only.length === 0 || only.some((pattern) => isClause(pattern) || isMeant(pattern, { id, clauses: [] }))
}
