import { didYouMean, UnderstudyError } from '../../core/errors.ts'
import type { Clause, Origin } from '../../core/clause.ts'
import { nearestWord } from '../../core/nearest.ts'
import type { ClauseFinding, Findings } from './findings.ts'

/** What a run has to show to be good, beside that no clause is broken. */
export interface Demands {
  /** Origins of clauses that must not differ either. */
  readonly strictOn: ReadonlySet<Origin>
  /** What has to be checked: `documented`, a clause, or a share of the documented clauses such as `90%`. */
  readonly required: readonly string[]
}

/** Origins by which a clause may differ without being broken. */
export const lenientOrigins: readonly Origin[] = ['assumed', 'host', 'observed']

/** Reads what somebody demands of an API. Throws ERR_USAGE, with the nearest word, where it means nothing. */
export function readDemands(
  clauses: readonly Clause[],
  { strict = false, strictOn = [], require: required = [] }: WrittenDemands,
): Demands {
  for (const origin of strictOn) {
    if (lenientOrigins.some((known) => known === origin)) continue
    throw unknown(`--strict-on takes ${lenientOrigins.join(', ')}, not "${origin}"`, origin, lenientOrigins)
  }
  const words = ['documented', ...clauses.map(({ id }) => id)]
  for (const word of required) {
    if (words.includes(word) || shareOf(word) !== undefined) continue
    throw unknown(`--require takes documented, a clause or a share such as 90%, not "${word}"`, word, words)
  }
  return { strictOn: new Set(strict ? lenientOrigins : (strictOn as readonly Origin[])), required }
}

/** Demands as flags of a command line. */
export interface WrittenDemands {
  readonly strict?: boolean
  readonly strictOn?: readonly string[]
  readonly require?: readonly string[]
}

function unknown(message: string, word: string, words: readonly string[]): UnderstudyError {
  return new UnderstudyError('ERR_USAGE', `${message}.${didYouMean(nearestWord(word, words))}`)
}

/** A share in percent; undefined where it is none. */
function shareOf(word: string): number | undefined {
  const share = /^(\d{1,3})%$/.exec(word)?.[1]
  return share === undefined || Number(share) > 100 ? undefined : Number(share)
}

/** Clauses that differ, and must not. */
export function intolerable({ clauses }: Findings, { strictOn }: Demands): readonly ClauseFinding[] {
  return clauses.filter(({ clause, outcome }) => outcome === 'differs' && strictOn.has(clause.origin))
}

/** What was demanded and not checked, in words. `isBinding` tells which clauses a vendor says. */
export function unmetDemands(
  { clauses, documented }: Pick<Findings, 'clauses' | 'documented'>,
  { required }: Demands,
  isBinding: (clause: string) => boolean,
): string[] {
  const missing = clauses.filter(({ outcome }) => outcome === 'not reached')
  return required.flatMap((word) => {
    const share = word === 'documented' ? 100 : shareOf(word)
    if (share === undefined) {
      const found = missing.find(({ clause }) => clause.id === word)
      return found === undefined ? [] : [`${word} is required, and was not checked: ${found.because ?? ''}`]
    }
    const { checked, total } = documented
    if (checked * 100 >= share * total) return []
    const ids = missing.filter(({ clause }) => isBinding(clause.id)).map(({ clause }) => clause.id)
    return [`${word} is required, and ${checked} of ${total} documented clauses were checked; not ${ids.join(', ')}`]
  })
}
