import { UnderstudyError } from '../../core/errors.ts'
import { objectIn } from '../../core/json.ts'
import type { Make } from '../../world/engine.ts'
import type { RedisPlace } from './place.ts'

/** What a Redis tells of a store that is not as it was known. */
export interface Introduction {
  readonly epoch: string
  /** As it was written by who began it. */
  readonly make: string
  /** What the one before had lost; empty where there was none. */
  readonly lost: string
  /** How many commits there are. */
  readonly commits: number
  /** Whether it was begun just now, by who is told of it. */
  readonly isBegun: boolean
}

/** How a store is met. */
export interface KnownStoreOptions {
  readonly place: RedisPlace
  readonly make: Make
  /** Told, in words, what it has lost. */
  readonly onLoss: (what: string) => void
}

/** What a server knows of the store itself: which one it is, and how far it had come. */
export class KnownStore {
  readonly #options: KnownStoreOptions
  #epoch = ''
  /** -1 while it was never met. */
  #commits = -1

  constructor(options: KnownStoreOptions) {
    this.#options = options
  }

  /** What it would be begun with. */
  get make(): string {
    return JSON.stringify(this.#options.make)
  }

  /** Whether it was met. */
  get isKnown(): boolean {
    return this.#commits >= 0
  }

  /** Notes the number of a commit that was made. */
  saw(epoch: string, commit: number): void {
    if (epoch === this.#epoch && commit > this.#commits) this.#commits = commit
  }

  /**
   * Gets to know it as it is now, and tells what it has lost since it was known; gives that back where nobody else has
   * noticed. Throws ERR_STORE_REFUSED for one whose servers are of another make.
   */
  meet({ epoch, make, lost, commits, isBegun }: Introduction): string | undefined {
    const wasKnown = this.isKnown
    // Only one that is written again from an older file has fewer commits than it had.
    const hasGoneBack = epoch === this.#epoch && commits < this.#commits
    const isOther = epoch !== this.#epoch
    this.#epoch = epoch
    this.#commits = commits
    if (hasGoneBack) this.#tell('its latest changes', 'It goes on from what it had before')
    else if (wasKnown && isOther) this.#tell(lost === '' ? 'what it held' : lost, 'All its worlds begin anew')
    const differences = this.#differences(make)
    if (differences.length === 0) return hasGoneBack ? 'its latest changes' : isBegun && wasKnown ? lost : undefined
    const { shown, beside } = this.#options.place
    throw new UnderstudyError(
      'ERR_STORE_REFUSED',
      `The store ${shown} belongs to servers of another kind: ${differences.join('; ')}. Start this one as those were, or begin another store beside it: --store ${beside}`,
    )
  }

  #tell(lost: string, so: string): void {
    const why = 'Does it evict keys (maxmemory-policy), was it emptied, or is not all of it written to its disk?'
    this.#options.onLoss(`The store ${this.#options.place.shown} has lost ${lost}. ${so}. ${why}`)
  }

  #differences(text: string): string[] {
    const own = this.#options.make
    const { version, mutants } = objectIn(text)
    const theirs = Array.isArray(mutants) ? mutants.map(String) : []
    const [left, right] = [theirs.join(', '), own.mutants.join(', ')]
    return [
      ...(version === own.version
        ? []
        : [`there ${version === undefined ? 'an older version' : `version ${String(version)}`}, here ${own.version}`]),
      ...(left === right ? [] : [`there ${nameMutants(left)}, here ${nameMutants(right)}`]),
    ]
  }
}

function nameMutants(ids: string): string {
  return ids === '' ? 'no mutant' : `--mutant ${ids}`
}
