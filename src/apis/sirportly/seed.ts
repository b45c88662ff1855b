import type { Seed, SeedStart } from '../../core/api.ts'
import { momentAt } from '../../core/field.ts'
import { isJsonObject, type Json } from '../../core/json.ts'
import { alphabets, createRandom, type Random } from '../../core/random.ts'
import { accountOf, type AccountSpec, type Section, type TwoFactorSpec, type UserSpec } from './section.ts'
import type { Settings } from './settings.ts'
import { accounts, lock, namesakes, userIdOf, users, type AccountRecord, type Namesakes, type User } from './state.ts'

/** The records at the start: the settings, the accounts, the users, and who has which name. */
export function seed(given: Section, start: SeedStart): Seed {
  const settings = settingsOf(given)
  const written = writtenDown(given, start.seed)
  const crowd = new Crowd(given, written)
  const ids = new Map<string, string[]>()
  for (const [id, { username }] of written) {
    const sharing = ids.get(username)
    if (sharing === undefined) ids.set(username, [id])
    else sharing.push(id)
  }
  return {
    *keys() {
      yield 'settings'
      for (const permalink of Object.keys(given.accounts)) yield accounts.key(permalink)
      for (const id of written.keys()) yield users.key(id)
      for (const { id } of crowd.members()) yield users.key(id)
      for (const username of ids.keys()) yield namesakes.key(username)
      for (const { username } of crowd.members()) if (!ids.has(username)) yield namesakes.key(username)
    },
    get(key) {
      if (key === 'settings') return settings
      const [permalink, id, username] = [accounts.idIn(key), users.idIn(key), namesakes.idIn(key)]
      if (permalink !== undefined) {
        const spec = Object.hasOwn(given.accounts, permalink) ? given.accounts[permalink] : undefined
        return spec === undefined ? undefined : seedAccount(permalink, spec)
      }
      if (id !== undefined) {
        const spec = written.get(id) ?? crowd.user(id)
        return spec === undefined ? undefined : seedUser(spec, settings, start)
      }
      if (username !== undefined) return toNamesakes([...(ids.get(username) ?? []), ...crowd.idsOf(username)])
      return undefined
    },
  }
}

/** A user with what does not depend on the second factor or the clock filled in. */
type Placed = UserSpec & { readonly id: number; readonly account: string }

/** The users by their ids, each with a number of its own. */
function writtenDown(given: Section, seedNumber: number): Map<string, Placed> {
  const [firstAccount] = Object.keys(given.accounts)
  const taken = new Set(given.users.flatMap(({ id }) => (id === undefined ? [] : [id])))
  return new Map(
    given.users.map((spec): [string, Placed] => {
      const account = accountOf(spec, firstAccount) as string
      const id = userIdOf(account, spec.username)
      const number = spec.id ?? freeNumber(draw(seedNumber, id, 'id'), taken)
      taken.add(number)
      return [id, { ...spec, account, id: number }]
    }),
  )
}

/** Numbers of the crowd come after these. */
const mostWrittenDown = 1_000_000

function freeNumber(random: Random, taken: ReadonlySet<number>): number {
  for (;;) {
    const number = 1 + random.below(mostWrittenDown)
    if (!taken.has(number)) return number
  }
}

const crowdPrefix = 'crowd-'

/** The further users, who are numbers until somebody asks for them. */
class Crowd {
  readonly #account: string
  readonly #size: number
  readonly #written: ReadonlyMap<string, Placed>

  constructor(given: Section, written: ReadonlyMap<string, Placed>) {
    this.#account = Object.keys(given.accounts)[0] ?? ''
    this.#size = given.crowd
    this.#written = written
  }

