import type { Journey, JourneyStep } from '../../core/journey.ts'
import type { Kit } from '../../core/kit.ts'
import { actorOf } from '../journeys/actor.ts'
import type { StateWord, Word } from './word.ts'

/** One thing that is done in a sequence: a request, a wait, or a state that is arranged. */
export type Move =
  | { readonly do: 'ask'; readonly word: Word; readonly role: string; readonly session: SessionNumber }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'arrange'; readonly state: StateWord; readonly role: string }

/** In which of the sessions of the one who asks, counted from 1; 0 is none. */
export type SessionNumber = number

/** Who may play in sequences, and what they may name. */
export interface Company {
  readonly kit: Kit
  /** Roles that there are accounts of. */
  readonly roles: readonly string[]
  /** Names of values that an administrator's settings give. */
  readonly given: readonly string[]
}

const ofAccounts = ['username', 'password', 'pin', 'wrongPin']

/** A sequence as it is made, or as a journey is made of it: what can be named at its end. */
export class Unfolding {
  readonly steps: JourneyStep[] = []
  readonly cast: { [actor: string]: string } = {}
  readonly #stage: Company
  readonly #names = new Set<string>()
  readonly #codesOf = new Set<string>()
  readonly #open = new Set<string>()
  readonly #back = new Map<string, JourneyStep>()

  constructor(stage: Company) {
    this.#stage = stage
    for (const name of stage.given) this.#names.add(name)
  }

  /** Whether everything that a word names is known by now. */
  canSay({ names }: Pick<Word, 'names'>, role: string): boolean {
    const { kit, roles } = this.#stage
    const facts = Object.keys(kit.roles[role]?.facts ?? {})
    return names.every(
      (name) =>
        ofAccounts.includes(name) ||
        this.#names.has(name) ||
        facts.includes(name) ||
        (name === 'usedPin' && this.#codesOf.has(role)) ||
        roles.some((other) => isNameOf(other, name)),
    )
  }

  /** Does a move, unless it names what nobody knows: then there is nothing of it to do. */
  add(move: Move): boolean {
    switch (move.do) {
      case 'wait':
        this.steps.push({ do: 'wait', for: move.ms })
        return true
      case 'arrange': {
        const { state } = move
        // What a state names is of whoever played first.
        const role = Object.values(this.cast)[0] ?? move.role
        if (!this.canSay(state, role)) return false
        this.#join(role)
        this.#back.set(JSON.stringify(state.back), state.back)
        this.steps.push(state.step)
        return true
      }
      case 'ask':
        if (!this.canSay(move.word, move.role)) return false
        this.#ask(move)
        return true
    }
  }

  #ask({ word, role, session }: Move & { readonly do: 'ask' }): void {
    const actor = this.#join(role)
    for (const other of this.#stage.roles) if (word.names.some((name) => isNameOf(other, name))) this.#join(other)
    const name = session > 1 ? `${actor}${session}` : actor
    if (session > 0 && !this.#open.has(name)) {
      this.#open.add(name)
      this.steps.push({ do: 'open', session: name, as: actor })
    }
    if (word.names.includes('pin')) this.#codesOf.add(role)
    for (const captured of Object.keys(word.request.capture ?? {})) this.#names.add(captured)
    this.steps.push({ do: 'send', ...(session === 0 ? {} : { in: name }), as: actor, ...word.request })
  }

  #join(role: string): string {
    const actor = actorOf(role)
    this.cast[actor] = role
    return actor
  }

  /** The journey, which takes back what it arranged. */
  journey(id: string, title: string): Journey {
    const last = JSON.stringify(this.steps.findLast((step) => step.do === 'arrange'))
    const back = [...this.#back].flatMap(([key, step]) => (key === last ? [] : [step]))
    return { id, title, cast: { ...this.cast }, steps: [...this.steps, ...back] }
  }
}

/** The journey of some moves; those that cannot be done are left out. */
export function toJourney(stage: Company, moves: readonly Move[], id: string, title = 'found by exploring'): Journey {
  const unfolding = new Unfolding(stage)
  for (const move of moves) unfolding.add(move)
  return unfolding.journey(id, title)
}

function isNameOf(role: string, name: string): boolean {
  return name === `${actorOf(role)}Username` || name === `${actorOf(role)}Password`
}
