import { setTimeout as pause } from 'node:timers/promises'
import { ClientClosedError, ClientOfflineError, ErrorReply } from '@redis/client'
import { UnderstudyError } from '../../core/errors.ts'
import { pairs } from '../../core/pairs.ts'
import type { Commit, Counts, EngineCall, Held, Loads, Logged, Verdict, Write } from '../../world/engine.ts'
import { storeWide } from '../../world/turn.ts'
import { OutOfPatience, Patience } from '../patience.ts'
import type { Raw, RedisConnection } from './connection.ts'
import { toLogged } from './follow.ts'
import { commitScript, loadScript } from './scripts.ts'

/** How much is kept. */
export interface Limits {
  readonly journal: number
  readonly worlds: number
  /** Records of a world beside the scenario's: sessions, in the first place. */
  readonly grown: number
}

/** What a caller waits for, and how long. */
export interface CallOptions {
  readonly connection: RedisConnection
  readonly shown: string
  readonly limits: Limits
  readonly patienceMs: number
  readonly nextName: () => string
}

/** So long after a commit's last moment its caller is told that it was not made: clocks may differ by that. */
const marginMs = 100

/** Errors of a Redis that will be well again in a moment. */
const passing = /^(LOADING|BUSY|MASTERDOWN|READONLY|TRYAGAIN|CLUSTERDOWN)\b/

/** One caller's questions to Redis. They are asked again over broken connections while there is patience. */
export class RedisCall implements EngineCall {
  readonly #options: CallOptions
  readonly #patience: Patience

  constructor(options: CallOptions) {
    this.#options = options
    this.#patience = new Patience(options.patienceMs)
  }

  async commit(commit: Commit): Promise<Verdict> {
    const { connection, nextName, limits } = this.#options
    const name = nextName()
    const [kind, ...rest] = (await this.#ask(() => {
      const last = Date.now() + this.#patience.left - marginMs + connection.clockOffset
      return connection.run(commitScript, commitArgs(commit, name, last, limits))
    }, true)) as [string, ...Raw[]]
    if (kind === 'made') return { kind, commit: Number(rest[0]), request: Number(rest[1]) }
    if (kind === 'anew') return { kind, epoch: String(rest[0]) }
    if (kind === 'late') throw this.#unavailable('it answered too late', 'Nothing was changed.')
    const now = new Map<string, Held>()
    for (let index = 0; index < rest.length; index += 3) {
      now.set(String(rest[index]), toHeld(Number(rest[index + 1]), rest[index + 2] ?? null))
    }
    return { kind: 'stale', now }
  }

  async load<What extends keyof Loads>(world: string, what: What): Promise<Loads[What]> {
    const raw = await this.#ask(() => this.#options.connection.run(loadScript, [what, world]), false)
    return readers[what](raw)
  }

  /** Sends something until it is answered. What is sent twice has to be of no more effect than once. */
  async #ask(send: () => Promise<Raw>, changes: boolean): Promise<Raw> {
    const { connection } = this.#options
    let effect = 'Nothing was changed.'
    for (;;) {
      await this.#wait(connection.ready(), effect)
      const unknown = changes ? 'It is not known whether the request was carried out.' : effect
      try {
        return await this.#wait(send(), unknown)
      } catch (error) {
        if (error instanceof UnderstudyError) throw error
        if (error instanceof ErrorReply) {
          if (!passing.test(error.message)) throw this.#unavailable(`it refuses: ${error.message}`, effect)
        } else if (!(error instanceof ClientOfflineError || error instanceof ClientClosedError)) effect = unknown
      }
      await this.#wait(pause(20), effect)
    }
  }

  async #wait<Result>(promise: Promise<Result>, effect: string): Promise<Result> {
    try {
      return await this.#patience.wait(promise)
    } catch (error) {
      if (!(error instanceof OutOfPatience)) throw error
      throw this.#unavailable(this.#options.connection.trouble, effect)
    }
  }

  #unavailable(why: string, effect: string): UnderstudyError {
    return new UnderstudyError(
      'ERR_STORE_UNAVAILABLE',
      `The store ${this.#options.shown} cannot be used: ${why}. ${effect} Try again in a moment.`,
    )
  }
}

