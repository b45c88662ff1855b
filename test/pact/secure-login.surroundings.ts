import { MatchersV3 } from '@pact-foundation/pact'
import {
  active,
  apiPath,
  asForm,
  asks,
  empty,
  exampleSession,
  inAForm,
  inSession,
  json,
  mustEnter,
  productPath,
  sessionPath,
  type Interaction,
} from './secure-login.asking.ts'

const { fromProviderState, like, regex } = MatchersV3

const inJson = { 'Content-Type': 'application/json' }
const loginFailed = json(401, { errorMessages: ['Login failed'], errors: {} })
const username = fromProviderState('${username}', 'alice')
const password = fromProviderState('${password}', 'alice')
const basic = (credentials: string): { Authorization: string } => ({ Authorization: `Basic ${btoa(credentials)}` })

// Set-Cookie is left out: Pact compares such lines by their place, and Jira sets other cookies as well. Journeys look at it.

/** What Jira does around the plug-in: not Secure Login's contract, but no app comes to it otherwise. */
export const surroundings: readonly Interaction[] = [
  {
    clauses: ['SL-H1'],
    description: 'SL-H1 a login with the right password',
    states: [mustEnter()],
    request: { method: 'POST', path: sessionPath, headers: inJson, body: { username, password } },
    response: json(200, {
      session: { name: 'JSESSIONID', value: regex('^[^;\\s]+$', exampleSession) },
      loginInfo: like({ loginCount: 1 }),
    }),
    perform: ({ client }) => client.login('alice', 'alice'),
    gives: 'signed-in',
  },
  {
    clauses: ['SL-H2'],
    description: 'SL-H2 a login with a wrong password',
    states: [mustEnter()],
    request: { method: 'POST', path: sessionPath, headers: inJson, body: { username, password: 'wrong' } },
    response: loginFailed,
    perform: ({ client }) => client.login('alice', 'wrong'),
    gives: 'failed',
  },
  {
    clauses: ['SL-H2'],
    description: 'SL-H2 a login of nobody known',
    states: [active],
    request: { method: 'POST', path: sessionPath, headers: inJson, body: { username: 'nobody', password: 'nobody' } },
    response: loginFailed,
    perform: ({ client }) => client.login('nobody', 'nobody'),
    gives: 'failed',
  },
  {
    clauses: ['SL-H3'],
    description: 'SL-H3 whose the session is',
    states: [mustEnter()],
    ...asks('GET', sessionPath, inSession),
    response: json(200, { name: like('alice'), loginInfo: like({}) }),
    gives: 200,
  },
  {
    clauses: ['SL-H3'],
    description: 'SL-H3 whose the session is, without a session',
    states: [active],
    ...asks('GET', sessionPath),
    response: json(401),
    gives: 401,
  },
  {
    clauses: ['SL-H4'],
    description: 'SL-H4 a logout',
    states: [mustEnter()],
    request: { method: 'DELETE', path: sessionPath, headers: inSession },
    response: empty(204),
    perform: ({ client }) => client.logout(),
    gives: undefined,
  },
  {
    clauses: ['SL-H5', 'SL-06'],
    description: 'SL-H5 the state with right Basic credentials instead of a session',
    states: [mustEnter()],
    // Base64 of what a provider state gives back cannot be put in: where alice's password is another, this one fails.
    ...asks('GET', `${apiPath}/user`, basic('alice:alice')),
    response: json(200, { state: 'enter' }),
    gives: 200,
  },
  {
    clauses: ['SL-H5'],
    description: 'SL-H5 the state with wrong Basic credentials',
    states: [mustEnter()],
    ...asks('GET', `${apiPath}/user`, basic('alice:wrong')),
    response: { status: 401 },
    gives: 401,
  },
  {
    clauses: ['SL-H5'],
    description: 'SL-H5 the info with wrong Basic credentials',
    states: [active],
    ...asks('GET', `${apiPath}/info`, basic('alice:wrong')),
    response: { status: 401 },
    gives: 401,
  },
  {
    clauses: ['SL-H8'],
    description: 'SL-H8 what Jira this is, asked by nobody',
    states: [active],
    ...asks('GET', `${productPath}/serverInfo`),
    response: json(200, { baseUrl: like('https://jira.example/jira'), version: like('9.12.4') }),
    gives: 200,
  },
  {
    clauses: ['SL-H8', 'SL-U18'],
    description: 'SL-H8 who somebody is who has not entered the PIN',
    states: [mustEnter()],
    ...asks('GET', `${productPath}/myself`, inSession),
    response: json(200, { name: like('alice'), displayName: like('Alice'), active: true }),
    gives: 200,
  },
  {
    clauses: ['SL-H8'],
    description: 'SL-H8 who nobody is',
    states: [active],
    ...asks('GET', `${productPath}/myself`),
    response: { status: 401 },
    gives: 401,
  },
  {
    clauses: ['SL-H6'],
    description: 'SL-H6 a login that is a list',
    states: [mustEnter()],
    ...asks('POST', sessionPath, inJson, ['alice', 'alice']),
    response: { status: 400 },
    gives: 400,
  },
  {
    clauses: ['SL-H6'],
    description: 'SL-H6 a login without a password',
    states: [mustEnter()],
    ...asks('POST', sessionPath, inJson, { username: 'alice' }),
    response: { status: 400 },
    gives: 400,
  },
  {
    clauses: ['SL-H6'],
    description: 'SL-H6 a login as a form',
    states: [mustEnter()],
    ...asks('POST', sessionPath, inAForm, asForm({ username: 'alice', password: 'alice' })),
    response: { status: 415 },
    gives: 415,
  },
]
