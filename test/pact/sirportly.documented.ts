import { MatchersV3 } from '@pact-foundation/pact'
import {
  account,
  appUser,
  asApplication,
  asks,
  encode,
  tells,
  form,
  json,
  locked,
  noAccount,
  nobody,
  secured,
  settings,
  signsIn,
  unprepared,
  user,
  wireUser,
  wireUserOf,
  withoutAccess,
  type Interaction,
} from './sirportly.asking.ts'

const { eachLike, regex } = MatchersV3

const adam = { username: 'adam', password: 's3cret', account: 'atech' }
const atFibreband = { id: 36, account: 'fibreband', activated: true }
const anywhere = { username: 'adam', password: 's3cret' }
const letIn = json(200, { status: 'Authenticated', user: wireUser() })

const boundary = 'a-boundary-of-no-body'
const multipart = Object.entries(adam)
  .map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
  .join('')

/** What the vendor's pages say and one request can show. */
export const documented: readonly Interaction[] = [
  {
    clauses: ['SP-01', 'SP-06', 'SP-07', 'SP-U1'],
    description: 'SP-01 right credentials for one account',
    states: [settings(), user()],
    ...signsIn(adam),
    response: letIn,
    gives: { outcome: 'authenticated', user: appUser() },
  },
  {
    clauses: ['SP-02', 'SP-06'],
    description: 'SP-02 right credentials, beside other authentication that means nothing',
    states: [settings(), user()],
    ...asks({ headers: { ...form, Authorization: 'Basic YWRhbTp3cm9uZw==' }, body: encode(adam) }),
    response: letIn,
    gives: 200,
  },
  ...['GET', 'POST', 'PUT', 'DELETE'].map((method): Interaction => ({
    clauses: ['SP-03', 'SP-04', 'SP-06'],
    description: `SP-03 right credentials in the query of a ${method}`,
    states: [settings(), user()],
    ...asks({ method, query: adam }),
    response: letIn,
    gives: 200,
  })),
  ...['GET', 'PUT', 'PATCH'].map((method): Interaction => ({
    clauses: ['SP-03', 'SP-04', 'SP-06'],
    description: `SP-03 right credentials in the form of a ${method}`,
    states: [settings(), user()],
    ...asks({ method, headers: form, body: encode(adam) }),
    response: letIn,
    gives: 200,
  })),
  {
    clauses: ['SP-03', 'SP-04', 'SP-06'],
    description: 'SP-03 right credentials in a multipart form',
    states: [settings(), user()],
    ...asks({
      headers: { ...asApplication, 'Content-Type': `multipart/form-data; boundary=${boundary}` },
      body: `${multipart}--${boundary}--\r\n`,
    }),
    response: letIn,
    gives: 200,
  },
  {
    clauses: ['SP-04', 'SP-06'],
    description: 'SP-04 right credentials with the right code',
    states: [settings(), secured()],
    ...signsIn({ ...adam, two_factor_code: '123456' }),
    response: letIn,
    gives: { outcome: 'authenticated', user: appUser() },
  },
  {
    clauses: ['SP-04', 'SP-06'],
    description: 'SP-04 right credentials with signs that a form has to encode',
    states: [settings(), user({ password: 'ü=&+% "\\' })],
    ...signsIn({ ...adam, password: 'ü=&+% "\\' }),
    response: letIn,
    gives: { outcome: 'authenticated', user: appUser() },
  },
  {
    clauses: ['SP-05', 'SP-07'],
    description: 'SP-05 right credentials for two accounts',
    states: [settings(), nobody(), user({ account: 'fibreband', id: 36 }), user({ id: 6 })],
    ...signsIn(anywhere),
    // In whichever order.
    response: json(200, { status: 'Authenticated', users: eachLike(wireUserOf('atech|fibreband'), 2) }),
    gives: { outcome: 'authenticated', users: [appUser(), appUser()] },
  },
  {
    clauses: ['SP-05', 'SP-08'],
    description: 'SP-05 right credentials for two accounts, in one of which they have API access',
    states: [settings(), nobody(), withoutAccess(), user({ account: 'fibreband', id: 36 })],
    ...signsIn(anywhere),
    response: json(200, { status: 'Authenticated', users: [wireUser(atFibreband)] }),
    gives: { outcome: 'authenticated', users: [appUser(atFibreband)] },
  },
  {
    clauses: ['SP-08', 'SP-U1'],
    description: 'SP-08 right credentials of a user without API access',
    states: [settings(), withoutAccess()],
    ...signsIn(adam),
    response: tells({ status: 'APIAccessDisabled' }),
    gives: { outcome: 'api-access-disabled' },
  },
  {
    clauses: ['SP-09', 'SP-U1'],
    description: 'SP-09 a wrong password',
    states: [settings(), user()],
    ...signsIn({ ...adam, password: 'invalid password' }),
    response: tells({
      status: 'InvalidCredentials',
      username: 'adam',
      password: 'invalid password',
      account: 'atech',
    }),
    gives: { outcome: 'invalid-credentials' },
  },
  {
    clauses: ['SP-09', 'SP-U1'],
    description: 'SP-09 an unknown user',
    states: [settings(), account({ account: 'atech' }), nobody({ username: 'jogn' })],
    ...signsIn({ ...adam, username: 'jogn' }),
    response: tells({ status: 'InvalidCredentials', username: 'jogn', password: 's3cret', account: 'atech' }),
    gives: { outcome: 'invalid-credentials' },
  },
  {
    clauses: ['SP-10', 'SP-U1'],
    description: 'SP-10 right credentials of a user who has to set up a second factor',
    states: [settings(), unprepared],
    ...signsIn(adam),
    response: tells({ status: 'TwoFactorRequired' }),
    gives: { outcome: 'two-factor-required' },
  },
  {
    clauses: ['SP-11', 'SP-U1'],
    description: 'SP-11 right credentials with a wrong code',
    states: [settings(), secured()],
    ...signsIn({ ...adam, two_factor_code: '000000' }),
    response: tells({ status: 'InvalidTwoFactorCode' }),
    gives: { outcome: 'invalid-code' },
  },
  {
    clauses: ['SP-12', 'SP-U1'],
    description: 'SP-12 right credentials with the right code, while locked',
    states: [settings(), locked()],
    ...signsIn({ ...adam, two_factor_code: '123456' }),
    response: tells({ status: 'TwoFactorLocked' }),
    gives: { outcome: 'locked' },
  },
  {
    clauses: ['SP-13', 'SP-15', 'SP-U2'],
    description: 'SP-13 right credentials from an address that is not permitted',
    states: [settings(), user(), account({ account: 'atech', allowFrom: ['192.0.2.0/24'] })],
    ...signsIn(adam),
    response: json(403, { error: 'NotPermittedFromIPAddress', ip: regex('^[0-9a-f:.]+$', '127.0.0.1') }),
    gives: { outcome: 'not-permitted-from-address', address: '127.0.0.1' },
  },
  {
    clauses: ['SP-13', 'SP-06'],
    description: 'SP-13 right credentials from an address that is permitted',
    states: [settings(), user(), account({ account: 'atech', allowFrom: ['0.0.0.0/0', '::/0'] })],
    ...signsIn(adam),
    response: letIn,
    gives: { outcome: 'authenticated', user: appUser() },
  },
  {
    clauses: ['SP-14', 'SP-15', 'SP-U2'],
    description: 'SP-14 right credentials for an unknown account',
    states: [settings(), user(), noAccount],
    ...signsIn({ ...adam, account: 'acme' }),
    response: tells({ error: 'AccountNotFound', message: regex('.*acme.*', "No account found matching 'acme'") }, 404),
    gives: { outcome: 'account-not-found' },
  },
  {
    clauses: ['SP-16', 'SP-09'],
    description: 'SP-16 wrong credentials for an unknown account',
    states: [settings(), nobody({ username: 'jogn' }), noAccount],
    ...signsIn({ username: 'jogn', password: 'invalidpassword', account: 'acme' }),
    response: tells({
      status: 'InvalidCredentials',
      username: 'jogn',
      password: 'invalidpassword',
      account: 'acme',
    }),
    gives: { outcome: 'invalid-credentials' },
  },
  {
    clauses: ['SP-16', 'SP-09'],
    description: 'SP-16 a wrong password from an address that is not permitted',
    states: [settings(), user(), account({ account: 'atech', allowFrom: ['192.0.2.0/24'] })],
    ...signsIn({ ...adam, password: 'wrong' }),
    response: json(200, { status: 'InvalidCredentials' }),
    gives: { outcome: 'invalid-credentials' },
  },
  {
    clauses: ['SP-16', 'SP-09'],
    description: 'SP-16 a wrong password while locked',
    states: [settings(), locked()],
    ...signsIn({ ...adam, password: 'wrong', two_factor_code: '000000' }),
    response: json(200, { status: 'InvalidCredentials' }),
    gives: { outcome: 'invalid-credentials' },
  },
]
