import type { PersonFacts, SeedStart } from '../core/api.ts'
import { isJsonObject, type JsonObject } from '../core/json.ts'
import { createRandom, type Random } from '../core/random.ts'

/** Who is being made up, or read from a scenario. */
export interface Maker {
  readonly name: string
  /** What a scenario says; nothing of who is made up. */
  readonly spec: JsonObject
  /** The server's time. */
  readonly now: number
  /** Chance that depends on the world's seed, the user and the purpose, so that no blank depends on another. */
  readonly draw: (purpose?: string) => Random
  /** The name and the address that fill blanks. */
  readonly person: () => PersonName
}

/** The name and the address of somebody. */
export interface PersonName {
  readonly firstName: string
  readonly lastName: string
  readonly email: string
}

/** Reads a user from a scenario; `id` tells the user from every other of the API. One name is one person everywhere. */
export function makerFrom(start: SeedStart, api: string, name: string, spec: JsonObject, id: string = name): Maker {
  const { seed, now } = start
  return {
    name,
    spec,
    now,
    draw: (purpose) => createRandom([seed, api, id, ...(purpose === undefined ? [] : [purpose])].join(':')),
    person: () => {
      const person = start.answer({ kind: 'person', seed: `${seed}:${name}` })
      const { firstName, lastName, email } = isJsonObject(person) ? person : {}
      return { firstName: String(firstName), lastName: String(lastName), email: String(email) }
    },
  }
}

/** Makes up a user of whom nobody has said more than this, the same each time. */
export function standIn(name: string, now: number, spec: JsonObject = {}, lastName = ''): Maker {
  return {
    name,
    spec,
    now,
    draw: (purpose = '') => createRandom(`${name}:${purpose}`),
    person: () => ({ firstName: name, lastName, email: `${name}@example.com` }),
  }
}

/** First and last name, as far as there are any. */
export function fullName({ firstName, lastName }: Pick<PersonFacts, 'firstName' | 'lastName'>): string {
  return [firstName, lastName].filter((part) => part !== undefined && part !== '').join(' ')
}
