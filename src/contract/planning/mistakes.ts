import { formatIssue, UnderstudyError, type Issue } from '../../core/errors.ts'
import type { Exchange } from '../playing/exchange.ts'
import type { PlannedCheck } from '../playing/planned-check.ts'

/** What journeys of one's own expect that the mock itself does not answer: each place once, with what it does answer. */
export function mistakesIn(exchanges: readonly Exchange[]): Issue[] {
  const found = exchanges.flatMap((exchange): Issue[] => {
    const { meaning, unmet = [] } = exchange
    const by = `by ${meaning.clause}: ${meaning.because}`
    return unmet.map(({ where, expected: wanted, received }) => ({
      ...placeOf(exchange, where),
      message: `${wanted} is expected, and the mock itself answers ${received}, ${by}.`,
    }))
  })
  // Of many requests of one step the first tells enough.
  return [...new Map(found.toReversed().map((issue) => [JSON.stringify(issue.path), issue])).values()].toReversed()
}

/** Throws ERR_JOURNEY_INVALID, with file and line of each mistake. */
export function refuseMistaken(planned: readonly PlannedCheck[]): void {
  const wrong = planned.filter(({ mistakes = [] }) => mistakes.length > 0)
  if (wrong.length === 0) return
  const issues = wrong.flatMap(({ mistakes = [] }) => mistakes)
  throw new UnderstudyError(
    'ERR_JOURNEY_INVALID',
    [
      `Nothing was sent: the mock, with the target's settings and accounts, answers otherwise than ${wrong.map(({ id }) => id).join(', ')} expects.`,
      ...issues.map((issue) => `  ${formatIssue(issue)}`),
      "Mend what is expected, or the target's settings where they are not the server's.",
    ],
    issues,
  )
}

function placeOf({ sent: { written = {} }, step }: Exchange, where: string): Pick<Issue, 'path' | 'place'> {
  return written[where] ?? { path: ['steps', step] }
}
