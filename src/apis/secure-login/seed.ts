import type { Seed, SeedStart } from '../../core/api.ts'
import { issuesBelow, type Issue } from '../../core/errors.ts'
import { map, object } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import { nearestWord } from '../../core/nearest.ts'
import { crowdField, crowdNames, crowdNumber } from '../../model/crowd.ts'
import { identityByName } from '../../model/identity.ts'
import { fullName, makerFrom } from '../../model/maker.ts'
import { settingFields, type Settings } from './settings.ts'
import { block, factor, settingsRecord, userFacts, users } from './state.ts'

/** A user as a scenario writes it. */
export type UserSpec = Infer<typeof userFacts.scenario>

/** The `secure-login` part of a scenario. */
export type Section = Infer<typeof section>

export const section = {
  ...settingFields,
  users: map(object(userFacts.scenario, { about: 'a user' }), { about: 'the users, by username', default: {} }),
  crowd: crowdField,
}

/** A person's name and address are told as Jira tells them. */
export const identity = identityByName(userFacts.scenario, (facts) => ({
  displayName: fullName(facts) || undefined,
  emailAddress: facts.email,
}))

/** What is wrong with a section although each member fits by itself. */
export function* sectionIssues(given: Section): Iterable<Issue> {
  for (const [username, spec] of Object.entries(given.users)) {
    yield* issuesBelow(['users', username], userIssues(spec, given))
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
  const { users: written, crowd, ...rest } = given
  const first = given.defaultUser ?? Object.keys(written)[0]
  const settings: Settings = first === undefined ? rest : { ...rest, defaultUser: first }
  const isWritten = (username: string): boolean => Object.hasOwn(written, username)
  const specOf = (username: string): UserSpec | undefined =>
    isWritten(username) ? written[username] : crowdNumber(username, crowd) === undefined ? undefined : member
  return {
    *keys() {
      yield settingsRecord.key
      for (const username of Object.keys(written)) yield users.key(username)
      for (const username of crowdNames(crowd, isWritten)) yield users.key(username)
    },
    get(key) {
      if (key === settingsRecord.key) return settings
      const username = users.idIn(key)
      const spec = username === undefined ? undefined : specOf(username)
      if (username === undefined || spec === undefined) return undefined
      const user = userFacts.make(makerFrom(start, 'secure-login', username, spec))
      return block.seed(user, spec, settings, start.now)
    },
  }
}

const member: UserSpec = { state: 'enter', failures: 0 }
