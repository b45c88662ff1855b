import { secureLogin } from '../../../src/apis/registry.ts'
import { checkPatch } from '../../../src/core/check.ts'
import { serverTime, type ClockState } from '../../../src/core/clock.ts'
import { isProcessed, strike, type Fault } from '../../../src/core/fault.ts'
import type { Seed } from '../../../src/core/api.ts'
import { sameJson, type Json, type JsonObject } from '../../../src/core/json.ts'
import type { Random } from '../../../src/core/random.ts'
import type { Context, Outcome } from '../../../src/core/step.ts'
import type { Entry } from '../../../src/world/entry.ts'
import type { Setup } from '../../../src/world/setup.ts'
import type { Changes } from '../../../src/world/changes.ts'
import type { Item } from './log.ts'
import type { Operation } from './operation.ts'

const prefix = `${secureLogin.id}/`
/** What the beginning of a world writes beside the scenario's records. */
const ofBeginning = new Set(['stage', 'clock', '~scenario', '~started'])

/**
 * The pure steps and a map, without anything of what plays them: follows the log of a world commit by commit, and says
 * where a commit is not what the step makes of the state before it.
 */
export class Reference {
  readonly #setup: Setup
  readonly #records = new Map<string, Json>()
  #seed: Seed | undefined

  constructor(setup: Setup) {
    this.#setup = setup
  }

  /** Takes one commit; what is wrong with it, in words. */
  follow(item: Item, operation: Operation | undefined): readonly string[] {
    if (item.wiped) this.#begin(item.writes)
    const wrong = item.entry === undefined ? this.#checkChange(item, operation) : this.#checkRequest(item, item.entry)
    for (const [key, value] of Object.entries(item.writes)) this.#records.set(key, value)
    return wrong
  }

  #begin(writes: Changes): void {
    this.#records.clear()
    const { startedAt } = writes['stage'] as { startedAt: number }
    this.#seed = secureLogin.seed(this.#setup.sections[secureLogin.id] as never, {
      now: startedAt,
      seed: this.#setup.seed,
      answer: () => {
        throw new Error('nothing is left blank')
      },
    })
    for (const key of ['clock', 'faults']) this.#records.set(key, writes[key] as Json)
  }

  #get(key: string): Json | undefined {
    const written = this.#records.get(key)
    if (written !== undefined) return written ?? undefined
    return key.startsWith(prefix) ? this.#seed?.get(key.slice(prefix.length)) : undefined
  }

  #checkRequest(item: Item, entry: Entry): string[] {
    const wrong: string[] = []
    for (const [key, value] of entry.reads) {
      if (!sameJson(this.#get(key), value))
        wrong.push(`read ${key} as ${show(value)}, which was ${show(this.#get(key))}`)
    }
    const outcome = this.#play(entry, item.writes)
    const faults = this.#get('faults') as readonly Fault[]
    const call = {
      api: secureLogin.id,
      operation: entry.operation ?? '',
      user: outcome.user,
      at: entry.at - (this.#get('clock') as ClockState).skewMs,
      seed: this.#setup.seed,
    }
    const { struck, faults: counted } = strike(faults, call)
    if (struck?.id !== entry.fault?.id) wrong.push(`fault ${show(entry.fault)} struck instead of ${show(struck)}`)
    const changes = struck === undefined || isProcessed(struck) ? outcome.changes : []
    const expected = new Map(changes.map(({ key, value }) => [prefix + key, value ?? null]))
    if (!sameJson(faults, counted)) expected.set('faults', counted)
    const written = Object.entries(item.writes).filter(
      ([key]) => !(item.wiped && (ofBeginning.has(key) || key === 'faults')),
    )
    if (!sameJson(Object.fromEntries(expected), Object.fromEntries(written))) {
      wrong.push(`wrote ${show(Object.fromEntries(written))} instead of ${show(Object.fromEntries(expected))}`)
    }
    const { status, body, headers } = outcome.reply
    if (
      struck === undefined &&
      !sameJson(
        [status, body, withoutToken(headers)] as Json,
        [entry.reply.status, entry.reply.body, withoutToken(entry.reply.headers)] as Json,
      )
    ) {
      wrong.push(`answered ${entry.reply.status} ${entry.reply.because} instead of ${status} ${outcome.reply.because}`)
    }
    return wrong
  }

  #play(entry: Entry, writes: Changes): Outcome {
    const step = secureLogin.operations.find(({ id }) => id === entry.operation)?.step
    if (step === undefined) throw new Error(`no operation ${String(entry.operation)}`)
    const context: Context<never> = {
      now: entry.at,
      settings: this.#get(`${prefix}settings`) as never,
      address: entry.address,
      params: {},
      random: drawnBy(writes),
      answer: () => {
        throw new Error('a step with fixed PINs asks nothing')
      },
    }
    return step({ get: (key) => this.#get(prefix + key) }, entry.request, context)
  }

  /** What an administrator changed, where it is known what that was. */
  #checkChange({ writes, notes, wiped }: Item, operation: Operation | undefined): string[] {
    if (operation === undefined || wiped) return []
    const [at = 0] = notes.map((note) => note.at)
    const body = JSON.parse(operation.body === '' ? '{}' : operation.body) as JsonObject
    const username = /\/users\/secure-login\/(\w+)$/.exec(operation.path)?.[1]
    if (username !== undefined) {
      const { value } = checkPatch(secureLogin.userChange, body)
      const user = this.#get(`${prefix}user:${username}`) as JsonObject
      const settings = this.#get(`${prefix}settings`) as never
      const expected: { [key: string]: unknown } = {}
      try {
        expected[`${prefix}user:${username}`] = secureLogin.changeUser(user, value as never, settings, at)
      } catch (error) {
        // Of a user in this state, the change would have been refused.
        return [`changed ${show(writes)}, while ${String(error)}`]
      }
      return sameJson(expected as Json, writes) ? [] : [`changed ${show(writes)} instead of ${show(expected)}`]
    }
    if (operation.path.endsWith('/clock/advance')) {
      const moved = writes['clock'] as ClockState
      const before = serverTime(this.#get('clock') as ClockState, moved.realAt)
      const shown = serverTime(moved, moved.realAt)
      return shown === before + 1000 ? [] : [`the clock went from ${before} to ${shown}`]
    }
    const faults = this.#get('faults') as readonly Fault[]
    const now = writes['faults'] as readonly Fault[]
    if (operation.method === 'DELETE') return now.length === 0 ? [] : [`${now.length} faults are left`]
    return sameJson(now.slice(0, -1), faults) ? [] : [`added a fault to ${show(now)}, while there were ${show(faults)}`]
  }
}

/** What was drawn: the identifier of the session that was opened. */
function drawnBy(writes: Changes): Random {
  const opened = Object.keys(writes).find((key) => key.startsWith(`${prefix}session:`)) ?? ''
  const fail = (): never => {
    throw new Error('steps of Secure Login draw texts only')
  }
  return { next: fail, below: fail, text: () => opened.slice(`${prefix}session:`.length) }
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing'
}

/** Jira's token is drawn and kept nowhere, so that nothing tells afterwards what it was. */
function withoutToken(headers: readonly string[]): string[] {
  return headers.map((text) => text.replace(/^atlassian\.xsrf\.token=[^;]+/, 'atlassian.xsrf.token'))
}
