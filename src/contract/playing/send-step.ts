import type { RefusedCookie } from '../../core/cookie-jar.ts'
import { headerValue } from '../../core/http.ts'
import type { ExpectedAnswer, SendStep } from '../../core/journey.ts'
import type { PlayContext } from './play-context.ts'
import { goesAnotherWay } from './blame.ts'
import type { Answered } from '../comparing/answered.ts'
import { differences } from '../comparing/difference.ts'
import { unmet, withUnmet } from '../comparing/expected-answer.ts'
import type { Exchange, Meaning } from './exchange.ts'
import { NotReachedError, type Call } from './player.ts'
import type { Side } from './side.ts'
import { repeatedPasswords } from './repeated-password.ts'
import { unreadable } from './unreadable.ts'

/** Those who play a step. */
export interface Sides {
  readonly oracle: Side
  readonly subject: Side | undefined
  readonly cast: PlayContext
}

/** Sends a step's request as often as it says, by the oracle first, and compares each answer. */
export async function sendStep(step: SendStep, index: number, sides: Sides): Promise<Exchange[]> {
  const count = timesOf(step, sides.cast)
  if (step.atOnce === true) return sendAtOnce(step, index, count, sides)
  const exchanges: Exchange[] = []
  for (let time = 0; time < count; time++) {
    const call = await sides.oracle.call(step)
    const expected = await sides.oracle.player.send(call)
    const missed = await missedBy(sides.oracle, step, expected)
    const rehearsed = { step: index, sent: step, call, meaning: meaningOf(expected, sides.cast), expected, ...missed }
    const exchange = sides.subject === undefined ? untried(rehearsed) : await ask(rehearsed, sides.subject, sides)
    // Not before they are compared: what this answer tells is not known from before.
    sides.oracle.take(step, expected)
    exchanges.push(exchange)
    if (exchange.received !== undefined) needCookies(sides.subject?.take(step, exchange.received), sides.cast)
    if (step.written !== undefined) exchanges.splice(-1, 1, withUncaptured(exchange, step, sides))
    if (sides.cast.toTheEnd !== true && goesAnotherWay(sides.cast.kit, exchange)) break
  }
  return exchanges
}

type Rehearsed = Pick<Exchange, 'step' | 'sent' | 'call' | 'meaning' | 'expected' | 'unmet'>

/** What of a journey's own expectations the oracle does not meet. */
async function missedBy(oracle: Side, step: SendStep, answered: Answered): Promise<Pick<Exchange, 'unmet'>> {
  if (step.expect === undefined) return {}
  const missed = unmet(await oracle.expectation(step), answered)
  return missed.length === 0 ? {} : { unmet: missed }
}

function untried(rehearsed: Rehearsed): Exchange {
  return { ...rehearsed, ...showing(rehearsed), received: undefined, differences: [] }
}

async function ask(rehearsed: Rehearsed, subject: Side, sides: Sides): Promise<Exchange> {
  const { sent, meaning } = rehearsed
  const call = await subject.call(sent)
  const counts = sides.cast.guard?.before(meaning, 1) === true
  const expectation = { expects: rehearsed.expected.status, ...(counts ? { repeat: 'never' as const } : {}) }
  const received = await subject.player.send(call, expectation).catch(unreadable)
  const wanted = sent.expect === undefined ? {} : await subject.expectation(sent)
  const exchange = compared({ ...rehearsed, call }, received, sides, wanted)
  if (!goesAnotherWay(sides.cast.kit, exchange)) sides.cast.guard?.answered(meaning)
  return exchange
}

/** A rehearsed request with the answer that came, and in what it differs. */
export function compared(
  rehearsed: Rehearsed,
  received: Answered | Error,
  { oracle, subject, cast }: Sides,
  wanted: ExpectedAnswer = {},
): Exchange {
  const shown = showing(rehearsed)
  if (received instanceof Error) {
    const expected = `status ${rehearsed.expected.status}`
    const broken = { where: 'answer', how: 'missing', expected, received: received.message } as const
    return { ...rehearsed, ...shown, received: undefined, differences: [broken] }
  }
  const known = { oracle: oracle.captured, subject: subject?.captured ?? new Map() }
  const background = { clause: rehearsed.meaning.clause, known }
  const found = differences(rehearsed.expected, received, cast.kit, background)
  if (cast.kit.repeatedPassword !== undefined) {
    const noted = new Set(found.map(({ where }) => where))
    const repeated = repeatedPasswords(rehearsed.expected, received, cast.accounts.values())
    found.push(...repeated.filter(({ where }) => !noted.has(where)))
  }
  return { ...rehearsed, ...shown, received, differences: withUnmet(found, unmet(wanted, received)) }
}

/** Without a cookie that the contract knows there is nothing to go on with. */
function needCookies(refused: readonly RefusedCookie[] = [], { kit }: PlayContext): void {
  const needed = refused.find(({ name }) => name === kit.login?.cookie || Object.hasOwn(kit.volatile, `cookie.${name}`))
  if (needed !== undefined) throw new NotReachedError(`no browser would send it back: ${needed.because}`)
}

/** What a journey of one's own wants to capture and finds nowhere is missed like what it expects. */
function withUncaptured(exchange: Exchange, step: SendStep, { oracle, subject }: Sides): Exchange {
  const [own, others] = [oracle.uncaptured(step), exchange.received === undefined ? [] : subject?.uncaptured(step)]
  if (own.length > 0) return { ...exchange, unmet: [...(exchange.unmet ?? []), ...own] }
  return { ...exchange, differences: withUnmet(exchange.differences, others ?? []) }
}

function showing({ sent: { shows } }: Rehearsed): Pick<Exchange, 'shows'> {
  return shows === undefined ? {} : { shows }
}

/** Which of several requests at once gets which answer is chance, so both sides' answers are put in order. */
async function sendAtOnce(step: SendStep, index: number, count: number, sides: Sides): Promise<Exchange[]> {
  const { oracle, subject, cast } = sides
  const all = async (side: Side, call: Call): Promise<(Answered | Error)[]> => {
    const answers = await Promise.all(
      Array.from({ length: count }, () => side.player.send(call, { repeat: 'never' }).catch(unreadable)),
    )
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
  return rehearsed.map((each, place) => compared(each, answers[place] ?? new Error('no answer'), sides))
}

function orderOf(answer: Answered | Error): string {
  return answer instanceof Error ? '' : `${answer.status} ${answer.body}`
}

/** What an answer of the oracle means. */
export function meaningOf(expected: Answered, { meaning }: PlayContext): Meaning {
  return meaning(headerValue(expected.headers, 'x-understudy-request') ?? '')
}

/** How often a step sends its request. */
export function timesOf({ times = 1 }: SendStep, { kit, settings }: PlayContext): number {
  if (typeof times === 'number') return times
  const limit = Number(settings[kit.lockout?.after ?? ''])
  return Math.max(0, limit - Number(times.slice('limit-'.length)))
}
