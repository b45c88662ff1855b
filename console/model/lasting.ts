import { batch, signal, type Signal } from '@preact/signals'
import type { Problem } from '../server/problem.ts'
import type { ApiView, JsonObject } from '../server/types.ts'
import { tryUser } from './actions.ts'
import { toast } from './messages.ts'

/** The words that say how long a lock lasts. */
export const lastingWords = ['for', 'until'] as const
export type LastingWord = (typeof lastingWords)[number]

/** The state of an API that lasts for a while, if it has one. */
export function lockOf(api: ApiView): string | undefined {
  if (!lastingWords.every((word) => word in api.fields.user)) return undefined
  return api.fields.states.find((state) => state === 'blocked' || state === 'locked')
}

/** What is written beside a user of how long a lock is to last, and what is wrong with it. */
export class Lasting {
  readonly written: Signal<{ readonly [word in LastingWord]: string }> = signal({ for: '', until: '' })
  readonly wrong: Signal<ReadonlyMap<string, string>> = signal(new Map())

  write(word: LastingWord, text: string): void {
    batch(() => {
      this.written.value = { ...this.written.peek(), [word]: text }
      this.wrong.value = new Map()
    })
  }

  clear(): void {
    for (const word of lastingWords) this.write(word, '')
  }

  /** Puts a user into a state, a lock for as long as is written, or for `forSoLong`. */
  async force(api: ApiView, username: string, state: string, forSoLong?: string): Promise<void> {
    const isLock = state === lockOf(api)
    const written = forSoLong === undefined ? this.written.peek() : { for: forSoLong, until: '' }
    const body: { [name: string]: JsonObject[string] } = { state }
    for (const word of lastingWords) if (isLock && written[word].trim() !== '') body[word] = written[word].trim()
    const problem = await tryUser(api.id, username, body)
    this.wrong.value = new Map()
    if (problem === undefined || problem.status === 401) return
    if (this.#isOurs(problem)) this.wrong.value = problem.byField(lastingWords, 'for')
    else toast('bad', problem.title, problem.message)
  }

  #isOurs({ issues }: Problem): boolean {
    return issues.some(({ path: [first] }) => lastingWords.some((word) => word === first))
  }
}
