import type { JsonObject } from '../../core/json.ts'
import type { Account } from '../../core/kit.ts'
import { alphabets, createRandom, type Random } from '../../core/random.ts'
import { SecretReplacer } from '../../scenario/replace-secrets.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import { isMasked, type Met, type MetPerson } from './met-person.ts'

/** What somebody may be. */
export interface PersonGuess {
  readonly role: string
  /** Which of the texts that were sent is right, if any of them. */
  readonly password?: string
  readonly code?: string
  /** An authenticator app shows the codes. */
  readonly hasApp?: true
  /** Wrong codes from before the recording. */
  readonly failures?: number
  /** Exchanges in which a masked code was none. */
  readonly malformed?: readonly number[]
  /** Facts that are not as they were met last. */
  readonly facts?: JsonObject
}

/** What a server may be, and the people on it. */
export interface Explanation {
  readonly settings: JsonObject
  readonly people: { readonly [username: string]: PersonGuess }
}

/** What stands for the secrets of a recording, wherever it is played again. */
export class StandIns {
  readonly #replacer: SecretReplacer
  readonly #random: Random
  readonly #isKept: boolean
  readonly #made = new Map<string, { password: string; pin: string; app: string; wrong: string }>()

  /** With `isKept` the secrets stand for themselves. */
  constructor(isKept: boolean) {
    this.#isKept = isKept
    this.#replacer = new SecretReplacer('recorded')
    this.#random = createRandom('recorded people')
  }

  /** What is written, and sent, for a secret that is right. */
  of(secret: string): string {
    return this.#isKept ? secret : this.#replacer.replacement(secret)
  }

  /** What somebody has of whom no secret was seen: nothing that was sent. */
  unseen(person: MetPerson): {
    readonly password: string
    readonly pin: string
    readonly app: string
    readonly wrong: string
  } {
    const known = this.#made.get(person.username)
    if (known !== undefined) return known
    const length = [...person.codes.keys()].find((code) => /^\d+$/.test(code))?.length ?? 6
    const draw = (size: number, alphabet: string): string => {
      const text = this.#random.text(size, alphabet)
      return person.codes.has(text) || person.passwords.has(text) ? draw(size + 1, alphabet) : text
    }
    const made = {
      password: draw(12, alphabets.alphanumeric),
      pin: draw(length, alphabets.digits),
      app: draw(32, alphabets.base32),
      wrong: draw(length, alphabets.digits),
    }
    this.#made.set(person.username, made)
    return made
  }
}

/** The password as it is written and sent. */
export function passwordOf(person: MetPerson, { password }: PersonGuess, standIns: StandIns): string {
  if (password === undefined || isMasked(password)) return standIns.unseen(person).password
  // The username tells nothing.
  return password === person.username ? password : standIns.of(password)
}

/** The same of a code that never changes. */
export function pinOf(person: MetPerson, { code }: PersonGuess, standIns: StandIns): string {
  return code === undefined || isMasked(code) ? standIns.unseen(person).pin : standIns.of(code)
}

/** Somebody as the kit writes people. */
export function explainedAccount(api: CheckedApi, person: MetPerson, guess: PersonGuess, standIns: StandIns): Account {
  const { role, failures, hasApp } = guess
  const { isLocked, hasNoCode } = api.kit.roles[role] ?? {}
  const code =
    hasApp === true ? { totp: { secret: standIns.unseen(person).app } } : { pin: pinOf(person, guess, standIns) }
  return {
    role,
    username: person.username,
    password: passwordOf(person, guess, standIns),
    ...(hasNoCode === true || api.kit.lockout === undefined ? {} : code),
    facts: {
      ...person.facts,
      ...guess.facts,
      ...(failures === undefined || failures === 0 ? {} : { failures }),
      ...(isLocked === true && person.until !== undefined ? { until: person.until } : {}),
    },
  }
}

/** The section of a scenario that a guess comes to. */
export function explainedSection(api: CheckedApi, met: Met, guess: Explanation, standIns: StandIns): JsonObject {
  return { ...guess.settings, ...explainedPeople(api, met, guess, guess.settings, standIns) }
}

/** The part of it that has the people, and what the kit's section takes of the settings. */
export function explainedPeople(
  api: CheckedApi,
  met: Met,
  guess: Explanation,
  settings: JsonObject,
  standIns: StandIns,
): JsonObject {
  const accounts = met.people.flatMap((person) => {
    const about = guess.people[person.username]
    return about === undefined ? [] : [explainedAccount(api, person, about, standIns)]
  })
  return api.kit.section(accounts, settings)
}

/** Roles that somebody may have whose facts are known. */
export function rolesFor({ kit }: CheckedApi, { facts }: MetPerson): string[] {
  return Object.entries(kit.roles).flatMap(([name, role]) => {
    // Who may be locked is otherwise like those who may not.
    if (name === kit.lockout?.role) return []
    return Object.keys(role.facts ?? {}).every((fact) => Object.hasOwn(facts, fact)) ? [name] : []
  })
}

/** What is thought at first: the defaults, and that what let somebody in was right. */
export function firstGuess(api: CheckedApi, met: Met, settings: JsonObject): Explanation {
  const people = met.people.flatMap((person): [string, PersonGuess][] => {
    const [role] = rolesFor(api, person)
    if (role === undefined) return []
    const right = (secrets: MetPerson['codes']): string | undefined =>
      [...secrets.values()].find(({ taken }) => taken.length > 0)?.text
    // Whoever was never let in was maybe kept out for another reason.
    const password = right(person.passwords) ?? [...person.passwords.keys()][0]
    const code = right(person.codes)
    return [
      [
        person.username,
        { role, ...(password === undefined ? {} : { password }), ...(code === undefined ? {} : { code }) },
      ],
    ]
  })
  return { settings, people: Object.fromEntries(people) }
}
