import type { Journey, SendStep } from '../../core/journey.ts'
import { authPath, secretCookie } from './wire.ts'
import {
  wrongSecret,
  unknownSid,
  post,
  credentials,
  refusalWords,
  unknownLogin,
  wrongPassword,
  login,
  loginAgain,
  validate,
  alive,
  otherAlive,
  me,
  logout,
  sso,
  hash,
  match,
  arrange,
  journey,
  nora,
} from './journey-words.ts'

// What a signature covers, and the signature, as they are written in JSON.
const signed = {
  username: '"{username}"',
  salt: '"{salt}"',
  expirationTimestamp: '{expirationTimestamp}',
  rsaSignature: '"{rsaSignature}"',
}
const nonsense = { salt: '"salt"', rsaSignature: '"c2lnbmF0dXJl"' }

function loginWithRsa(members: typeof signed, more: Partial<SendStep> = {}): SendStep {
  const body = Object.entries(members).map(([name, value]) => `"${name}":${value}`)
  return post(`${authPath}/loginwithrsa?sid=0`, `{${body.join(',')}}`, more)
}

// The SSO system names the user of the journey.
const named = { token: '{ssoToken}', username: '{username}' }

/** What the contract says of logins by name and password, by signature and by SSO. */
export const loginJourneys: readonly Journey[] = [
  journey('login', 'a login opens a session, which can be validated and used', nora, [
    login('browser'),
    alive,
    me('browser', '{sid}'),
  ]),
  journey('user', 'answers tell the user with groups', nora, [
    login('browser', { shows: 'GC-10' }),
    { ...alive, shows: 'GC-10' },
    me('browser', '{sid}', { shows: 'GC-U4' }),
  ]),
  journey('statuses', 'GET answers 200, and POST what the dialect says', nora, [
    login('browser', { shows: 'GC-09' }),
    { ...alive, shows: 'GC-09' },
    logout('browser', '{sid}', { shows: 'GC-09' }),
  ]),
  journey('failures', 'a failure is told in responseInfo, not by the status', nora, [
    post(`${authPath}/login?sid=0`, wrongPassword, { shows: 'GC-25' }),
    validate(unknownSid + wrongSecret, { shows: 'GC-26' }),
    logout('browser', unknownSid, { shows: 'GC-13' }),
    hash('0', '{"password":"secret","userId":1}', { shows: 'GC-06' }),
    match('0', '{"password":"secret","hash":"hash"}', { shows: 'GC-07' }),
  ]),
  journey('wrong-password', 'wrong and empty passwords and unknown users are not found', nora, [
    post(`${authPath}/login?sid=0`, wrongPassword, { shows: 'GC-25' }),
    post(`${authPath}/login?sid=0`, '{"login":"{username}","password":""}', { shows: 'GC-25' }),
    post(`${authPath}/login?sid=0`, unknownLogin, { shows: 'GC-25' }),
    login('browser', { shows: 'GC-17' }),
  ]),
  journey('enumeration', 'an unknown user and a wrong password are answered alike', nora, [
    post(`${authPath}/login?sid=0`, wrongPassword, { capture: refusalWords }),
    post(`${authPath}/login?sid=0`, unknownLogin, { shows: 'GC-X23' }),
  ]),
  journey('no-groups', 'who is in no group is not found', { otto: 'no-groups' }, [login('browser')]),
  journey('left-out', 'credentials that are left out are wrong ones', nora, [
    post(`${authPath}/login`, '{"login":"{username}"}', { shows: 'GC-25' }),
    post(`${authPath}/login`, '{}', { shows: 'GC-25' }),
    post(`${authPath}/login`, credentials),
  ]),
  journey('cookie', 'the secret comes as a cookie, and only when somebody has logged in', nora, [
    post(`${authPath}/login?sid=0`, wrongPassword, { in: 'browser', shows: 'GC-25' }),
    login('browser', { shows: 'GC-15' }),
    { ...alive, in: 'browser', shows: 'GC-15' },
  ]),
  journey('goes-on', 'a login with the number of a session and its secret goes on with it', nora, [
    login('browser'),
    { ...loginAgain('browser', { shows: 'GC-03' }), path: `${authPath}/login?sid={sid}` },
    alive,
  ]),
  journey('does-not-go-on', 'a login with the number of a session and another secret opens another', nora, [
    login('browser'),
    { ...loginAgain('other', { shows: 'GC-03' }), path: `${authPath}/login?sid={sid}` },
    { ...alive, shows: 'GC-X7' },
    otherAlive,
    post(`${authPath}/login?sid=number`, credentials),
  ]),
  journey(
    'goes-on-as',
    'a login of another user of the browser goes on with the session as that user',
    { nora: 'user', ada: 'admin' },
    [
      login('browser', { as: 'nora' }),
      { ...loginAgain('browser', { as: 'ada', shows: 'GC-X8' }), path: `${authPath}/login?sid={sid}` },
      { ...alive, shows: 'GC-X8' },
    ],
  ),
  journey('maintenance', 'while there is maintenance nobody gets in', nora, [
    login('browser'),
    arrange('the CMS is under maintenance'),
    loginAgain('other'),
    sso('ssologin?sid={sid}', { in: 'browser' }),
    { ...alive, shows: 'GC-X17' },
    arrange('the CMS is not under maintenance'),
    loginAgain('other', { shows: 'GC-18' }),
  ]),
  journey('maintenance-seen', 'who may see the setting gets in all the same', { ada: 'admin' }, [
    arrange('the CMS is under maintenance'),
    login('browser', { shows: 'GC-18' }),
    sso('ssologin?sid={sid}', { in: 'browser', shows: 'GC-18' }),
    arrange('the CMS is not under maintenance'),
  ]),
  journey('sso', 'SSO knows the caller by the session', nora, [
    login('browser'),
    sso('ssologin?sid={sid}', { in: 'browser' }),
    sso('login?sid={sid}', { in: 'browser', shows: 'GC-02' }),
    sso('ssologin?sid={sid}', { shows: 'GC-24' }),
    sso('login'),
    sso('ssologin'),
  ]),
  journey('sso-token', 'SSO knows the caller by a bearer token', { nora: 'sso' }, [
    sso('ssologin', {
      in: 'browser',
      headers: { authorization: 'Bearer {ssoToken}' },
      capture: { sid: 'body', secret: `cookie.${secretCookie}` },
    }),
    alive,
    sso('login', { in: 'other', headers: { authorization: 'Bearer {ssoToken}' }, shows: 'GC-02' }),
    sso('ssologin', { headers: { authorization: 'Bearer no-token-of-the-understudy' } }),
  ]),
  journey('sso-header', 'SSO knows the caller by a header of the SSO system', { nora: 'sso' }, [
    arrange('an SSO system of the CMS', { ...named, header: 'x-sso-user' }),
    sso('ssologin', {
      in: 'browser',
      headers: { 'x-sso-user': '{username}' },
      capture: { sid: 'body', secret: `cookie.${secretCookie}` },
    }),
    alive,
    sso('ssologin', { headers: { 'x-sso-user': 'nobody of the understudy' } }),
    arrange('an SSO system of the CMS', { ...named, header: 'x-sso-user', failing: true }),
    sso('ssologin', { headers: { 'x-sso-user': '{username}' }, shows: 'GC-X16' }),
    arrange('an SSO system of the CMS', named),
  ]),
  journey('rsa', 'a signature logs in', { nora: 'signed' }, [
    loginWithRsa(signed, { in: 'browser', capture: { sid: 'body.sid' }, shows: 'GC-U1' }),
    me('browser', '{sid}', { shows: 'GC-04' }),
    loginWithRsa(signed, { in: 'other', shows: 'GC-X15' }),
    loginWithRsa({ ...signed, salt: '"{salt}x"' }, { shows: 'GC-U1' }),
  ]),
  journey('rsa-refused', 'a wrong or old signature does not log in', nora, [
    loginWithRsa({ ...signed, ...nonsense, expirationTimestamp: '4102444800' }, { shows: 'GC-25' }),
    loginWithRsa({ ...signed, ...nonsense, expirationTimestamp: '946684800' }, { shows: 'GC-25' }),
  ]),
]
