import type { Journey, SendStep } from '../../core/journey.ts'
import { productPath, sessionPath } from './paths.ts'
import { sessionCookie } from './host-headers.ts'
import {
  alice,
  auth,
  get,
  getInfo,
  inJira,
  journey,
  login,
  open,
  rightPin,
  user,
  sendWrongPin,
} from './journey-words.ts'
import { userFacts } from './state.ts'

/** Sent with a cookie of a session that never was. */
const stale = (step: SendStep): SendStep => ({
  ...step,
  headers: { ...step.headers, cookie: `${sessionCookie}=0123456789ABCDEF0123456789ABCDEF` },
})

/** What is known of the host product around the plug-in. A server that does otherwise differs, and nothing is broken. */
export const hostJourneys: readonly Journey[] = [
  journey('stale', 'a cookie of a session that never was is turned away, and told so by the host', {}, [
    stale(getInfo()),
    stale(user()),
    stale(auth(undefined, userFacts.given.pin)),
  ]),
  journey('xsrf', 'a PIN is taken that does not say that it is no form of another site', alice, [
    open('phone', 'alice'),
    auth('phone', '{pin}', { headers: { 'content-type': 'text/plain' }, shows: 'SL-U17' }),
  ]),
  journey(
    'login',
    'the host opens a session for the right password, and ends it',
    alice,
    [
      login('not {password}'),
      login('{password}', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
      get(sessionPath),
      login('{password}', { in: 'phone' }),
      user('phone', 'SL-H1'),
      get(sessionPath, 'phone'),
      { ...get(sessionPath, 'phone'), method: 'DELETE' },
      user('phone', 'SL-H4'),
    ],
    inJira,
  ),
  journey(
    'unknown-user',
    'an unknown user is refused in the words in which a wrong password is',
    alice,
    [
      login('not {password}', { capture: { refusal: 'body.errorMessages.0' } }),
      login('{password}', { body: '{"username":"no {username}","password":"{password}"}' }),
      login('{password}', { in: 'phone' }),
    ],
    inJira,
  ),
  journey(
    'new-session',
    'a login goes on in a session with another id than it came with',
    alice,
    [
      login('{password}', { in: 'phone', capture: { 'session id': 'body.session.value' } }),
      login('{password}', { in: 'phone' }),
    ],
    inJira,
  ),
  journey(
    'before-pin',
    'the host answers somebody who has not entered the PIN',
    alice,
    [open('phone', 'alice'), get(`${productPath}/myself`, 'phone', 'SL-U18'), get(`${productPath}/serverInfo`)],
    inJira,
  ),
  journey(
    'passwords',
    'a wrong password does not count as a wrong PIN',
    alice,
    [
      open('phone', 'alice'),
      sendWrongPin('phone', { times: 'limit-1' }),
      user('phone', 'SL-14'),
      login('not {password}'),
      user('phone', 'SL-H2'),
      rightPin('phone'),
    ],
    inJira,
  ),
]
