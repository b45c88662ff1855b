import { headerValue } from '../core/http.ts'
import type { Journey, JourneyStep, SendStep } from '../core/journey.ts'
import type { JsonObject } from '../core/json.ts'
import type { Account, Kit } from '../core/kit.ts'
import { differences, type Answered, type Difference } from './difference.ts'
import { noAnswer, NotReachedError, type Call, type Player } from './player.ts'
import { Side } from './side.ts'

/** One request of a journey: what was sent, what had to come back by which clause, and what came. */
export interface Exchange {
  readonly step: number
  readonly call: Call
  /** The step as the journey writes it: its names tell what was sent without telling any secret. */
  readonly sent: SendStep
  readonly meaning: Meaning
  /** The clause that the step is there for, where it says so. */
  readonly shows?: string
  readonly expected: Answered
  readonly received: Answered | undefined
  readonly differences: readonly Difference[]
}

/** What became of a check. */
export interface CheckResult {
  readonly outcome: 'passed' | 'failed' | 'not reached'
  /** Why it was not reached. */
  readonly because?: string
  readonly exchanges: readonly Exchange[]
}

/** What became of a journey. */
export interface JourneyResult extends CheckResult {
  readonly journey: Journey
}

/** Keeps accounts from being locked. */
export interface Guard {
  /** Asked before requests go to the subject; throws {@link NotReachedError} where they must not. */
  before(meaning: Meaning, count: number): void
  /** Told of an answer that was as expected. */
  answered(meaning: Meaning): void
}

/** What the oracle knows of its answer. */
export interface Meaning {
  /** The clause that it plays. */
  readonly clause: string
  readonly because: string
  readonly operation: string | undefined
  readonly user: string | undefined
}

/** What playing a journey takes. */
export interface Cast {
  readonly oracle: Player
  /** What an answer of the oracle means, by the id it gave the request. */
  readonly meaning: (id: string) => Meaning
  readonly guard?: Guard
  /** Whoever is checked; left out for a rehearsal, in which only the oracle plays. */
  readonly subject?: Player
  readonly accounts: ReadonlyMap<string, Account>
  readonly kit: Kit
  readonly settings: JsonObject
  /** Goes on after a difference, to see them all. */
  readonly toTheEnd?: boolean
}

/** Plays a journey on the oracle and on the subject, step by step, and compares. Stops at the first difference. */
export async function playJourney(journey: Journey, cast: Cast): Promise<JourneyResult> {
  const oracle = new Side(cast.oracle, cast.accounts)
  const subject = cast.subject === undefined ? undefined : new Side(cast.subject, cast.accounts)
  const exchanges: Exchange[] = []
  try {
    for (const [index, step] of journey.steps.entries()) {
      const made = await playStep(step, index, { oracle, subject, cast })
      exchanges.push(...made)
      if (cast.toTheEnd !== true && made.some(isDifferent)) break
    }
  } catch (error) {
    if (!(error instanceof NotReachedError)) throw error
    return { journey, outcome: 'not reached', because: error.message, exchanges }
  }
  return { journey, outcome: exchanges.some(isDifferent) ? 'failed' : 'passed', exchanges }
}

function isDifferent({ differences: found }: Exchange): boolean {
  return found.length > 0
}

interface Sides {
  readonly oracle: Side
  readonly subject: Side | undefined
  readonly cast: Cast
}

async function playStep(step: JourneyStep, index: number, sides: Sides): Promise<Exchange[]> {
  const { oracle, subject, cast } = sides
  switch (step.do) {
    case 'open':
      await oracle.open(step)
      await subject?.open(step)
      return []
    case 'arrange':
      await subject?.arrange(step)
      await oracle.arrange(step)
      return []
    case 'wait': {
      const ms = (typeof step.for === 'number' ? step.for : Number(cast.settings[step.for])) + (step.plus ?? 0)
      await subject?.player.wait(ms)
      await oracle.player.wait(ms)
      return []
    }
    case 'send':
      return sendStep(step, index, sides)
  }
}