function commitArgs(commit: Commit, name: string, last: number, limits: Limits): string[] {
  const { epoch, world, log, wipes, clears, reads, writes, snapshots, drops } = commit
  const flags = [
    ...(log === undefined ? ['look'] : []),
    ...(log?.of === 'requests' ? ['request'] : []),
    ...(wipes ? ['wipes'] : []),
    ...(clears ? ['clears'] : []),
  ]
  const args = [
    epoch,
    name,
    String(Math.floor(last)),
    world,
    flags.join(' '),
    String(limits.journal),
    String(limits.worlds),
    String(limits.grown),
    log?.text ?? '',
  ]
  for (const ofStore of [false, true]) {
    const read = [...reads].filter(([key]) => key.startsWith(storeWide) === ofStore)
    args.push(String(read.length), ...read.flatMap(([key, version]) => [key, String(version)]))
  }
  args.push(String(writes.length))
  for (const write of writes) args.push(kindOf(write), write.key, write.text ?? '')
  args.push(String(snapshots.size))
  for (const [snapshot, text = ''] of snapshots) args.push(snapshot, text)
  args.push(String(drops.length), ...drops)
  return args
}

function kindOf({ text, grown }: Write): string {
  if (text === undefined) return grown ? 'gone' : 'deleted'
  return grown ? 'grown' : 'kept'
}

function toHeld(version: number, text: Raw | undefined): Held {
  return { version, text: typeof text === 'string' ? text : undefined }
}

const readers: { readonly [What in keyof Loads]: (raw: Raw) => Loads[What] } = {
  records: (raw) => {
    const [versions = [], records = [], grown = []] = (raw ?? []) as readonly (readonly string[])[]
    const texts = new Map(pairs(records))
    const held = new Map(pairs(versions).map(([key, version]) => [key, toHeld(Number(version), texts.get(key))]))
    // What has grown comes last, in the order of its birth.
    for (const key of grown) {
      const record = held.get(key)
      if (record === undefined || !held.delete(key)) continue
      held.set(key, record)
    }
    return held
  },
  requests: toLog,
  changes: toLog,
  counts: toCounts,
  shelf: (raw) => {
    const [names, evicted, snapshots] = (raw ?? [[], '0', []]) as readonly [
      readonly string[],
      string,
      readonly string[],
    ]
    return { names, evicted: Number(evicted), snapshots: new Map(inOrder(pairs(snapshots))) }
  },
  worlds: (raw) =>
    new Map(
      ((raw ?? []) as readonly (readonly [string, readonly string[], readonly string[], Raw])[]).map(
        ([name, versions, records, counts]) => {
          const texts = new Map(pairs(records))
          const held = pairs(versions).map(([key, version]) => [key, toHeld(Number(version), texts.get(key))] as const)
          return [name, { records: new Map(held), counts: toCounts(counts) }]
        },
      ),
    ),
}

function toLog(raw: Raw): Logged[] {
  return ((raw ?? []) as readonly (readonly [string, readonly string[]])[]).map(toLogged)
}

function toCounts(raw: Raw): Counts {
  const [total, kept, evicted] = (raw ?? [0, 0, 0]) as readonly [string, number, string]
  return { total: Number(total), kept, evicted: Number(evicted) }
}

/** Snapshots are kept with the number of the commit that saved them before them. */
function inOrder(snapshots: readonly (readonly [name: string, text: string])[]): [name: string, text: string][] {
  return snapshots
    .map(([name, text]) => ({ name, saved: Number.parseInt(text, 10), text: text.slice(text.indexOf(' ') + 1) }))
    .sort((one, other) => one.saved - other.saved)
    .map(({ name, text }) => [name, text])
}
