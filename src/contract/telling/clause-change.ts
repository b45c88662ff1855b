/** What a run found out about a clause. */
export type ClauseOutcome = 'kept' | 'broken' | 'differs' | 'accepted' | 'not reached'

/** What can become of a clause from one run to another, the worst first. */
export const changeKinds = [
  'newly broken',
  'newly unexpected',
  'newly differs',
  'newly untested',
  'mended',
  'newly tested',
  'newly accepted',
  'still broken',
  'still differs',
] as const

/** One thing that is otherwise in a later run, or still is not as it should be. */
export type ClauseChange = {
  /** The id of a clause; of a check, where a journey of one's own expects something that no clause says. */
  readonly subject: string
  readonly kind: (typeof changeKinds)[number]
  readonly from: ClauseOutcome
  readonly to: ClauseOutcome
  /** What the clause says; nothing of a check. */
  readonly text: string
  /** Which checks show what is newly amiss. */
  readonly checks: readonly string[]
}
