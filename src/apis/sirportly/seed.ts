import type { Seed, SeedStart } from '../../core/api.ts'
import { createRandom, type Random } from '../../core/random.ts'
import { crowdNames, crowdNumber } from '../../model/crowd.ts'
import { makerFrom } from '../../model/maker.ts'
import { accountOf, type AccountSpec, type Section, type UserSpec } from './section.ts'
import type { Settings } from './settings.ts'
import { accounts, lock, namesakes, userIdOf, users, type AccountRecord, type Namesakes, type User } from './state.ts'
import { userFacts } from './user-facts.ts'

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
      for (const username of crowd.names()) yield users.key(crowd.idOf(username))
      for (const username of ids.keys()) yield namesakes.key(username)
      for (const username of crowd.names()) if (!ids.has(username)) yield namesakes.key(username)
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
      const number = spec.id ?? freeNumber(createRandom(`${seedNumber}:sirportly:${id}:id`), taken)
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

  /** The names of those who are not written down. */
  names(): Iterable<string> {
    return crowdNames(this.#size, (username) => this.#written.has(this.idOf(username)))
  }

  idOf(username: string): string {
    return userIdOf(this.#account, username)
  }

  idsOf(username: string): readonly string[] {
    const id = this.idOf(username)
    return crowdNumber(username, this.#size) === undefined || this.#written.has(id) ? [] : [id]
  }

  user(id: string): Placed | undefined {
    const username = id.slice(this.idOf('').length)
    const number = id === this.idOf(username) ? crowdNumber(username, this.#size) : undefined
    if (number === undefined) return undefined
    return { ...member, username, account: this.#account, id: mostWrittenDown + number }
  }
}

const member = {
  apiAccess: true,
  timeZone: 'London',
  activated: true,
  permissions: { admin: false, reporting: true, tickets: true },
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

function seedUser(spec: Placed, settings: Settings, start: SeedStart): User {
  const { twoFactor = {}, ...told } = spec
  const id = userIdOf(spec.account, spec.username)
  const user = userFacts.make(makerFrom(start, 'sirportly', spec.username, { ...told, ...twoFactor }, id))
  return user.secondFactor === 'set-up' ? lock.seed(user, twoFactor, settings, start.now) : user
}
