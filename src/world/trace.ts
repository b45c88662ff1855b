import type { AnyApi } from '../core/api.ts'
import { faultClause } from '../core/fault.ts'
import type { Interaction } from '../core/interaction.ts'
import type { JsonObject } from '../core/json.ts'
import type { AnyTracing, TracedCaller, TracedExchange, Untold } from '../core/tracing.ts'
import type { WorldEvent } from './events.ts'
import { loadLints } from './linter.ts'
import type { RequestView } from './views.ts'
import type { World } from './world.ts'

/** One exchange as a trace keeps it. It holds no secret: what a pact would need stands in as an example. */
export type TraceLine = RequestView & {
  /** Version of this format. */
  readonly trace: 1
  /** Path of the API that the request was meant for. */
  readonly mount?: string
  /** What the caller was before and after, by the words of the API. */
  readonly caller?: { readonly before: string; readonly after: string }
  /** What became of the caller since their last request, by time or from outside. */
  readonly meanwhile?: { readonly from: string; readonly to: string }
  /** The rules of the API that the client broke by it. */
  readonly lints?: readonly { readonly id: string; readonly clause: string }[]
  /** What a pact would say of it; left out where an earlier line of this process says the same. */
  readonly interaction?: Interaction | Untold
}

/** Callers whose last state is remembered. */
const callersKept = 10_000

/**
 * Writes a line for each request that a world, or another of its scenario, answers from now on. For `understudy
 * coverage` and `understudy pact write`, put lines as JSON into a file that ends in `.ndjson`. The result stops it.
 *
 * @example
 * ```ts
 * import { createWorld, traceTo, type TraceLine } from 'auth-understudy'
 * import { createFetch } from 'auth-understudy/fetch'
 *
 * const lines: TraceLine[] = []
 * const world = await createWorld()
 * const stop = await traceTo(world, (line) => lines.push(line))
 * await createFetch(world)('https://jira.example/jira/rest/securelogin-admin/1.0/api/info')
 * stop()
 * console.log(lines[0]?.clause) // SL-03
 * ```
 * @since 0.1.0
 */
export async function traceTo(world: World, write: (line: TraceLine) => void): Promise<() => void> {
  const { worlds } = world
  const tellers = new Map<string, Teller>()
  for (const api of worlds.apis) {
    const tracing = await api.tracing?.()
    if (tracing !== undefined) tellers.set(api.id, new Teller(api, tracing))
  }
  // Not unsubscribed from each world: worlds that are dropped must not be kept for that.
  let isOver = false
  const table = await loadLints(worlds.apis)
  const forget = worlds.watch((each) => {
    const lintsOf = each.lintBy(table)
    each.listen((event) => {
      if (event.kind !== 'request' || isOver) return
      const lints = lintsOf(event).map(({ id, clause }) => ({ id, clause }))
      write({ ...toLine(each, event, tellers), ...(lints.length === 0 ? {} : { lints }) })
    })
  })
  return () => {
    isOver = true
    forget()
  }
}

type RequestEvent = Extract<WorldEvent, { kind: 'request' }>

function toLine(world: World, event: RequestEvent, tellers: ReadonlyMap<string, Teller>): TraceLine {
  const view = world.describe(event)
  const exchange = world.exchange(event)
  const teller = view.api === undefined ? undefined : tellers.get(view.api)
  const told = exchange === undefined ? undefined : teller?.tell(view, exchange)
  return { trace: 1, ...view, ...told }
}

/** Tells the exchanges of one API, and remembers what was told. */
class Teller {
  readonly #api: AnyApi
  readonly #tracing: AnyTracing
  readonly #callers = new Map<string, string>()
  readonly #told = new Set<string>()

  constructor(api: AnyApi, tracing: AnyTracing) {
    this.#api = api
    this.#tracing = tracing
  }

  tell({ world, clause }: RequestView, exchange: TracedExchange<JsonObject>): Partial<TraceLine> {
    try {
      const interaction: Interaction | Untold =
        clause === faultClause ? { untold: 'a fault changed the answer' } : this.#tracing.retell(exchange)
      return {
        mount: this.#api.mount(exchange.settings),
        ...this.#follow(world, this.#tracing.caller(exchange)),
        ...(this.#isNew(clause, interaction) ? { interaction } : {}),
      }
    } catch (error) {
      // Not the message, which may quote what was sent. Whoever sent it must not suffer from being traced.
      const name = error instanceof Error ? error.name : 'an error'
      return { interaction: { untold: `auth-understudy failed at it with ${name}, please report this` } }
    }
  }

  #follow(world: string, caller: TracedCaller | undefined): Partial<TraceLine> {
    if (caller === undefined) return {}
    const { id, before, after } = caller
    if (id === undefined) return { caller: { before, after } }
    const key = `${world}/${id}`
    const last = this.#callers.get(key)
    this.#callers.delete(key)
    this.#callers.set(key, after)
    if (this.#callers.size > callersKept) this.#callers.delete(this.#callers.keys().next().value as string)
    return {
      caller: { before, after },
      ...(last === undefined || last === before ? {} : { meanwhile: { from: last, to: before } }),
    }
  }

  #isNew(clause: string, interaction: Interaction | Untold): boolean {
    const text = `${clause} ${JSON.stringify(interaction)}`
    if (this.#told.has(text)) return false
    this.#told.add(text)
    return true
  }
}
