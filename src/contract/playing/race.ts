import type { RaceStep, SendStep } from '../../core/journey.ts'
import { linearize, precedes, type Interval } from '../../core/linearizability.ts'
import type { Answered } from '../comparing/answered.ts'
import { goesAnotherWay } from './blame.ts'
import type { Exchange, Meaning } from './exchange.ts'
import { NotReachedError, type Call, type Player } from './player.ts'
import { compared, meaningOf, timesOf, type Sides } from './send-step.ts'
import type { Side } from './side.ts'
import { unreadable } from './unreadable.ts'

/** Beyond so many requests that are played on the mock nobody waits for an order. */
const mostPlays = 3000

/** So many effects may be thought of as lost, to find out whose. */
const mostLost = 3

/** A request of a race, with what came of it. */
interface Raced extends Interval {
  /** Counted from 1, as it is written. */
  readonly number: number
  readonly send: SendStep
  /** As the oracle sends it; what is asked afterwards depends on the order. */
  readonly call: Call | undefined
  readonly received: Answered | Error
  /** What the subject had met when it was sent. */
  readonly subject: Side
}

/** Where an order has led the oracle. */
interface Reached {
  readonly restore: () => void
  readonly oracle: Side
  readonly exchanges: readonly Exchange[]
  /** Whose effects were lost on the way there. */
  readonly lost: readonly Raced[]
}

/**
 * Sends requests at once, and then those that show what came of them, and holds all answers against the oracle: some order of
 * them, in which whatever did not overlap stays as it was, has to explain them. Where none does, the answer that cannot be
 * explained is told, with the two requests that lost something to each other.
 */
export async function playRace(step: RaceStep, index: number, sides: Sides): Promise<Exchange[]> {
  const { oracle, subject, cast } = sides
  const mark = oracle.player.mark?.bind(oracle.player)
  if (mark === undefined) throw new NotReachedError('it is a race, which this mock cannot look at from several sides')
  const together = step.together.flatMap((send) => Array.from({ length: timesOf(send, cast) }, () => send))
  const calls: Call[] = []
  for (const send of together) calls.push(await oracle.call(send))
  const begin: Reached = { restore: mark(), oracle, exchanges: [], lost: [] }
  const written = await inOrder(together, calls, step.afterwards, index, sides)
  if (subject === undefined) return written
  begin.restore()
  const { guard } = cast
  for (const { meaning } of written.slice(0, together.length)) guard?.before(meaning, 1)
  const raced = await sendTogether(together, calls, subject)
  for (const [at, send] of step.afterwards.entries()) {
    guard?.before((written[together.length + at] as Exchange).meaning, 1)
    raced.push(await sendNext(send, raced.length + 1, subject))
  }
  const trial = new Trial(sides, index, mark)
  const { isWhole, state } = await trial.explain(raced, begin, 0)
  if (isWhole) {
    state.restore()
    for (const { meaning } of state.exchanges) guard?.answered(meaning)
    return [...state.exchanges]
  }
  const { failure } = trial
  if (failure === undefined) throw new Error('a race that nothing explains has no answer that is wrong')
  const told = await trial.whoLost(raced, begin)
  state.restore()
  const before = state.exchanges.map((exchange) => ({ ...exchange, differences: [] }))
  return [...before, { ...failure, meaning: { ...failure.meaning, because: `${failure.meaning.because}; ${told}` } }]
}

/** What the oracle answers where all come one after the other. */
async function inOrder(
  together: readonly SendStep[],
  calls: readonly Call[],
  afterwards: readonly SendStep[],
  step: number,
  { oracle, cast }: Sides,
): Promise<Exchange[]> {
  const exchanges: Exchange[] = []
  const side = oracle.fork()
  for (const [at, sent] of [...together, ...afterwards].entries()) {
    const call = calls[at] ?? (await side.call(sent))
    const expected = await side.player.send(call)
    side.take(sent, expected)
    const meaning = meaningOf(expected, cast)
    exchanges.push({ step, sent, call, meaning, expected, ...showing(sent), received: undefined, differences: [] })
  }
  return exchanges
}

async function sendTogether(together: readonly SendStep[], calls: readonly Call[], subject: Side): Promise<Raced[]> {
  const before = subject.fork()
  const own: Call[] = []
  for (const send of together) own.push(await subject.call(send))
  const settled = await Promise.allSettled(own.map((call) => timed(subject.player, call)))
  // Whatever went wrong with one, none is under way any more.
  const raced = settled.map((each, at): Raced => {
    if (each.status === 'rejected') throw each.reason
    return { ...each.value, number: at + 1, send: together[at] as SendStep, call: calls[at], subject: before }
  })
  for (const { send, received } of raced.toSorted((one, other) => one.endedAt - other.endedAt))
    if (!(received instanceof Error)) subject.take(send, received)
  return raced
}

