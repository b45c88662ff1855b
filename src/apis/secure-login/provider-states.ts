import type { Arrangement, ProviderState } from '../../core/api.ts'
import { choice, duration, flag, integer, moment, text, type FieldMap, type Moment } from '../../core/field.ts'
import { alphabets } from '../../core/random.ts'
import type { JsonObject } from '../../core/json.ts'
import { settingFields, type Settings } from './settings.ts'
import { noLogins, sessionKey, userKey, type Session, type User } from './state.ts'
import { changeUser, pinPattern, type UserChange } from './users.ts'

// What a cookie carries as it is. A mere number is shown wherever sessions are, as it would be no secret.
const sessionPattern = /^(?!\d+$)[\w.~-]{1,128}$/

const userParams = {
  username: text({ about: 'who; made if the scenario has no such user', default: 'alice' }),
  pin: text({
    about: "the user's PIN",
    default: '910817',
    pattern: pinPattern,
    shape: 'made of digits only',
    secret: true,
  }),
  password: text({
    about: "the first factor's password; what it was, or the username, if left out",
    optional: true,
    secret: true,
  }),
  session: text({
    about: 'the id of the session, for pacts whose requests have it written in them; drawn if left out',
    optional: true,
    pattern: sessionPattern,
    shape: '1 to 128 letters, digits, dots, hyphens, underscores and tildes that are not digits alone',
    secret: true,
  }),
} satisfies FieldMap

/** Arranges a user in a state with an open session, and gives back what a request needs to be that user. */
function userState(state: UserChange['state'], about: string, more: FieldMap = {}): ProviderState {
  return {
    about,
    params: { ...userParams, ...more },
    arrange: (arrangement) => {
      const { password, failures, for: forMs, until, authenticated } = arrangement.params
      const change: Partial<UserChange> = {
        state,
        pin: String(arrangement.params['pin']),
        ...(password === undefined ? {} : { password: String(password) }),
        ...(failures === undefined ? {} : { failures: Number(failures) }),
        ...(forMs === undefined ? {} : { for: Number(forMs) }),
        ...(until === undefined ? {} : { until: until as Moment }),
      }
      return signIn(arrangement, change, authenticated === true)
    },
  }
}

function signIn(arrangement: Arrangement, change: Partial<UserChange>, authenticated: boolean): JsonObject {
  const username = String(arrangement.params['username'])
  const settings = arrangement.get('settings') as Settings
  const stored = (arrangement.get(userKey(username)) as User | undefined) ?? newUser(username)
  const changed = changeUser(stored, change, settings, arrangement.now)
  // Whoever asked for the state goes on to log in.
  const user: User = { ...changed, logins: { ...changed.logins, failedInARow: 0 } }
  // One that is there already, whoever's it was, is this one from now on.
  const id = String(arrangement.params['session'] ?? arrangement.random(32, alphabets.upperHex))
  const session: Session = {
    username,
    openedAt: arrangement.now,
    lastSeenAt: Math.floor(arrangement.now / 1000) * 1000,
    // As it was before the change, so that state expired ends this session too.
    sessionEpoch: stored.sessionEpoch,
    failures: 0,
    authenticated: authenticated ? { address: arrangement.address, pinEpoch: user.pinEpoch } : null,
  }
  arrangement.commit([
    { key: userKey(username), value: user },
    { key: sessionKey(id), value: session },
  ])
  return { username, password: user.password, session: id }
}

function newUser(username: string): User {
  return {
    username,
    password: username,
    displayName: username,
    emailAddress: `${username}@example.com`,
    state: 'enter',
    failures: 0,
    blockedUntilAt: null,
    logins: noLogins,
    sessionEpoch: 0,
    pinEpoch: 0,
  }
}

/** The preconditions that the pacts name. */
export const providerStates: { readonly [name: string]: ProviderState } = {
  'a user who must enter the PIN': userState('enter', 'a session of a user whose PIN is asked for', {
    failures: integer({ about: 'wrong PINs counted so far', optional: true, min: 0 }),
    authenticated: flag({ about: 'whether the session has entered the PIN already', optional: true }),
  }),
  'a user who may bypass the PIN': userState('bypass', 'a session of a user who needs no PIN'),
  'a user in onboarding': userState('onboarding', 'a session of a user who has not finished onboarding'),
  'a blocked user': userState('blocked', 'a session of a user who entered too many wrong PINs', {
    for: duration({ about: 'how long the block lasts', optional: true, min: 1 }),
    until: moment({ about: 'when the block ends, instead of `for`', optional: true }),
  }),
  'a session that has expired': userState('expired', 'a session that must not be used any more'),
  'the plug-in is inactive': plugIn(false),
  'the plug-in is active': plugIn(true),
  'the revision': {
    about: 'which published revision the server plays',
    params: { revision: choice(['current', 'legacy'], { about: settingFields.revision.about }) },
    arrange: ({ params, patchSettings }) => {
      patchSettings({ revision: params['revision'] })
      return {}
    },
  },
  "the server's clock": {
    about: 'stops the clock at an instant',
    params: { at: moment({ about: 'the instant' }) },
    arrange: ({ params, now, setClock }) => {
      const at = params['at'] as Moment
      setClock('at' in at ? at.at : now + at.in)
      return {}
    },
  },
}

function plugIn(active: boolean): ProviderState {
  return {
    about: `an administrator switched Secure Login ${active ? 'on' : 'off'}`,
    params: {},
    arrange: ({ patchSettings }) => {
      patchSettings({ active })
      return {}
    },
  }
}
