import type { Journey, JourneyStep, WaitStep } from '../../core/journey.ts'
import type { JsonObject } from '../../core/json.ts'
import { goesAnotherWay } from './blame.ts'
import { isDifferent, outcomeOf, outcomeOfOutage, type CheckResult, type Exchange } from './exchange.ts'
import { HookFailedError, noAnswer, NotReachedError } from './player.ts'
import { playRace } from './race.ts'
import { sendStep, type Sides } from './send-step.ts'
import { Side } from './side.ts'
import { unlikeTwin } from './twin.ts'
import { UnavailableError } from './unavailable.ts'
import { untilTold, type Waiting } from './until-told.ts'
import type { PlayContext } from './play-context.ts'

/** What became of a journey. */
export interface JourneyResult extends CheckResult {
  readonly journey: Journey
}

/**
 * Plays a journey on the oracle and on the subject, step by step, and compares. Stops where the subject has gone another
 * way; what it only tells in other words is noted, and the journey goes on.
 */
export async function playJourney(journey: Journey, cast: PlayContext): Promise<JourneyResult> {
  const lacking = lackOf(journey, cast.settings)
  if (lacking !== undefined) return { journey, outcome: 'not reached', because: lacking, exchanges: [] }
  const given = cast.kit.values?.(cast.settings)
  const oracle = new Side(cast.oracle, cast.accounts, given)
  const subject = cast.subject === undefined ? undefined : new Side(cast.subject, cast.accounts, given)
  const exchanges: Exchange[] = []
  const waits: number[] = []
  let next = 0
  try {
    requireFacts(cast)
    for (const [index, step] of journey.steps.entries()) {
      next = index + 1
      const before = exchanges.at(-1)
      const made = (await playStep(step, index, { oracle, subject, cast }, { exchanges, waits })).map((exchange) =>
        step.do === 'send' && step.likeBefore === true && before !== undefined
          ? { ...exchange, differences: [...exchange.differences, ...unlikeTwin(before, exchange)] }
          : exchange,
      )
      exchanges.push(...made)
      if (cast.toTheEnd === true || !made.some((exchange) => goesAnotherWay(cast.kit, exchange))) continue
      await restore(journey.steps.slice(next), subject)
      return { journey, ...outcomeOf(exchanges) }
    }
  } catch (error) {
    await restore(journey.steps.slice(next), subject)
    if (error instanceof UnavailableError)
      return { journey, ...outcomeOfOutage(error, placeOf(journey, next), exchanges) }
    if (error instanceof NotReachedError) return { journey, ...cutShort(exchanges, error.message) }
    if (error instanceof HookFailedError) return { journey, ...cutShort(exchanges, error.message), isHookBroken: true }
    throw error
  }
  return { journey, ...outcomeOf(exchanges), waits }
}

/** What was played of a journey so far. */
interface SoFar {
  readonly exchanges: readonly Exchange[]
  readonly waits: number[]
}

/** What became of a journey that could not be played to its end: what was found until then stays found. */
function cutShort(exchanges: readonly Exchange[], because: string): CheckResult {
  return exchanges.some(isDifferent)
    ? { ...outcomeOf(exchanges), because }
    : { outcome: 'not reached', because, exchanges }
}

/** Where a journey came to an end, in words. */
function placeOf({ steps }: Journey, count: number): string {
  const step = steps[count - 1]
  if (step?.do !== 'send') return ''
  const place = step.written?.['step']?.place
  const where = place === undefined ? '' : ` (${place.file}:${place.line})`
  return `step ${step.number ?? count}, ${step.method} ${step.path}${where}: `
}

/** A journey that cannot be played to its end leaves the server in the states that it would have left it in. */
async function restore(steps: readonly JourneyStep[], subject: Side | undefined): Promise<void> {
  try {
    for (const step of steps) if (step.do === 'arrange') await subject?.arrange(step)
  } catch (error) {
    // A target that cannot arrange states was not put into one; what is broken is found out anyway.
    if (!(error instanceof NotReachedError || error instanceof HookFailedError)) noAnswer(error)
  }
}

/** Journeys name facts in braces; without them there is nothing to send. */
function requireFacts({ accounts, kit }: PlayContext): void {
  for (const { role, username, facts } of accounts.values()) {
    for (const [name, about] of Object.entries(kit.roles[role]?.facts ?? {})) {
      if (facts?.[name] !== undefined) continue
      throw new NotReachedError(`the account ${username} of role ${role} has no fact "${name}": ${about}`)
    }
  }
}

function lackOf({ needs = {} }: Journey, settings: JsonObject): string | undefined {
  const lacking = Object.entries(needs).filter(([name, value]) => settings[name] !== value)
  if (lacking.length === 0) return undefined
  return `it needs a server with ${lacking.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(', ')}`
}

async function playStep(
  step: JourneyStep,
  index: number,
  sides: Sides,
  { exchanges, waits }: SoFar,
): Promise<Exchange[]> {
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
      const ms = msOf(step, { side: oracle, answers: exchanges.map(({ expected }) => expected) }, cast)
      const answers = exchanges.flatMap(({ received }) => received ?? [])
      await subject?.player.wait(msOf(step, { side: subject, answers }, cast))
      await oracle.player.wait(ms)
      waits.push(ms)
      return []
    }
    case 'send':
      return sendStep(step, index, sides)
    case 'race':
      return playRace(step, index, sides)
  }
}

function msOf(step: WaitStep, on: Waiting, { settings, kit }: PlayContext): number {
  const told = step.told === true ? untilTold(on, kit) : undefined
  if (told !== undefined) return told
  const ms = waitOf(step, settings)
  if (ms === undefined)
    throw new NotReachedError(`the setting ${step.for} has no value, so there is nothing to wait for`)
  const last = on.answers.at(-1)
  return step.told === true && last !== undefined ? Math.max(0, last.at + ms - on.side.player.now()) : ms
}

/** For how long a step waits, in milliseconds; undefined where that is as long as a setting says that has no value. */
export function waitOf({ for: wanted, plus = 0 }: WaitStep, settings: JsonObject): number | undefined {
  const ms = typeof wanted === 'number' ? wanted : settings[wanted]
  return typeof ms === 'number' ? Math.max(0, ms + plus) : undefined
}
