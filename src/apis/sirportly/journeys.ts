import type { Journey } from '../../core/journey.ts'
import { authenticatePath, olderPath } from './paths.ts'
import {
  form,
  application,
  credentials,
  here,
  withCode,
  post,
  query,
  rightCode,
  sendWrongCode,
  journey,
  adam,
  faye,
  lockable,
  nobody,
} from './journey-words.ts'

/** What the contract says. Each journey leaves its accounts as it found them, as far as the contract tells how. */
export const journeys: readonly Journey[] = [
  journey('url', 'users are signed in at the documented URL', adam, [
    post(here, { shows: 'SP-01' }),
    { ...post(here), path: '/api/v2/authentication' },
  ]),
  journey('older-url', 'the URL of the older version is answered alike', adam, [
    { ...post(here, { shows: 'SP-U11' }), path: olderPath },
  ]),
  journey('application', 'nobody is told anything without the header of an application', adam, [
    post(here, { headers: form, shows: 'SP-02' }),
    query('GET', here, { headers: {}, shows: 'SP-02' }),
    post(here, { headers: { ...form, 'x-auth-token': 'token', 'x-auth-secret': 'secret' }, shows: 'SP-02' }),
    post(here, { shows: 'SP-02' }),
  ]),
  journey('other-application', 'only known applications are told', adam, [
    post(here, { headers: { ...form, 'x-auth-application': 'no-application-of-the-understudy' } }),
  ]),
  journey('methods', 'any method will do, with parameters in the query or in a form', adam, [
    ...['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => query(method, here, { shows: 'SP-03' })),
    ...['POST', 'PUT', 'PATCH'].map((method) => post(here, { method, shows: 'SP-03' })),
    {
      ...post({ password: '{password}', account: '{account}' }, { shows: 'SP-03' }),
      path: `${authenticatePath}?username={username}`,
    },
  ]),
  journey('parameters', 'name, password, account and code are the parameters', faye, [
    post(withCode, { shows: 'SP-04' }),
  ]),
  journey('parameters-in-query', 'in the query they are the same', faye, [query('GET', withCode, { shows: 'SP-04' })]),
  journey('missing', 'without a name or a password nothing is looked up', adam, [
    post({ account: '{account}' }),
    post({ username: '{username}', account: '{account}' }),
    post({ password: '{password}' }),
    post({ username: '{username}', password: '' }, { shows: 'SP-X5' }),
  ]),
  journey('account', 'with an account the answer is one user', adam, [post(here), post(here, { shows: 'SP-07' })]),
  journey('anywhere', 'without an account the answer is a list of users', adam, [
    post(credentials),
    post(credentials, { shows: 'SP-07' }),
    post({ ...credentials, account: '' }, { shows: 'SP-X5' }),
  ]),
  journey(
    'two-accounts',
    'without an account all users of that name and password are listed',
    { adam: 'in-two-accounts' },
    [post(credentials), post(here), post({ ...credentials, account: '{otherAccount}' })],
  ),
  journey('no-api-access', 'a user without API access is told so, and only with an account', { ben: 'no-api-access' }, [
    post(here),
    post({ ...here, password: '{password}x' }, { shows: 'SP-16' }),
    post(credentials),
  ]),
  journey('access-in-one', 'without an account only users with API access are listed', { adam: 'access-in-one' }, [
    post(credentials),
    post(here),
    post({ ...credentials, account: '{otherAccount}' }),
  ]),
  journey('tokens', 'a second login gives the same tokens', adam, [
    post(here, { capture: { token: 'body.user.api_token.token', secret: 'body.user.api_token.secret' } }),
    post(here, { shows: 'SP-X12' }),
  ]),
  journey('wrong-password', 'wrong credentials come back as they were received', adam, [
    post({ ...here, password: '{password}x' }),
    query('GET', { ...here, password: '{password}%26%C3%A4+%22' }),
    post({ ...credentials, password: '{password}x' }),
    post(here),
  ]),
  journey('unknown-user', 'a name that nobody has is as wrong as a password, and nobody is told which', adam, [
    post({ ...here, password: '{password}x' }),
    post({ ...here, username: nobody }, { likeBefore: true }),
    post({ ...credentials, password: '{password}x' }),
    post({ ...credentials, username: nobody }, { likeBefore: true }),
  ]),
  journey('unknown-account', 'an account that does not exist is named', adam, [
    post({ ...credentials, account: nobody }),
  ]),
  journey(
    'other-account',
    'credentials are right in their own account only',
    { adam: 'user', ada: 'in-two-accounts' },
    [
      // Of ada only what the other account is called.
      post({ username: '{adamUsername}', password: '{adamPassword}', account: '{otherAccount}' }, { as: 'ada' }),
    ],
  ),
  journey(
    'credentials-first',
    'only whose credentials are right is told that there is no such account',
    adam,
    [
      post({ username: nobody, password: nobody, account: nobody }, { shows: 'SP-16' }),
      post({ ...credentials, password: '{password}x', account: nobody }, { shows: 'SP-16' }),
    ],
    { order: 'credentials-first' },
  ),
  journey(
    'account-first',
    'an account that does not exist is told to anybody',
    adam,
    [post({ username: nobody, password: nobody, account: nobody }, { shows: 'SP-U9' })],
    { order: 'account-first' },
  ),
  journey(
    'statuses',
    'the HTTP status tells the outcome',
    adam,
    [
      post(here, { shows: 'SP-15' }),
      post({ ...credentials, account: nobody }, { shows: 'SP-15' }),
      post({}, { shows: 'SP-15' }),
      post(here, { headers: form, shows: 'SP-15' }),
    ],
    { statusCodes: 'byKind' },
  ),
  journey('refusals', 'refusals of credentials and of an account have the statuses that the settings say', adam, [
    post({ ...here, password: '{password}x' }, { shows: 'SP-U1' }),
    post({ ...credentials, account: nobody }, { shows: 'SP-U2' }),
  ]),
  journey('not-a-form', 'a body that is no form carries no parameters', adam, [
    post(
      {},
      {
        headers: { ...application, 'content-type': 'application/json' },
        body: '{"username":"{username}","password":"{password}","account":"{account}"}',
        shows: 'SP-X6',
      },
    ),
  ]),
  journey('not-activated', 'who has not accepted the invitation signs in like anybody', { ann: 'not-activated' }, [
    post(here, { shows: 'SP-X11' }),
  ]),
  journey('repeated', 'of a parameter that is sent twice one counts', adam, [
    { ...post(here, { shows: 'SP-X4' }), path: `${authenticatePath}?username=${nobody}` },
    // Not one name: the second parameter stands in the first one's value.
    post({ ...here, username: `${nobody}&username={username}` }, { shows: 'SP-X4' }),
  ]),
  journey('unneeded-code', 'a code of somebody without a second factor is not looked at', adam, [
    post({ ...here, two_factor_code: '000000' }, { shows: 'SP-X10' }),
  ]),
  journey('second-factor', 'the right code lets in', faye, [rightCode]),
  journey('second-factor-anywhere', 'the right code lets in without an account', faye, [
    post({ ...credentials, two_factor_code: '{pin}' }),
  ]),
  journey('same-code', 'a code may be used twice while it is valid', faye, [
    rightCode,
    post(withCode, { shows: 'SP-U12' }),
  ]),
  journey('no-code', 'without a code a second factor is not passed', faye, [post(here), post(credentials), rightCode]),
  journey('password-first', 'with a wrong password no code is looked at', lockable, [
    post({ ...withCode, password: '{password}x' }),
    post({ ...here, password: '{password}x', two_factor_code: '{wrongPin}' }, { times: 'limit' }),
    post(withCode, { shows: 'SP-U9' }),
  ]),
  journey('locked', 'a locked second factor takes no code', { lou: 'locked' }, [
    post(withCode),
    post(here),
    post({ ...here, password: '{password}x' }, { shows: 'SP-16' }),
    sendWrongCode({ shows: 'SP-X8' }),
  ]),
  // Before every other that tries wrong codes: those count on it.
  journey('clears', 'the right code clears the count', lockable, [
    sendWrongCode({ times: 'limit-1', shows: 'SP-U6' }),
    post(withCode, { shows: 'SP-U6' }),
    sendWrongCode({ times: 'limit-1', shows: 'SP-X9' }),
    post(withCode, { shows: 'SP-X9' }),
  ]),
  journey('wrong-code', 'a wrong code may be tried again', faye, [sendWrongCode({ shows: 'SP-U6' }), rightCode]),
  journey('not-counted', 'requests without a code are not counted', lockable, [
    post(here, { times: 'limit' }),
    post(withCode, { shows: 'SP-U5' }),
  ]),
  journey('lockout', 'too many wrong codes lock, and the right one does not help', lockable, [
    sendWrongCode({ times: 'limit-1', shows: 'SP-U6' }),
    post(here, { shows: 'SP-U6' }),
    sendWrongCode({ shows: 'SP-X7' }),
    post(here, { shows: 'SP-U6' }),
    rightCode,
    sendWrongCode(),
    post({ ...withCode, password: '{password}x' }, { shows: 'SP-16' }),
  ]),
  journey('lockout-anywhere', 'wrong codes without an account count as well', lockable, [
    post({ ...credentials, two_factor_code: '{wrongPin}' }, { times: 'limit' }),
    post(withCode, { shows: 'SP-U7' }),
    post({ ...credentials, two_factor_code: '{pin}' }),
  ]),
  journey('burst', 'many wrong codes at once count no more than the limit', lockable, [
    sendWrongCode({ times: 12, atOnce: true, shows: 'SP-U6' }),
    post(withCode),
  ]),
  journey('expiry', 'at the end of the lock the right code lets in, from a count of none', lockable, [
    sendWrongCode({ times: 'limit-1', shows: 'SP-U6' }),
    post(here, { shows: 'SP-U6' }),
    sendWrongCode({ shows: 'SP-X7' }),
    { do: 'wait', for: 'lockFor', plus: -5000 },
    post(here, { shows: 'SP-U6' }),
    { do: 'wait', for: 7000 },
    post(here, { shows: 'SP-U6' }),
    sendWrongCode({ times: 'limit-1', shows: 'SP-X9' }),
    post(withCode, { shows: 'SP-X9' }),
  ]),
  journey('not-longer', 'codes sent while locked do not make the lock longer', lockable, [
    sendWrongCode({ times: 'limit', shows: 'SP-U6' }),
    { do: 'wait', for: 'lockFor', plus: -5000 },
    sendWrongCode({ times: 'limit', shows: 'SP-U6' }),
    { do: 'wait', for: 7000 },
    post(here, { shows: 'SP-X8' }),
    rightCode,
  ]),
  journey(
    'two-factor-required',
    'a second factor that is required has to be set up first',
    { eve: 'two-factor-required' },
    [
      post(here),
      post({ ...here, two_factor_code: '000000' }),
      post(credentials),
      post({ ...here, password: '{password}x' }, { shows: 'SP-16' }),
    ],
  ),
  journey('address', 'an account may be used from its networks only', { ned: 'from-elsewhere' }, [
    post(here),
    post(credentials),
  ]),
  journey(
    'address-last',
    'only whose credentials are right is told that the address is refused',
    { ned: 'from-elsewhere' },
    [post({ ...here, password: '{password}x' }, { shows: 'SP-16' })],
    { order: 'credentials-first' },
  ),
  journey('disabled-account', 'a disabled account is none', { dora: 'in-disabled-account' }, [
    post(here),
    post(credentials),
  ]),
]
