import { setTimeout as pause } from 'node:timers/promises'
import { ClientClosedError, ClientOfflineError, ErrorReply } from '@redis/client'
import { UnderstudyError } from '../../core/errors.ts'
import type { Anew, Commit, StoreCall, Held, Loading, Loads, CommitResult } from '../shared-store.ts'
import { OutOfPatience, Deadline } from './deadline.ts'
import { commitScript } from './commit-script.ts'
import type { Raw, RedisConnection } from './connection.ts'
import { commitArgs, type Retention } from './commit-args.ts'
import type { KnownStore } from './known-store.ts'
import { loadScript } from './load-script.ts'
import type { RedisPlace } from './place.ts'
import { readers, toHeld } from './replies.ts'
import { readTrouble, storeError, silent, tooLate, unavailable, type Trouble } from './trouble.ts'

/** What a caller waits for, and how long. */
export interface CallOptions {
  readonly connection: RedisConnection
  readonly known: KnownStore
  readonly place: RedisPlace
  readonly limits: Retention
  readonly patienceMs: number
  readonly nextName: () => string
}

/** So long after a commit's last moment its caller is told that it was not made: clocks may differ by that. */
const marginMs = 100

/** One caller's questions to Redis. They are asked again over broken connections while there is patience. */
export class RedisCall implements StoreCall {
  readonly #options: CallOptions
  readonly #patience: Deadline

  constructor(options: CallOptions) {
    this.#options = options
    this.#patience = new Deadline(options.patienceMs)
  }

  async commit(commit: Commit): Promise<CommitResult> {
    const { connection, known, place, nextName, limits } = this.#options
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
    if (kind === 'late') throw unavailable(place, tooLate, 'Nothing was changed.')
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
    const { connection, place } = this.#options
    let effect = 'Nothing was changed.'
    let trouble: Trouble | undefined
    for (;;) {
      await this.#wait(connection.ready(), effect, trouble)
      if (connection.trouble.kind === 'lasting') throw storeError(place, connection.trouble, effect)
      const unknown = changes ? 'It is not known whether the request was carried out.' : effect
      try {
        return (await this.#wait(send(), unknown)) as readonly Raw[]
      } catch (error) {
        if (error instanceof UnderstudyError) throw error
        trouble = readTrouble(error as Error)
        if (trouble.kind === 'lasting') throw storeError(place, trouble, effect)
        if (trouble.kind === 'refusing') throw unavailable(place, trouble, effect)
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
      const { connection, place } = this.#options
      throw unavailable(place, connection.isReady ? (trouble ?? silent) : connection.trouble, effect)
    }
  }
}
