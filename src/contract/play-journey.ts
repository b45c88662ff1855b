import { headerValue } from '../core/http.ts'
import type { Journey, JourneyStep, SendStep, WaitStep } from '../core/journey.ts'
import type { JsonObject } from '../core/json.ts'
import type { Account, Kit } from '../core/kit.ts'
import { differences, type Answered, type Difference } from './difference.ts'
import { NotReachedError, type Call, type Player } from './player.ts'
import { Side } from './side.ts'

/** One request of a journey: what was sent, what had to come back by which clause, and what came. */
export interface Exchange {
  readonly step: number
  readonly call: Call
  readonly meaning: Meaning
  /** The clause that the step is there for, where it says so. */
  readonly shows?: string
  readonly expected: Answered
  readonly received: Answered | undefined
  readonly differences: readonly Difference[]
}

/** What became of a journey. */
export interface JourneyResult {
  readonly journey: Journey
  readonly outcome: 'passed' | 'failed' | 'not reached'
  /** Why it was not reached. */
  readonly because?: string
  readonly exchanges: readonly Exchange[]
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
  /** Asked before a request goes to the subject so many times; throws {@link NotReachedError} where it must not. */
  readonly guard?: (meaning: Meaning, count: number) => void
  /** Whoever is checked; left out for a rehearsal, in which only the oracle plays. */
  readonly subject?: Player
  readonly accounts: ReadonlyMap<string, Account>
  readonly kit: Kit
  readonly settings: JsonObject
}

/** Plays a journey on the oracle and on the subject, step by step, and compares. Stops at the first difference. */
export async function playJourney(journey: Journey, cast: Cast): Promise<JourneyResult> {
  const given = cast.kit.values?.(cast.settings)
  const oracle = new Side(cast.oracle, cast.accounts, given)
  const subject = cast.subject === undefined ? undefined : new Side(cast.subject, cast.accounts, given)
  const exchanges: Exchange[] = []
  let next = 0
  try {
    requireSettings(journey, cast)
    requireFacts(cast)
    for (const [index, step] of journey.steps.entries()) {
      next = index + 1
      const made = await playStep(step, index, { oracle, subject, cast })
      exchanges.push(...made)
      if (made.every(({ differences: found }) => found.length === 0)) continue
      await restore(journey.steps.slice(next), subject)
      return { journey, outcome: 'failed', exchanges }
    }
  } catch (error) {
    if (!(error instanceof NotReachedError)) throw error
    await restore(journey.steps.slice(next), subject)
    return { journey, outcome: 'not reached', because: error.message, exchanges }
  }
  return { journey, outcome: 'passed', exchanges }
}

/** A journey that cannot be played to its end leaves the server in the states that it would have left it in. */
async function restore(steps: readonly JourneyStep[], subject: Side | undefined): Promise<void> {
  try {
    for (const step of steps) if (step.do === 'arrange') await subject?.arrange(step)
  } catch (error) {
    // A target that cannot arrange states was not put into one.
    if (!(error instanceof NotReachedError)) throw error
  }
}

function requireSettings({ where = {} }: Journey, { settings }: Cast): void {
  for (const [name, wanted] of Object.entries(where)) {
    if (settings[name] === wanted) continue
    const told = `the setting ${name} is ${JSON.stringify(settings[name] ?? null)}`
    throw new NotReachedError(`${told}, and this is about ${JSON.stringify(wanted)}`)
  }
}

/** Journeys name facts in braces; without them there is nothing to send. */
function requireFacts({ accounts, kit }: Cast): void {
  for (const { role, username, facts } of accounts.values()) {
    for (const [name, about] of Object.entries(kit.roles[role]?.facts ?? {})) {
      if (facts?.[name] !== undefined) continue
      throw new NotReachedError(`the account ${username} of role ${role} has no fact "${name}": ${about}`)
    }
  }
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
      const ms = msOf(step, cast.settings)
      await subject?.player.wait(ms)
      await oracle.player.wait(ms)
      return []
    }
    case 'send':
      return sendStep(step, index, sides)
  }
}

function msOf({ for: wanted, plus = 0 }: WaitStep, settings: JsonObject): number {
  const ms = typeof wanted === 'number' ? wanted : settings[wanted]
  if (typeof ms === 'number') return Math.max(0, ms + plus)
  throw new NotReachedError(`the setting ${wanted} has no value, so there is nothing to wait for`)
}

async function sendStep(step: SendStep, index: number, sides: Sides): Promise<Exchange[]> {
  const count = timesOf(step, sides.cast)
  if (step.atOnce === true) return sendAtOnce(step, index, count, sides)
  const exchanges: Exchange[] = []
  for (let time = 0; time < count; time++) {
    const wanted = await ask(step, sides.oracle)
    const meaning = meaningOf(wanted.answered, sides.cast)
    if (sides.subject !== undefined) sides.cast.guard?.(meaning, 1)
    const got = sides.subject === undefined ? undefined : await ask(step, sides.subject)
    exchanges.push(toExchange(step, index, got?.call ?? wanted.call, meaning, wanted.answered, got?.answered, sides))
    // Not before they are compared: what this answer tells is not known from before.
    sides.oracle.take(step, wanted.answered)
    if (got !== undefined) sides.subject?.take(step, got.answered)
    if (exchanges.at(-1)?.differences.length !== 0) break
  }
  return exchanges
}

async function ask(step: SendStep, side: Side): Promise<{ call: Call; answered: Answered }> {
  const call = await side.call(step)
  return { call, answered: await side.player.send(call) }
}

/** Which of several requests at once gets which answer is chance, so both sides' answers are put in order. */
async function sendAtOnce(step: SendStep, index: number, count: number, sides: Sides): Promise<Exchange[]> {
  const { oracle, subject, cast } = sides
  const all = async (side: Side): Promise<{ call: Call; answers: Answered[] }> => {
    const call = await side.call(step)
    const answers = await Promise.all(Array.from({ length: count }, () => side.player.send(call)))
    return {
      call,
      answers: answers.sort((one, other) => one.status - other.status || one.body.localeCompare(other.body)),
    }
  }
  const wanted = await all(oracle)
  const meanings = wanted.answers.map((expected) => meaningOf(expected, cast))
  if (subject !== undefined) for (const meaning of meanings) cast.guard?.(meaning, 1)
  const got = subject === undefined ? undefined : await all(subject)
  return wanted.answers.map((expected, place) =>
    toExchange(step, index, got?.call ?? wanted.call, meanings[place] as Meaning, expected, got?.answers[place], sides),
  )
}

function toExchange(
  { shows }: SendStep,
  step: number,
  call: Call,
  meaning: Meaning,
  expected: Answered,
  received: Answered | undefined,
  { oracle, subject, cast }: Sides,
): Exchange {
  const known = { oracle: oracle.captured, subject: subject?.captured ?? new Map() }
  const background = { clause: meaning.clause, known }
  const found = received === undefined ? [] : differences(expected, received, cast.kit, background)
  return { step, call, meaning, ...(shows === undefined ? {} : { shows }), expected, received, differences: found }
}

function meaningOf(expected: Answered, { meaning }: Cast): Meaning {
  return meaning(headerValue(expected.headers, 'x-understudy-request') ?? '')
}

function timesOf({ times = 1 }: SendStep, { kit, settings }: Cast): number {
  if (typeof times === 'number') return times
  const limit = Number(settings[kit.lockout?.after ?? ''])
  return times === 'limit' ? limit : limit - 1
}
