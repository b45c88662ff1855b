import { setTimeout as pause } from 'node:timers/promises'
import { ClientClosedError, ClientOfflineError, ErrorReply } from '@redis/client'
import { UnderstudyError } from '../../core/errors.ts'
import { pairs } from '../../core/pairs.ts'
import type {
  Anew,
  Commit,
  Counts,
  EngineCall,
  Held,
  Loading,
  Loads,
  Logged,
  Verdict,
  Write,
} from '../../world/engine.ts'
import { storeWide } from '../../world/turn.ts'
import { OutOfPatience, Patience } from '../patience.ts'
import type { Raw, RedisConnection } from './connection.ts'
import { toLogged } from './follow.ts'
import type { KnownStore } from './known-store.ts'
import { commitScript, loadScript } from './scripts.ts'
import { readTrouble, silent, tooLate, type Trouble } from './trouble.ts'

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
  readonly known: KnownStore
  readonly shown: string
  readonly limits: Limits
  readonly patienceMs: number
  readonly nextName: () => string
}

/** So long after a commit's last moment its caller is told that it was not made: clocks may differ by that. */
const marginMs = 100

/** One caller's questions to Redis. They are asked again over broken connections while there is patience. */
export class RedisCall implements EngineCall {
  readonly #options: CallOptions
  readonly #patience: Patience

  constructor(options: CallOptions) {
    this.#options = options
    this.#patience = new Patience(options.patienceMs)
  }

  async commit(commit: Commit): Promise<Verdict> {
    const { connection, known, nextName, limits } = this.#options
    const name = nextName()
    const rest = commitArgs(commit, limits)
    const [kind, ...told] = await this.#ask(() => {
      const last = Date.now() + this.#patience.left - marginMs + connection.clockOffset
      return connection.run(commitScript, [
        ...this.#head(commit.epoch, name, commit.world),
        String(Math.floor(last)),
        ...rest,
      ])
    }, true)
    if (kind === 'made') {
      const [made, request, epoch] = told
      known.saw(String(epoch), Number(made))
      return { kind, commit: Number(made), request: Number(request) }
    }
    if (kind === 'anew') return this.#meet(told, name)
    if (kind === 'late') throw this.#unavailable(tooLate, 'Nothing was changed.')
    const now = new Map<string, Held>()
    for (let index = 0; index < told.length; index += 3) {
      now.set(String(told[index]), toHeld(Number(told[index + 1]), told[index + 2] ?? null))
    }
    return { kind: 'stale', now }
  }

  async load<What extends keyof Loads>(epoch: string, world: string, what: What): Promise<Loading<What> | Anew> {
    const { connection, known, nextName } = this.#options
    const name = nextName()
    const [kind, ...told] = await this.#ask(
      () => connection.run(loadScript, [...this.#head(epoch, name, world), what]),
      false,
    )
    if (kind === 'anew') return this.#meet(told, name)
    known.saw(String(told[2]), Number(told[1]))
    return { kind: 'loaded', loaded: readers[what](told[0] ?? null) }
  }

  /** What Redis says of itself; empty where it may not be asked. */
  async inspect(): Promise<string> {
    const [told] = await this.#ask(
      () =>
        this.#options.connection.send(['INFO']).then(
          (info) => [info],
          (error: Error) => {
            if (error instanceof ErrorReply && error.message.startsWith('NOPERM')) return ['']
            throw error
          },
        ),
      false,
    )
    return String(told)
  }

  /** What each script is told first. What was known by another connection is no longer known: Redis may have been another. */
  #head(epoch: string, name: string, world: string): readonly string[] {
    const { connection, known } = this.#options
    const [ofStore = '', ofConnection] = epoch.split('@')
    const isSame = ofConnection === String(connection.openings)
    return [isSame ? ofStore : '', name, known.make, world, known.epoch, String(known.commits)]
  }

  #meet([epoch, make, lost, turned, commits]: readonly Raw[], name: string): Anew {
    const { connection, known } = this.#options
    const noticed = known.meet({
      epoch: String(epoch),
      make: String(make),
      lost: String(lost),
      turned: String(turned),
      commits: Number(commits),
      isFirst: epoch === name || turned === name,
    })
    return { kind: 'anew', epoch: `${String(epoch)}@${connection.openings}`, lost: noticed }
  }

  /** Sends something until it is answered. What is sent twice has to be of no more effect than once. */
  async #ask(send: () => Promise<Raw>, changes: boolean): Promise<readonly Raw[]> {
    const { connection } = this.#options
    let effect = 'Nothing was changed.'
    let trouble: Trouble | undefined
    for (;;) {
      await this.#wait(connection.ready(), effect, trouble)
      if (connection.trouble.kind === 'lasting') throw this.#refused(connection.trouble, effect)
      const unknown = changes ? 'It is not known whether the request was carried out.' : effect
      try {
        return (await this.#wait(send(), unknown)) as readonly Raw[]
      } catch (error) {
        if (error instanceof UnderstudyError) throw error
        trouble = readTrouble(error as Error)
        if (trouble.kind === 'lasting') throw this.#refused(trouble, effect)
        if (trouble.kind === 'refusing') throw this.#unavailable(trouble, effect)
        const wasSent = !(
          error instanceof ErrorReply ||
          error instanceof ClientOfflineError ||
          error instanceof ClientClosedError
        )
        if (wasSent) effect = unknown
      }
      await this.#wait(pause(20), effect, trouble)
    }
  }

  async #wait<Result>(promise: Promise<Result>, effect: string, trouble?: Trouble): Promise<Result> {
    try {
      return await this.#patience.wait(promise)
    } catch (error) {
      if (!(error instanceof OutOfPatience)) throw error
      const { connection } = this.#options
      throw this.#unavailable(connection.isReady ? (trouble ?? silent) : connection.trouble, effect)
    }
  }

  #unavailable(trouble: Trouble, effect: string): UnderstudyError {
    return new UnderstudyError('ERR_STORE_UNAVAILABLE', this.#explain(trouble, effect))
  }

  #refused(trouble: Trouble, effect: string): UnderstudyError {
    return new UnderstudyError('ERR_STORE_REFUSED', this.#explain(trouble, effect))
  }

  #explain({ why, advice }: Trouble, effect: string): string {
    return `The store ${this.#options.shown} cannot be used: ${why}. ${effect} ${advice}`
  }
}

function commitArgs(commit: Commit, limits: Limits): string[] {
  const { log, wipes, clears, reads, writes, snapshots, drops } = commit
  const flags = [
    ...(log === undefined ? ['look'] : []),
    ...(log?.of === 'requests' ? ['request'] : []),
    ...(wipes ? ['wipes'] : []),
    ...(clears ? ['clears'] : []),
  ]
  const args = [flags.join(' '), String(limits.journal), String(limits.worlds), String(limits.grown), log?.text ?? '']
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