async function sendNext(send: SendStep, number: number, subject: Side): Promise<Raced> {
  const before = subject.fork()
  const sent = await timed(subject.player, await subject.call(send))
  if (!(sent.received instanceof Error)) subject.take(send, sent.received)
  return { ...sent, number, send, call: undefined, subject: before }
}

async function timed(player: Player, call: Call): Promise<Pick<Raced, 'startedAt' | 'endedAt' | 'received'>> {
  const startedAt = performance.now()
  const received = await player.send(call, { repeat: 'never' }).catch(unreadable)
  return { startedAt, endedAt: performance.now(), received }
}

/** Holds a history against the oracle. */
class Trial {
  /** The answer that went wrong where most others were explained. */
  failure: Exchange | undefined
  readonly #sides: Sides
  readonly #step: number
  readonly #mark: () => () => void
  #plays = 0

  constructor(sides: Sides, step: number, mark: () => () => void) {
    this.#sides = sides
    this.#step = step
    this.#mark = mark
  }

  /** Looks for an order in which so many effects, at most, are lost. */
  explain(
    raced: readonly Raced[],
    from: Reached,
    mostEffectsLost: number,
  ): ReturnType<typeof linearize<Raced, Reached>> {
    let deepest = -1
    return linearize(raced, from, {
      alike: ({ send, received }) =>
        JSON.stringify([send, received instanceof Error ? received.message : [received.status, received.body]]),
      step: async (state, operation) => {
        const { exchange, after } = await this.#play(state, operation)
        if (goesAnotherWay(this.#sides.cast.kit, exchange)) {
          if (mostEffectsLost === 0 && state.exchanges.length > deepest) {
            deepest = state.exchanges.length
            this.failure = exchange
          }
          return []
        }
        const mayBeLost = operation.call !== undefined && state.lost.length < mostEffectsLost
        const lost = { ...after, restore: state.restore, lost: [...state.lost, operation] }
        return mayBeLost ? [after, lost] : [after]
      },
    })
  }

  /** Which two requests lost what to each other, in words. */
  async whoLost(raced: readonly Raced[], from: Reached): Promise<string> {
    const together = raced.filter(({ call }) => call !== undefined)
    const none = `no order of the ${together.length} requests that were sent at once explains all answers`
    for (let count = 1; count <= Math.min(mostLost, together.length - 1); count++) {
      const { isWhole, state, order } = await this.explain(raced, from, count)
      const [lost] = state.lost
      if (!isWhole || lost === undefined) continue
      const at = order.indexOf(lost)
      const near = order.filter((other) => other !== lost && other.call !== undefined && isBeside(other, lost))
      const other = near.toSorted(
        (one, two) => Math.abs(order.indexOf(one) - at) - Math.abs(order.indexOf(two) - at),
      )[0]
      if (other === undefined) continue
      return `${none}: ${tell(lost)} and ${tell(other)} overlapped, and what the one did is lost`
    }
    return none
  }

  async #play(
    { restore, oracle, exchanges, lost }: Reached,
    operation: Raced,
  ): Promise<{ exchange: Exchange; after: Reached }> {
    if (++this.#plays > mostPlays) throw new NotReachedError('its answers have more orders than can be looked at')
    restore()
    const { send: sent, received, subject } = operation
    const side = oracle.fork()
    const call = operation.call ?? (await side.call(sent))
    const expected = await side.player.send(call)
    const meaning: Meaning = meaningOf(expected, this.#sides.cast)
    const exchange = compared({ step: this.#step, sent, call, meaning, expected }, received, {
      ...this.#sides,
      subject,
      oracle: side,
    })
    side.take(sent, expected)
    return { exchange, after: { restore: this.#mark(), oracle: side, exchanges: [...exchanges, exchange], lost } }
  }
}

function isBeside(one: Raced, other: Raced): boolean {
  return !precedes(one, other) && !precedes(other, one)
}

function tell({ number, send, startedAt, endedAt }: Raced): string {
  return `request ${number} (${send.method} ${send.path}, answered after ${(endedAt - startedAt).toFixed(1)} ms)`
}

function showing({ shows }: SendStep): Pick<Exchange, 'shows'> {
  return shows === undefined ? {} : { shows }
}
