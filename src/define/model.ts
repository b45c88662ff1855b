import type { UserLockout } from '../model/lockout.ts'
import { userFactor, type UserFactor } from '../model/factor.ts'
import type { AnyDefinition } from './any-definition.ts'
import { ownLockout } from './own-lockout.ts'
import { ownSessions, type OwnSessions } from './own-sessions.ts'
import { ownUsers, type OwnUsers, type OwnUserRecord } from './own-user.ts'
import type { PartSettings } from './own-settings.ts'

/** Everything that is made of a definition and that steps, scenarios and changes share. */
export interface Model extends OwnUsers {
  readonly definition: AnyDefinition
  readonly lock: UserLockout<PartSettings, OwnUserRecord> | undefined
  readonly factor: UserFactor<OwnUserRecord> | undefined
  readonly sessions: OwnSessions | undefined
}

/** Reads a definition in which nothing is wrong. */
export function modelOf(definition: AnyDefinition): Model {
  return {
    ...ownUsers(definition),
    definition,
    lock: ownLockout(definition),
    factor: factorOf(definition),
    sessions: ownSessions(definition),
  }
}

function factorOf({ secondFactor }: AnyDefinition): UserFactor<OwnUserRecord> | undefined {
  if (secondFactor === undefined) return undefined
  const { called } = secondFactor
  return userFactor<OwnUserRecord>({
    word: called,
    read: (user) => ({ code: user[called], totp: user.totp }),
    write: ({ [called]: _code, totp: _totp, ...user }, { code, totp }) => ({
      ...user,
      ...(code === undefined ? {} : { [called]: code }),
      ...(totp === undefined ? {} : { totp }),
    }),
  })
}
