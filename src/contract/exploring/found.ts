import type { CheckResult } from '../playing/exchange.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'
import { toFinding } from '../telling/find.ts'
import type { CheckFinding, Failure } from '../telling/findings.ts'
import type { Judge } from '../telling/judge.ts'
import type { Redactor } from '../telling/redact.ts'
import type { Journey } from '../../core/journey.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Move } from './sequence.ts'
import { toWritten } from './written.ts'

/** Something that a server does otherwise than the mock. */
export interface FoundDeviation {
  /** By what the same thing is known again: the clause, and where the answer differs. */
  readonly key: string
  readonly clause: string
  readonly outcome: Failure['outcome']
  /** The number of the sequence that showed it, and how many moves are left of it. */
  readonly sequence: number
  readonly length: number
  readonly finding: CheckFinding
  /** As a file of journeys has it. */
  readonly journey: JsonObject
}

/** A sequence that showed something, or what is left of it, and how it was played. */
export interface Exhibit {
  readonly journey: Journey
  readonly result: CheckResult
  readonly failure: Failure
  readonly moves: readonly Move[]
}

/** What is told of it. */
export function foundOf(
  { journey, result, failure, moves }: Exhibit,
  sequence: number,
  { loaded, redactor, judge }: { readonly loaded: LoadedTarget; readonly redactor: Redactor; readonly judge: Judge },
): FoundDeviation {
  const finding = redactor.finding(toFinding(judge, { ...journey, kind: 'journey' }, result, 0))
  const { clause, outcome } = failure
  const different = result.exchanges.findLast(({ differences }) => differences.length > 0)
  const where = failure.differences[0]?.where ?? 'answer'
  const steps = journey.steps.slice(0, (different?.step ?? journey.steps.length) + 1)
  const after = journey.steps.slice(steps.length).filter(({ do: kind }) => kind === 'arrange')
  const title = `${clause}: ${where} of ${redactor.text(failure.request)} is otherwise (found by exploring)`
  const status = different?.expected.status
  const file = toWritten(
    loaded.api,
    { ...journey, steps: [...steps, ...after] },
    { title, ...(status === undefined ? {} : { status }) },
  )
  return { key: deviationKey(failure), clause, outcome, sequence, length: moves.length, finding, journey: file }
}

/** By what the same thing is known again. */
export function deviationKey({ clause, differences, request }: Failure): string {
  return `${clause} ${differences[0]?.where ?? ''} ${request.split('?')[0] ?? ''}`
}
