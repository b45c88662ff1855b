import { providerState, type Arrangement, type ProviderState } from '../../core/api.ts'
import { choice, flag, text } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import { alphabets } from '../../core/random.ts'
import type { JsonObject } from '../../core/json.ts'
import { clockState, settingState } from '../../model/arranging.ts'
import { only } from '../../model/fact.ts'
import { standIn } from '../../model/maker.ts'
import { settingFields } from './settings.ts'
import { newSession, sessions, settingsRecord, userFacts, users, type Session, type User } from './state.ts'
import { changeUser, type UserChange } from './users.ts'

// What a cookie carries as it is. A mere number is shown wherever sessions are, as it would be no secret.
const sessionPattern = /^(?!\d+$)[\w.~-]{1,128}$/

const userParams = {
  ...only(userFacts.param, ['username', 'pin', 'password']),
  session: text({
    about: 'the id of the session, for pacts whose requests have it written in them; drawn if left out',
    optional: true,
    pattern: sessionPattern,
    shape: '1 to 128 letters, digits, dots, hyphens, underscores and tildes that are not digits alone',
    secret: true,
  }),
}

type UserParams = Infer<typeof userParams> & Partial<Pick<UserChange, 'failures' | 'for' | 'until'>>

/** Arranges a user in a state with an open session, and gives back what a request needs to be that user. */
function userState(state: UserChange['state'], about: string): ProviderState {
  return providerState({ about, params: userParams, arrange: (arrangement) => signIn(arrangement, state) })
}

function signIn(arrangement: Arrangement<UserParams>, state: UserChange['state'], authenticated = false): JsonObject {
  const { params, now } = arrangement
  const { username, session: given, ...change } = params
  const stored = users.get(arrangement, username) ?? userFacts.make(standIn(username, now))
  const changed = changeUser(stored, { ...change, state }, settingsRecord.get(arrangement), now)
  // Whoever asked for the state goes on to log in.
  const user: User = { ...changed, logins: { ...changed.logins, failedInARow: 0 } }
  // One that is there already, whoever's it was, is this one from now on.
  const id = given ?? arrangement.random(32, alphabets.upperHex)
  const session: Session = {
    // Of the user as it was before the change, so that state expired ends this session too.
    ...newSession(stored, arrangement.now),
    authenticated: authenticated ? { address: arrangement.address, pinEpoch: user.pinEpoch } : null,
  }
  arrangement.commit([users.put(username, user), sessions.put(id, session)])
  return { username, password: user.password, session: id }
}

/** The preconditions that the pacts name. */
export const providerStates: { readonly [name: string]: ProviderState } = {
  'a user who must enter the PIN': providerState({
    about: 'a session of a user whose PIN is asked for',
    params: {
      ...userParams,
      ...only(userFacts.param, ['failures']),
      authenticated: flag({ about: 'whether the session has entered the PIN already', optional: true }),
    },
    arrange: (arrangement) => {
      const { authenticated, ...params } = arrangement.params
      return signIn({ ...arrangement, params }, 'enter', authenticated)
    },
  }),
  'a user who may bypass the PIN': userState('bypass', 'a session of a user who needs no PIN'),
  'a user in onboarding': userState('onboarding', 'a session of a user who has not finished onboarding'),
  'a blocked user': providerState({
    about: 'a session of a user who entered too many wrong PINs',
    params: { ...userParams, ...only(userFacts.param, ['for', 'until']) },
    arrange: (arrangement) => signIn(arrangement, 'blocked'),
  }),
  'a session that has expired': userState('expired', 'a session that must not be used any more'),
  'the plug-in is inactive': settingState('an administrator switched Secure Login off', {}, () => ({ active: false })),
  'the plug-in is active': settingState('an administrator switched Secure Login on', {}, () => ({ active: true })),
  'the revision': settingState(
    'which published revision the server plays',
    { revision: choice(['current', 'legacy'], { about: settingFields.revision.about }) },
    ({ revision }) => ({ revision }),
  ),
  "the server's clock": clockState,
}
