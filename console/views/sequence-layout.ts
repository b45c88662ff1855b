import type { SequenceRequest, SequenceStep } from '../server/types.ts'

/** A stretch of a user's or a session's state in the picture. */
export interface Band {
  readonly state: string
  readonly from: number
  readonly to: number
  readonly note: string
}

/** A step with its place from the top. */
export interface Placed<Step> {
  readonly step: Step
  readonly y: number
}

export interface Layout {
  readonly height: number
  readonly requests: readonly Placed<SequenceRequest>[]
  readonly changes: readonly Placed<Extract<SequenceStep, { kind: 'change' }>>[]
  readonly user: readonly Band[]
  readonly session: readonly Band[]
}

/** Room for the lanes' names at the top, for a request with its answer, and for a change. */
export const sizes = { top: 56, request: 76, change: 36, bottom: 20 } as const

/**
 * Where everything stands in the picture, from top to bottom. What the next request would meet is drawn from the last
 * change on, or below all, if time alone made it so.
 */
export function layOut(
  steps: readonly SequenceStep[],
  next: { readonly state: string; readonly until?: string | undefined },
): Layout {
  const requests: Placed<SequenceRequest>[] = []
  const changes: Placed<Extract<SequenceStep, { kind: 'change' }>>[] = []
  const [user, session] = [new Bands(), new Bands()]
  let y: number = sizes.top
  for (const step of steps) {
    if (step.kind === 'change') {
      changes.push({ step, y })
      y += sizes.change
      continue
    }
    requests.push({ step, y })
    const [asked, answered] = [y, y + sizes.request / 2]
    // What is found changed was changed before, by somebody or by time.
    if (step.before !== undefined) user.at(asked, step.before.state, untilNote(step.before.until))
    if (step.after !== undefined) user.at(answered, step.after.state, untilNote(step.after.until))
    if (step.session?.before !== undefined) session.at(asked, step.session.before, step.session.id)
    if (step.session?.after !== undefined) session.at(answered, step.session.after, step.session.id)
    else if (step.session?.before !== undefined) session.end(answered)
    y += sizes.request
  }
  const last = changes.at(-1)
  const isLast = last !== undefined && last.step === steps.at(-1)
  const [band, note] = [user.open, untilNote(next.until)]
  if (band?.state !== next.state || band.note !== note) {
    user.at(isLast ? last.y + sizes.change / 2 : y, next.state, note)
    y += sizes.change
  }
  return { height: y + sizes.bottom, requests, changes, user: user.all(y), session: session.all(y) }
}

function untilNote(until: string | undefined): string {
  return until === undefined ? '' : `until ${until.slice(11, 19)}`
}

/** States one after the other; one that is told again goes on. */
class Bands {
  readonly #done: Band[] = []
  #open: Omit<Band, 'to'> | undefined

  get open(): Omit<Band, 'to'> | undefined {
    return this.#open
  }

  at(y: number, state: string, note: string): void {
    if (this.#open?.state === state && this.#open.note === note) return
    this.end(y)
    this.#open = { state, note, from: y }
  }

  end(y: number): void {
    if (this.#open !== undefined) this.#done.push({ ...this.#open, to: y })
    this.#open = undefined
  }

  all(y: number): readonly Band[] {
    this.end(y)
    return this.#done
  }
}
