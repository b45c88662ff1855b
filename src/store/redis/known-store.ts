import { UnderstudyError } from '../../core/errors.ts'
import { asObject, objectIn, type JsonObject } from '../../core/json.ts'
import { apiParts } from '../api-make.ts'
import type { Make } from '../shared-store.ts'
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
  /** Marks the last time that it went back to what it had before; empty if it never has. */
  readonly turned: string
  /** Whether who is told of it is the first to notice what it has lost. */
  readonly isFirst: boolean
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
  #turned = ''
  #commits = 0

  constructor(options: KnownStoreOptions) {
    this.#options = options
  }

  /** What it would be begun with. */
  get make(): string {
    return JSON.stringify(this.#options.make)
  }

  /** Which one it is, in its own word; empty while it was never met. */
  get epoch(): string {
    return this.#epoch
  }

  /** The latest commit that was seen. A store with fewer has lost some. */
  get commits(): number {
    return this.#commits
  }

  /** Notes the number of a commit that was made, or seen. */
  saw(epoch: string, commit: number): void {
    if (epoch === this.#epoch && commit > this.#commits) this.#commits = commit
  }

  /**
   * Gets to know it as it is now, and tells what it has lost since it was known; gives that back where nobody else has
   * noticed. Throws ERR_STORE_REFUSED for one whose servers are of another make.
   */
  meet({ epoch, make, lost, turned, commits, isFirst }: Introduction): string | undefined {
    const missed = this.#missed(epoch, lost, turned)
    this.#epoch = epoch
    this.#turned = turned
    this.#commits = commits
    if (missed !== undefined) this.#options.onLoss(missed.sentence)
    const differences = this.#differences(make)
    if (differences.length === 0) return isFirst ? missed?.what : undefined
    const { shown, beside } = this.#options.place
    throw new UnderstudyError(
      'ERR_STORE_REFUSED',
      `The store ${shown} belongs to servers of another kind: ${differences.join('; ')}. Start this one as those were, or begin another store beside it: --store ${beside}`,
    )
  }

  #missed(epoch: string, lost: string, turned: string): { what: string; sentence: string } | undefined {
    const isOther = epoch !== this.#epoch
    if (this.#epoch === '' || (!isOther && turned === this.#turned)) return undefined
    const [what, so] = isOther
      ? [lost === '' ? 'what it held' : lost, 'All its worlds begin anew']
      : ['its latest changes', 'It goes on from what it had before']
    const why = 'Does it evict keys (maxmemory-policy), was it emptied, or is not all of it written to its disk?'
    return { what, sentence: `The store ${this.#options.place.shown} has lost ${what}. ${so}. ${why}` }
  }

  #differences(text: string): string[] {
    const own = this.#options.make
    const { version, mutants, apis } = objectIn(text)
    const theirs = Array.isArray(mutants) ? mutants.map(String) : []
    const [left, right] = [theirs.join(', '), own.mutants.join(', ')]
    return [
      ...(version === own.version
        ? []
        : [`there ${version === undefined ? 'an older version' : `version ${String(version)}`}, here ${own.version}`]),
      ...(left === right ? [] : [`there ${nameMutants(left)}, here ${nameMutants(right)}`]),
      ...apiDifferences(asObject(apis), own.apis),
    ]
  }
}

/** What differs in the APIs that are none of this package: which there are, or what of each. */
function apiDifferences(theirs: JsonObject, ours: Make['apis']): string[] {
  const ids = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].toSorted()
  return ids.flatMap((id) => {
    const [there, here] = [theirs[id], ours[id]]
    if (there === undefined) return [`there no API ${id}, here there is one`]
    if (here === undefined) return [`there the API ${id}, here there is none`]
    const parts = apiParts.filter((part) => asObject(there)[part] !== here[part])
    return parts.length === 0 ? [] : [`the API ${id} has other ${parts.join(', ')} there than here`]
  })
}

function nameMutants(ids: string): string {
  return ids === '' ? 'no mutant' : `--mutant ${ids}`
}
