import type { Identity, PersonFacts, Seed, SeedStart } from '../../core/api.ts'
import type { Issue } from '../../core/errors.ts'
import { choice, duration, integer, map, moment, object, text } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts'
import { nearestWord } from '../../core/nearest.ts'
import { alphabets, createRandom } from '../../core/random.ts'
import { totpSecret } from '../../core/totp-secret.ts'
import { settingFields, type Settings } from './settings.ts'
import { block, factor, noLogins, users, type User } from './state.ts'
import { pinPattern } from './users.ts'

/** A user as a scenario writes it. */
export type UserSpec = Infer<typeof userSpec>

/** The `secure-login` part of a scenario. */
export type Section = Infer<typeof section>

const userSpec = {
  state: choice(['enter', 'bypass', 'onboarding', 'blocked'], {
    about: 'what /user answers at the start',
    default: 'enter',
  }),
  pin: text({
    about: 'a fixed PIN; six digits by seed if blank',
    pattern: pinPattern,
    shape: 'made of digits only',
    secret: true,
    optional: true,
  }),
  totp: object(
    {
      secret: totpSecret({ about: 'the secret, in Base32 or as otpauth:// address; by seed if blank', optional: true }),
    },
    {
      about: 'time-based PINs (RFC 6238: 6 digits, 30 s) instead of a fixed one',
      optional: true,
    },
  ),
  password: text({ about: "the first factor's password; the username if blank", secret: true, optional: true }),
  failures: integer({ about: 'wrong PINs counted so far', default: 0, min: 0 }),
  for: duration({ about: 'how long a block lasts; blockFor if blank', optional: true, min: 1 }),
  until: moment({ about: 'when a block ends, instead of `for`', optional: true }),
  displayName: text({ about: 'made up by seed if blank', optional: true }),
  emailAddress: text({ about: 'made up by seed if blank', optional: true }),
}

export const section = {
  ...settingFields,
  users: map(object(userSpec, { about: 'a user' }), { about: 'the users, by username', default: {} }),
  crowd: integer({
    about: 'so many further users crowd-1, crowd-2, …, made when first met',
    default: 0,
    min: 0,
    max: 10_000_000,
  }),
}

/** A person's name and address are told as Jira tells them. */
export const identity: Identity = {
  fields: userSpec,
  add: (given, people) => {
    const written = given['users'] ?? {}
    if (!isJsonObject(written)) return given
    const added = people.map(({ username, facts, spec }) => [username, { ...toldOf(facts), ...spec }] as const)
    return { ...given, users: Object.fromEntries([...Object.entries(written), ...added]) }
  },
}

function toldOf({ firstName, lastName, email }: PersonFacts): JsonObject {
  const displayName = [firstName, lastName].filter((part) => part !== undefined).join(' ')
  return {
    ...(displayName === '' ? {} : { displayName }),
    ...(email === undefined ? {} : { emailAddress: email }),
  }
}

const crowdPrefix = 'crowd-'

/** What is wrong with a section although each member fits by itself. */
export function* sectionIssues(given: Section): Iterable<Issue> {
  for (const [username, spec] of Object.entries(given.users)) {
    for (const issue of userIssues(spec, given)) yield { ...issue, path: ['users', username, ...issue.path] }
  }
  if (given.defaultUser !== undefined && !Object.hasOwn(given.users, given.defaultUser)) {
    const nearest = nearestWord(given.defaultUser, Object.keys(given.users))
    const message = `"${given.defaultUser}" is not one of the users.`
    yield { path: ['defaultUser'], message, ...(nearest === undefined ? {} : { nearest }) }
  }
}

function userIssues(spec: UserSpec, settings: Settings): readonly Issue[] {
  return [...factor.issues({ code: spec.pin, totp: spec.totp }), ...block.issues(spec, settings)]
}

/** The records at the start: the settings, the users written down, and the crowd. */
export function seed(given: Section, start: SeedStart): Seed {
  const settings = settingsOf(given)
  return {
    *keys() {
      yield 'settings'
      for (const username of Object.keys(given.users)) yield users.key(username)
      for (let number = 1; number <= given.crowd; number++) {
        const username = `${crowdPrefix}${number}`
        if (!Object.hasOwn(given.users, username)) yield users.key(username)
      }
    },
    get(key) {
      if (key === 'settings') return settings
      if (!key.startsWith('user:')) return undefined
      const username = key.slice('user:'.length)
      const spec = Object.hasOwn(given.users, username) ? given.users[username] : crowdMember(username, given.crowd)
      return spec === undefined ? undefined : seedUser(username, spec, settings, start)
    },
  }
}

function settingsOf(given: Section): Settings {
  const { users: written, crowd: _crowd, ...settings } = given
  const first = settings.defaultUser ?? Object.keys(written)[0]
  return first === undefined ? settings : { ...settings, defaultUser: first }
}

function crowdMember(username: string, size: number): UserSpec | undefined {
  if (!username.startsWith(crowdPrefix)) return undefined
  const digits = username.slice(crowdPrefix.length)
  const isMember = /^[1-9][0-9]*$/.test(digits) && Number(digits) <= size
  return isMember ? { state: 'enter', failures: 0 } : undefined
}

/** Blanks are drawn by the scenario's seed and the username, so that one user's blanks never depend on another's. */
function seedUser(username: string, spec: UserSpec, settings: Settings, start: SeedStart): User {
  const draw = createRandom(`${start.seed}:secure-login:${username}`)
  const secret =
    spec.totp === undefined
      ? { pin: spec.pin ?? draw.text(6, alphabets.digits) }
      : { totp: { secret: spec.totp.secret ?? draw.text(32, alphabets.base32) } }
  const user: User = {
    username,
    password: spec.password ?? username,
    ...nameOf(username, spec, start),
    state: spec.state === 'blocked' ? 'enter' : spec.state,
    ...secret,
    failures: 0,
    blockedUntilAt: null,
    logins: noLogins,
    sessionEpoch: 0,
    pinEpoch: 0,
  }
  return block.seed(user, spec, settings, start.now)
}

function nameOf(username: string, spec: UserSpec, start: SeedStart): { displayName: string; emailAddress: string } {
  const { displayName, emailAddress } = spec
  if (displayName !== undefined && emailAddress !== undefined) return { displayName, emailAddress }
  const person: Json = start.answer({ kind: 'person', seed: `${start.seed}:${username}` })
  const made = isJsonObject(person) ? person : {}
  return {
    displayName: displayName ?? `${String(made['firstName'])} ${String(made['lastName'])}`,
    emailAddress: emailAddress ?? String(made['email']),
  }
}