  /** Those who are not written down. */
  *members(): Iterable<{ readonly id: string; readonly username: string }> {
    for (let number = 1; number <= this.#size; number++) {
      const username = `${crowdPrefix}${number}`
      const id = userIdOf(this.#account, username)
      if (!this.#written.has(id)) yield { id, username }
    }
  }

  idsOf(username: string): readonly string[] {
    const id = userIdOf(this.#account, username)
    return this.#numberOf(username) === undefined || this.#written.has(id) ? [] : [id]
  }

  user(id: string): Placed | undefined {
    const start = `${this.#account}/`
    const username = id.slice(start.length)
    const number = id.startsWith(start) ? this.#numberOf(username) : undefined
    if (number === undefined) return undefined
    return {
      username,
      account: this.#account,
      id: mostWrittenDown + number,
      apiAccess: true,
      timeZone: 'London',
      activated: true,
      permissions: { admin: false, reporting: true, tickets: true },
    }
  }

  #numberOf(username: string): number | undefined {
    if (!username.startsWith(crowdPrefix)) return undefined
    const digits = username.slice(crowdPrefix.length)
    return /^[1-9][0-9]*$/.test(digits) && Number(digits) <= this.#size ? Number(digits) : undefined
  }
}

function settingsOf(given: Section): Settings {
  const { accounts: _accounts, users: _users, crowd: _crowd, ...settings } = given
  return settings
}

function toNamesakes(ids: readonly string[]): Namesakes | undefined {
  return ids.length === 0 ? undefined : { ids }
}

function seedAccount(permalink: string, { name, domain, enabled, allowFrom }: AccountSpec): AccountRecord {
  return {
    permalink,
    name: name ?? permalink,
    domain: domain ?? `${permalink}.sirportly.example`,
    enabled,
    allowFrom,
  }
}

/** Drawn by the scenario's seed, the user and the purpose, so that no blank depends on another. */
function draw(seedNumber: number, id: string, purpose: string): Random {
  return createRandom(`${seedNumber}:sirportly:${id}:${purpose}`)
}

function seedUser(spec: Placed, settings: Settings, start: SeedStart): User {
  const { account, username, id, timeZone, activated, permissions, apiAccess } = spec
  const about = userIdOf(account, username)
  const user: User = {
    id,
    account,
    username,
    password: spec.password ?? username,
    ...nameOf(spec, start),
    timeZone,
    createdAt:
      spec.createdAt === undefined
        ? someDay(draw(start.seed, about, 'createdAt'))
        : momentAt(spec.createdAt, start.now),
    activated,
    inviteCode: spec.inviteCode ?? null,
    permissions,
    apiAccess,
    apiToken: tokenOf(spec, draw(start.seed, about, 'apiToken')),
    ...secondFactorOf(spec.twoFactor, draw(start.seed, about, 'totp')),
    failures: 0,
    lock: null,
  }
  return user.secondFactor === 'set-up' ? lock.seed(user, spec.twoFactor ?? {}, settings, start.now) : user
}

function secondFactorOf(spec: TwoFactorSpec | undefined, random: Random): Pick<User, 'secondFactor' | 'code' | 'totp'> {
  if (spec?.code === undefined && spec?.totp === undefined) {
    return { secondFactor: spec?.required === true ? 'missing' : 'none' }
  }
  const { code, totp } = spec
  return {
    secondFactor: 'set-up',
    ...(code === undefined ? {} : { code }),
    ...(totp === undefined ? {} : { totp: { secret: totp.secret ?? random.text(32, alphabets.base32) } }),
  }
}

/** A second of the years in which help desks moved into the cloud. */
function someDay(random: Random): number {
  const [start, seconds] = [1_325_376_000_000, 315_360_000]
  return start + random.below(seconds) * 1000
}

const lowerHex = '0123456789abcdef'
const lowerAlphanumeric = '0123456789abcdefghijklmnopqrstuvwxyz'

function tokenOf({ apiToken }: UserSpec, random: Random): User['apiToken'] {
  const token = [8, 4, 4, 4, 12].map((length) => random.text(length, lowerHex)).join('-')
  const secret = random.text(52, lowerAlphanumeric)
  return { token: apiToken?.token ?? token, secret: apiToken?.secret ?? secret }
}

function nameOf(spec: UserSpec, start: SeedStart): Pick<User, 'firstName' | 'lastName' | 'emailAddress'> {
  const { firstName, lastName, emailAddress } = spec
  if (firstName !== undefined && lastName !== undefined && emailAddress !== undefined) {
    return { firstName, lastName, emailAddress }
  }
  // By the name alone, so that one name is one person in every account.
  const person: Json = start.answer({ kind: 'person', seed: `${start.seed}:${spec.username}` })
  const made = isJsonObject(person) ? person : {}
  return {
    firstName: firstName ?? String(made['firstName']),
    lastName: lastName ?? String(made['lastName']),
    emailAddress: emailAddress ?? String(made['email']),
  }
}
