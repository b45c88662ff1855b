/** From when something was asked until it was answered, in milliseconds of one clock. */
export interface Interval {
  readonly startedAt: number
  readonly endedAt: number
}

/** Whether one had ended before the other began: then it stands before it in every order that explains both. */
export function precedes(one: Interval, other: Interval): boolean {
  return one.endedAt < other.startedAt
}

/** Operations in an order, as far as one was found that explains their answers, and where it leads. */
export interface Linearization<Operation, State> {
  readonly order: readonly Operation[]
  readonly state: State
  /** Whether it explains all of them. */
  readonly isWhole: boolean
}

/** How operations are held against what they should have done. */
export interface Specification<Operation, State> {
  /** Where an operation leads, if its answer is right after all that led to a state; there may be several ways, or none. */
  readonly step: (state: State, operation: Operation) => Promise<readonly State[]>
  /** Operations that are the same, with the same answer, are told alike: one order of them is as good as another. */
  readonly alike: (operation: Operation) => string
}

/**
 * Whether a history is linearizable: whether one order explains every answer, and keeps the order of whatever did not overlap.
 * Gives back that order, or else the longest that explains some. Tries one operation after the other that nothing left precedes,
 * so the effort grows quickly with how many overlap.
 */
export async function linearize<Operation extends Interval, State>(
  operations: readonly Operation[],
  from: State,
  { step, alike }: Specification<Operation, State>,
): Promise<Linearization<Operation, State>> {
  let longest: Linearization<Operation, State> = { order: [], state: from, isWhole: operations.length === 0 }
  const visit = async (left: readonly Operation[], order: readonly Operation[], state: State): Promise<boolean> => {
    if (order.length > longest.order.length) longest = { order, state, isWhole: left.length === 0 }
    if (left.length === 0) return true
    const next = left.filter((operation) => !left.some((other) => precedes(other, operation)))
    const tried = new Set<string>()
    for (const operation of next.toSorted((one, other) => one.endedAt - other.endedAt)) {
      if (tried.has(alike(operation))) continue
      tried.add(alike(operation))
      const others = left.filter((other) => other !== operation)
      for (const after of await step(state, operation))
        if (await visit(others, [...order, operation], after)) return true
    }
    return false
  }
  await visit(operations, [], from)
  return longest
}
