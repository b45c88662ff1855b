import type { Json, JsonObject } from '../../core/json.ts'
import { weightOf, type PlayedGuess, type UnlikeAnswer } from './replay.ts'

/** What is known once a setting has been read, or at the end of what was played. */
interface Node {
  /** Answers that were unlike so far. */
  unlike: readonly UnlikeAnswer[]
  /** The setting that is read next; undefined where no further one was. */
  next: string | undefined
  /** The last exchange that was played; Infinity where all were. */
  reached: number
  readonly by: Map<string, Node>
}

/**
 * What came of the guesses that were played. Two guesses with the same people come to the same as long as they agree in the
 * settings that are read, so that most guesses need not be played.
 */
export class Outcomes {
  readonly #roots = new Map<string, Node>()

  /** What a guess comes to, if that is known; at least until it weighs more than `most`, or up to an exchange. */
  find(people: string, settings: JsonObject, most: number, until: number): readonly UnlikeAnswer[] | undefined {
    let node = this.#roots.get(people)
    while (node !== undefined) {
      const first = firstOf(node.unlike, most)
      if (first.length < node.unlike.length || weightOf(first) > most) return first
      if (node.next === undefined && node.reached >= until) return first
      if (node.next === undefined) return undefined
      node = node.by.get(keyOf(settings[node.next]))
    }
    return undefined
  }

  note(people: string, settings: JsonObject, { unlike, reads, reached }: PlayedGuess): void {
    let node = this.#roots.get(people) ?? blank()
    this.#roots.set(people, node)
    for (const [name, soFar] of reads) {
      if (node.next === undefined) {
        node.next = name
        node.unlike = unlike.slice(0, soFar)
      }
      const key = keyOf(settings[name])
      const child = node.by.get(key) ?? blank()
      node.by.set(key, child)
      node = child
    }
    if (node.next !== undefined || node.reached > reached) return
    node.unlike = unlike
    node.reached = reached
  }
}

/** No more answers than it takes to weigh more. */
function firstOf(unlike: readonly UnlikeAnswer[], most: number): readonly UnlikeAnswer[] {
  const end = unlike.findIndex((_, index) => weightOf(unlike.slice(0, index + 1)) > most)
  return end === -1 ? unlike : unlike.slice(0, end + 1)
}

function blank(): Node {
  return { unlike: [], next: undefined, reached: 0, by: new Map() }
}

function keyOf(value: Json | undefined): string {
  return JSON.stringify(value ?? null)
}