async function sendStep(step: SendStep, index: number, sides: Sides): Promise<Exchange[]> {
  const { oracle, subject, cast } = sides
  const count = timesOf(step, cast)
  if (step.atOnce === true) return sendAtOnce(step, index, count, sides)
  const exchanges: Exchange[] = []
  for (let time = 0; time < count; time++) {
    const call = await oracle.call(step)
    const expected = await oracle.player.send(call)
    oracle.take(step, expected)
    const rehearsed = { step: index, sent: step, call, meaning: meaningOf(expected, cast), expected }
    const exchange = subject === undefined ? untried(rehearsed) : await ask(rehearsed, subject, cast)
    exchanges.push(exchange)
    if (cast.toTheEnd !== true && isDifferent(exchange)) break
  }
  return exchanges
}

type Rehearsed = Pick<Exchange, 'step' | 'sent' | 'call' | 'meaning' | 'expected'>

function untried(rehearsed: Rehearsed): Exchange {
  return { ...rehearsed, ...showing(rehearsed), received: undefined, differences: [] }
}

async function ask(rehearsed: Rehearsed, subject: Side, cast: Cast): Promise<Exchange> {
  const { sent, meaning } = rehearsed
  const call = await subject.call(sent)
  cast.guard?.before(meaning, 1)
  const received = await subject.player.send(call).catch(noAnswer)
  if (!(received instanceof Error)) subject.take(sent, received)
  const exchange = compared({ ...rehearsed, call }, received, cast)
  if (!isDifferent(exchange)) cast.guard?.answered(meaning)
  return exchange
}

function compared(rehearsed: Rehearsed, received: Answered | Error, { kit }: Cast): Exchange {
  const shown = showing(rehearsed)
  if (received instanceof Error) {
    const expected = `status ${rehearsed.expected.status}`
    const broken = { where: 'answer', expected, received: received.message }
    return { ...rehearsed, ...shown, received: undefined, differences: [broken] }
  }
  return { ...rehearsed, ...shown, received, differences: differences(rehearsed.expected, received, kit) }
}

function showing({ sent: { shows } }: Rehearsed): Pick<Exchange, 'shows'> {
  return shows === undefined ? {} : { shows }
}

/** Which of several requests at once gets which answer is chance, so both sides' answers are put in order. */
async function sendAtOnce(
  step: SendStep,
  index: number,
  count: number,
  { oracle, subject, cast }: Sides,
): Promise<Exchange[]> {
  const all = async (side: Side, call: Call): Promise<(Answered | Error)[]> => {
    const answers = await Promise.all(Array.from({ length: count }, () => side.player.send(call).catch(noAnswer)))
    return answers.sort((one, other) => orderOf(one).localeCompare(orderOf(other)))
  }
  const call = await oracle.call(step)
  const rehearsed = (await all(oracle, call)).map((expected): Rehearsed => {
    if (expected instanceof Error) throw expected
    return { step: index, sent: step, call, meaning: meaningOf(expected, cast), expected }
  })
  if (subject === undefined) return rehearsed.map(untried)
  for (const { meaning } of rehearsed) cast.guard?.before(meaning, 1)
  const answers = await all(subject, await subject.call(step))
  return rehearsed.map((each, place) => compared(each, answers[place] ?? new Error('no answer'), cast))
}

function orderOf(answer: Answered | Error): string {
  return answer instanceof Error ? '' : `${answer.status} ${answer.body}`
}

function meaningOf(expected: Answered, { meaning }: Cast): Meaning {
  return meaning(headerValue(expected.headers, 'x-understudy-request') ?? '')
}

function timesOf({ times = 1 }: SendStep, { kit, settings }: Cast): number {
  if (typeof times === 'number') return times
  const limit = Number(settings[kit.lockout?.after ?? ''])
  return times === 'limit' ? limit : limit - 1
}
