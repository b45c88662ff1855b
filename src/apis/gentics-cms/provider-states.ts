import { providerState, type Arrangement, type ProviderState } from '../../core/api.ts'
import { formatIssue, UnderstudyError } from '../../core/errors.ts'
import { choice, duration, flag, integer, list, text } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import { clockState, settingState } from '../../model/arranging.ts'
import { only } from '../../model/fact.ts'
import { standIn } from '../../model/maker.ts'
import { arrangeSession, sessionParams, sidParam } from './arranged-session.ts'
import { settingFields } from './settings.ts'
import { secrets, sessions, userFacts, userIds, users, type User } from './state.ts'
import { changeUser } from './users.ts'
import { newestVersion } from './version.ts'

const userParams = only(userFacts.param, ['username', 'password', 'state', 'seesMaintenance'])

/** Arranges a user, as far as the params say. */
function arrangeUser(arrangement: Arrangement<Infer<typeof userParams>>): User {
  const { username, ...change } = arrangement.params
  const spec = { id: 12345 }
  const stored = users.get(arrangement, username) ?? userFacts.make(standIn(username, arrangement.now, spec, username))
  const user = changeUser(stored, change)
  arrangement.commit([users.put(username, user), userIds.put(user.id, { username })])
  return user
}

function sameSid(sid: number): UnderstudyError {
  const issue = { path: ['params', 'otherSid'], message: `${sid} is the number of both sessions.` }
  return new UnderstudyError('ERR_CHANGE_INVALID', formatIssue(issue), [issue])
}

/** The preconditions that the pacts name. */
export const providerStates: { readonly [name: string]: ProviderState } = {
  'a user of the CMS': providerState({
    about: 'a user who is not logged in',
    params: userParams,
    arrange: (arrangement) => {
      const { username, password, id } = arrangeUser(arrangement)
      return { username, password, userId: id }
    },
  }),
  'a session of the CMS': providerState({
    about: 'a user who is logged in',
    params: {
      ...userParams,
      ...sessionParams,
      idle: duration({ about: 'for how long the session has been idle', optional: true, min: 0 }),
    },
    arrange: (arrangement) => {
      const { sid, secret, idle } = arrangement.params
      return arrangeSession(arrangement, arrangeUser(arrangement), { sid, secret, idle }).values
    },
  }),
  'two sessions of the CMS that share a secret': providerState({
    about: 'a user who is logged in twice in one browser; the values are those of the second',
    params: {
      ...userParams,
      ...sessionParams,
      otherSid: sidParam('the `sid` of the first session'),
    },
    arrange: (arrangement) => {
      const { sid, otherSid, secret } = arrangement.params
      const user = arrangeUser(arrangement)
      const { session: first } = arrangeSession(arrangement, user, { sid: otherSid, secret })
      if (first.sid === sid) throw sameSid(sid)
      return { ...arrangeSession(arrangement, user, { sid, secret: first.secret }).values, otherSid: first.sid }
    },
  }),
  'a session of the CMS that has ended': providerState({
    about: 'a user who was logged in, and is no longer',
    params: {
      ...userParams,
      ...sessionParams,
      by: choice(['logout', 'logout of all', 'age'], { about: 'what ended it', default: 'logout' }),
    },
    arrange: (arrangement) => {
      const { sid, secret, by } = arrangement.params
      const idle = by === 'age' ? 366 * 86_400_000 : 0
      const { session, values } = arrangeSession(arrangement, arrangeUser(arrangement), { sid, secret, idle })
      if (by === 'logout') arrangement.commit([sessions.put(session.sid, { ...session, secret: '' })])
      if (by === 'logout of all') arrangement.commit([secrets.put(session.secret, { ended: true })])
      return values
    },
  }),
  'the dialect of the CMS': settingState(
    'which server is played',
    {
      dialect: choice(['documented', 'observed'], { about: settingFields.dialect.about }),
      version: text({ about: 'of the observed dialect', default: newestVersion }),
    },
    ({ dialect, version }) => ({ dialect, version }),
  ),
  'the CMS is under maintenance': settingState('only who may see the setting can log in', {}, () => ({
    maintenance: true,
  })),
  'the CMS is not under maintenance': settingState('everybody can log in', {}, () => ({ maintenance: false })),
  'the global prefix of the CMS': settingState(
    'what the license begins with',
    { prefix: text({ about: settingFields.globalPrefix.about, default: 'A547' }) },
    ({ prefix }) => ({ globalPrefix: prefix }),
  ),
  'an SSO system of the CMS': settingState(
    'bearer tokens and a header that name users',
    {
      token: text({ about: 'a bearer token', default: 'example-sso-token', secret: true }),
      username: text({ about: 'whose it is', default: userFacts.given.username }),
      header: text({ about: 'the header that names the user', default: 'x-sso-user' }),
      failing: flag({ about: 'whether the system cannot be asked', default: false }),
    },
    ({ token, username, header, failing }) => ({
      sso: { tokens: { [token]: username }, header, failing },
    }),
  ),
  'an RSA key of the CMS': settingState(
    'the key by which RSA logins are checked',
    { publicKey: text({ about: 'in PEM' }) },
    ({ publicKey }) => ({ rsa: { publicKey, payload: settingFields.rsa.default?.payload } }),
  ),
  'addresses that the CMS lets hash passwords': settingState(
    'callers who need no session to hash and match passwords',
    {
      allowFrom: list(text({ about: 'an address or a range' }), {
        about: 'the addresses',
        default: ['0.0.0.0/0', '::/0'],
      }),
    },
    ({ allowFrom }) => ({ allowFrom }),
  ),
  'users of the CMS with their passwords': settingState('answers carry the passwords of users', {}, () => ({
    exposePasswords: true,
  })),
  'the CMS sets cookies for HTTPS only': settingState('cookies are Secure', {}, () => ({ secureCookies: true })),
  'a message of the CMS': settingState(
    'every answer carries one message',
    {
      message: text({ about: 'the message', default: 'The server restarts at noon.' }),
      type: choice(['CRITICAL', 'INFO', 'SUCCESS', 'WARNING', 'NEUTRAL'], {
        about: 'how grave it is',
        default: 'WARNING',
      }),
      sender: text({ about: 'who sent it', default: userFacts.given.username }),
      id: integer({ about: 'its number', default: 7 }),
    },
    ({ message, type, sender, id }) => ({
      messages: [{ type, message, fieldName: 'clock', image: 'clock.png', sender, id }],
    }),
  ),
  'no messages of the CMS': settingState('answers carry no messages', {}, () => ({ messages: [] })),
  'the clock of the CMS': clockState,
}
