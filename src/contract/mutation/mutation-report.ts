import { blamesRightly, type MutantTrial } from './mutation.ts'

/** What the kit noticed of the mutants of one API, in numbers. */
export type MutationSummary = {
  readonly api: string
  readonly mutants: number
  readonly killed: number
  /** How many failures of checks there were on all mutants, and how many of them named the clause that is bent. */
  readonly failures: number
  readonly rightly: number
  /** How many mutants were blamed for what they bend by the first check that failed. */
  readonly firstRightly: number
}

/** So many of a hundred failures have to name the clause that is bent. */
export const blameRequired = 95

/** Adds up what became of the mutants of an API. */
export function summarize(api: string, trials: readonly MutantTrial[]): MutationSummary {
  const failures = trials.flatMap((trial) => trial.failures.map(({ clause }) => clause === trial.mutant.clause))
  return {
    api,
    mutants: trials.length,
    killed: trials.filter((trial) => trial.failures.length > 0).length,
    failures: failures.length,
    rightly: failures.filter(Boolean).length,
    firstRightly: trials.filter(blamesRightly).length,
  }
}

/** Whether there were mutants, all were killed, and enough failures named the clause that is bent. */
export function isGoodEnough({ mutants, killed, failures, rightly }: MutationSummary): boolean {
  return mutants > 0 && killed === mutants && rightly * 100 >= failures * blameRequired
}

/** What became of mutants, clause by clause. */
export type Survival = {
  readonly mutants: number
  readonly killed: number
  readonly clauses: readonly {
    readonly clause: string
    readonly mutants: number
    /** What the ids of those end with that nothing noticed. */
    readonly survived: readonly string[]
  }[]
}

/** Tells which mutants survived. */
export function survivors(trials: readonly MutantTrial[]): Survival {
  const clauses = [...new Set(trials.map(({ mutant }) => mutant.clause))].map((clause) => {
    const own = trials.filter(({ mutant }) => mutant.clause === clause)
    const alive = own.filter(({ failures }) => failures.length === 0)
    return { clause, mutants: own.length, survived: alive.map(({ mutant }) => wordOf(mutant)) }
  })
  const killed = trials.filter(({ failures }) => failures.length > 0).length
  return { mutants: trials.length, killed, clauses }
}

/** What stands behind API and clause in the id of a mutant. */
export function wordOf({ id }: MutantTrial['mutant']): string {
  return id.split('.').slice(2).join('.')
}
