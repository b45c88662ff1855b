import { providerState, type Arrangement, type ProviderState } from '../../core/api.ts'
import { choice, duration, flag, integer, moment, text } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import { alphabets } from '../../core/random.ts'
import type { JsonObject } from '../../core/json.ts'
import { settingFields } from './settings.ts'
import { newSession, noLogins, sessions, settingsRecord, users, type Session, type User } from './state.ts'
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
}

type UserParams = Infer<typeof userParams>

/** Arranges a user in a state with an open session, and gives back what a request needs to be that user. */
function userState(state: UserChange['state'], about: string): ProviderState {
  return providerState({ about, params: userParams, arrange: (arrangement) => signIn(arrangement, { state }) })
}

function signIn(arrangement: Arrangement<UserParams>, more: Partial<UserChange>, authenticated = false): JsonObject {
  const { username, pin, password } = arrangement.params
  const change = { pin, ...(password === undefined ? {} : { password }), ...more }
  const stored = users.get(arrangement, username) ?? newUser(username)
  const changed = changeUser(stored, change, settingsRecord.get(arrangement), arrangement.now)
  // Whoever asked for the state goes on to log in.
  const user: User = { ...changed, logins: { ...changed.logins, failedInARow: 0 } }
  // One that is there already, whoever's it was, is this one from now on.
  const { session: id = arrangement.random(32, alphabets.upperHex) } = arrangement.params
  const session: Session = {
    // Of the user as it was before the change, so that state expired ends this session too.
    ...newSession(stored, arrangement.now),
    authenticated: authenticated ? { address: arrangement.address, pinEpoch: user.pinEpoch } : null,
  }
  arrangement.commit([users.put(username, user), sessions.put(id, session)])
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
  'a user who must enter the PIN': providerState({
    about: 'a session of a user whose PIN is asked for',
    params: {
      ...userParams,
      failures: integer({ about: 'wrong PINs counted so far', optional: true, min: 0 }),
      authenticated: flag({ about: 'whether the session has entered the PIN already', optional: true }),
    },
    arrange: (arrangement) => {
      const { failures, authenticated } = arrangement.params
      return signIn(arrangement, { state: 'enter', ...(failures === undefined ? {} : { failures }) }, authenticated)
    },
  }),
  'a user who may bypass the PIN': userState('bypass', 'a session of a user who needs no PIN'),
  'a user in onboarding': userState('onboarding', 'a session of a user who has not finished onboarding'),
  'a blocked user': providerState({
    about: 'a session of a user who entered too many wrong PINs',
    params: {
      ...userParams,
      for: duration({ about: 'how long the block lasts', optional: true, min: 1 }),
      until: moment({ about: 'when the block ends, instead of `for`', optional: true }),
    },
    arrange: (arrangement) => {
      const { username: _username, session: _session, ...change } = arrangement.params
      return signIn(arrangement, { state: 'blocked', ...change })
    },
  }),
  'a session that has expired': userState('expired', 'a session that must not be used any more'),
  'the plug-in is inactive': plugIn(false),
  'the plug-in is active': plugIn(true),
  'the revision': providerState({
    about: 'which published revision the server plays',
    params: { revision: choice(['current', 'legacy'], { about: settingFields.revision.about }) },
    arrange: ({ params, patchSettings }) => {
      patchSettings({ revision: params.revision })
      return {}
    },
  }),
  "the server's clock": providerState({
    about: 'stops the clock at an instant',
    params: { at: moment({ about: 'the instant' }) },
    arrange: ({ params, now, setClock }) => {
      const { at } = params
      setClock('at' in at ? at.at : now + at.in)
      return {}
    },
  }),
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
