import { UnderstudyError } from '../core/errors.ts'
import type { RequestFilter } from '../world/request-filter.ts'
import { requireWorld } from '../world/require-world.ts'
import type { RequestView } from '../world/views.ts'
import { requestLines } from '../world/world-journal.ts'
import type { World } from '../world/world.ts'
import type { RemoteWorld } from './remote-world.ts'

/** Which requests are asserted. */
export type AskedOptions<State extends string = string> = RequestFilter<State> & {
  /** Exactly so many times; at least once if left out. */
  readonly times?: number
}

/** One step of an order: an operation, or an operation and which of its requests. */
export type AskedStep<Operation extends string = string, State extends string = string> =
  | Operation
  | readonly [operation: Operation, filter: RequestFilter<State>]

/** What a matcher tells the library that asked it. */
export interface AssertionVerdict {
  readonly pass: boolean
  readonly message: () => string
}

type Soon<Value> = Value | Promise<Value>

/** What is to be known of a world, in this process or elsewhere, to judge what it was asked. */
interface Witness {
  asked(operation: string, filter: RequestFilter): Soon<readonly RequestView[]>
  journal(): Soon<{ readonly requests: readonly RequestView[]; readonly total: number; readonly evicted: number }>
}

/** Whether a world was asked so; at once for one in this process. */
export function judgeAsked(
  world: unknown,
  operation: string,
  options: AskedOptions,
  isNot: boolean,
): Soon<AssertionVerdict> {
  const witness = witnessOf(world, 'expect(world).toHaveAsked')
  const { times, ...filter } = options
  if (times !== undefined && (!Number.isInteger(times) || times < 0))
    throw new UnderstudyError('ERR_FILTER_INVALID', `times takes a whole number from 0, not ${JSON.stringify(times)}.`)
  return after(witness.asked(operation, filter), (found) => {
    const pass = times === undefined ? found.length > 0 : found.length === times
    const wanted = times === undefined ? 'at least once' : times === 1 ? 'once' : `${times} times`
    const which = found.map(({ id }) => id).join(', ')
    const was = found.length === 0 ? 'was not' : `was ${counted(found.length)} (${which})`
    const head = `Expected ${wordsOf(operation, filter)} ${isNot ? 'not to be asked' : 'to be asked'} ${wanted}; it ${was}.`
    return verdictOf(witness, pass, isNot, filter.since !== undefined, head)
  })
}

/** Whether a world was asked so one after the other, whatever it was asked between. */
export function judgeOrder(world: unknown, steps: readonly AskedStep[], isNot: boolean): Soon<AssertionVerdict> {
  const witness = witnessOf(world, 'expect(world).toHaveAskedInOrder')
  if (!Array.isArray(steps) || steps.length === 0)
    throw new UnderstudyError('ERR_FILTER_INVALID', 'toHaveAskedInOrder takes a list of operations, at least one.')
  const each = (steps as readonly AskedStep[]).map((step) => (typeof step === 'string' ? ([step, {}] as const) : step))
  const found = each.map(([operation, filter]) => witness.asked(operation, filter))
  return after(all(found), (lists) =>
    after(witness.journal(), ({ requests }) => {
      const places = new Map(requests.map(({ id }, place) => [id, place]))
      const met: string[] = []
      let last = -1
      for (const list of lists) {
        const next = list.find(({ id }) => (places.get(id) ?? -1) > last)
        if (next === undefined) break
        last = places.get(next.id) ?? last
        met.push(next.id)
      }
      const pass = met.length === each.length
      const order = each.map(([operation, filter]) => wordsOf(operation, filter)).join(', then ')
      const [missing, before] = [each[met.length], met.at(-1)]
      const where =
        missing === undefined
          ? `it was (${met.join(', ')})`
          : `${wordsOf(...missing)} was not asked${before === undefined ? '' : ` after ${before}`}`
      const head = `Expected ${isNot ? 'not to be asked' : 'to be asked'} ${order}; ${where}.`
      return verdictOf(witness, pass, isNot, false, head)
    }),
  )
}

/**
 * A journal that dropped requests cannot tell that something was not asked, so that is an error and no success. What was
 * asked is told only where somebody reads it.
 */
function verdictOf(
  witness: Witness,
  pass: boolean,
  isNot: boolean,
  isSince: boolean,
  head: string,
): Soon<AssertionVerdict> {
  return after(witness.journal(), ({ requests, total, evicted }) => {
    if (evicted > 0 && !isSince && !(pass && !isNot)) {
      throw new UnderstudyError(
        'ERR_FILTER_INVALID',
        `${head} But the journal has dropped ${evicted} of ${total} requests, so this cannot be told: keep more (journalLimit), or say since when.`,
      )
    }
    return { pass, message: () => [head, '', ...requestLines(requests, total)].join('\n') }
  })
}

function witnessOf(world: unknown, taker: string): Witness {
  requireWorld(world, taker)
  // Not by their classes: a test runner may have loaded the package twice.
  if (isRemote(world)) {
    return {
      asked: (operation, filter) => world.asked(operation as never, filter as never),
      journal: () => world.journal(),
    }
  }
  const here = world as World
  if (typeof here.asked !== 'function')
    throw new UnderstudyError(
      'ERR_NOT_SUPPORTED',
      `${taker} takes one world: of worlds that are shared, ask the server.`,
    )
  return {
    asked: (operation, filter) => here.asked(operation, filter),
    journal: () => ({ requests: here.requests, ...here.journal }),
  }
}

function isRemote(world: object): world is RemoteWorld {
  return 'control' in world
}

function wordsOf(operation: string, filter: RequestFilter): string {
  const facts = Object.entries(filter).filter(([, value]) => value !== undefined)
  return facts.length === 0
    ? operation
    : `${operation} (${facts.map(([name, value]) => `${name} ${value}`).join(', ')})`
}

function counted(times: number): string {
  return times === 1 ? 'once' : `${times} times`
}

/** At once where that is possible: an assertion without an `await` must not be lost. */
function after<Value, Result>(value: Soon<Value>, then: (value: Value) => Soon<Result>): Soon<Result> {
  return value instanceof Promise ? value.then(then) : then(value)
}

function all<Value>(values: readonly Soon<Value>[]): Soon<readonly Value[]> {
  return values.some((value) => value instanceof Promise) ? Promise.all(values) : (values as readonly Value[])
}
