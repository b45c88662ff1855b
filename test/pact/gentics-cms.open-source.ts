import { MatchersV3 } from '@pact-foundation/pact'
import {
  aSid,
  asks,
  asksSso,
  aUserOfFour,
  authPath,
  exampleSid,
  inJson,
  inSession,
  logsIn,
  logsOut,
  maintenance,
  noMaintenance,
  observed,
  ownSid,
  refusal,
  session,
  sso,
  tells,
  text,
  theUserOfFour,
  user,
  validates,
  withCookie,
  type Interaction,
} from './gentics-cms.asking.ts'

const { regex } = MatchersV3

const credentials = { login: 'node', password: 'node' }
const login = `${authPath}/login`
const cookieLine = '^GCN_SESSION_SECRET=[0-9A-Za-z]{15}; Path=/; HttpOnly; SameSite=Lax$'
const opened = withCookie(tells('OK', { user: aUserOfFour, sid: aSid }), cookieLine)

/** What an app depends on in the vendor's open-source server. */
export const openSource: readonly Interaction[] = [
  {
    clauses: ['GC-O6', 'GC-O1', 'GC-O2', 'GC-O4', 'GC-O5', 'GC-O22'],
    description: 'GC-O6 a login of the open-source server',
    states: [observed, noMaintenance, user()],
    ...logsIn(),
    anonymous: true,
    response: opened,
    gives: { code: 'OK', sid: exampleSid, user: theUserOfFour, messages: [] },
  },
  {
    clauses: ['GC-O6'],
    description: 'GC-O6 a login in a session, which the open-source server does not go on with',
    states: [observed, noMaintenance, session()],
    ...asks('POST', login, { query: ownSid, headers: { ...inJson, ...inSession }, body: credentials }),
    response: opened,
    gives: 200,
  },
  {
    clauses: ['GC-O8', 'GC-25'],
    description: 'GC-O8 a login with a wrong password at the open-source server',
    states: [observed, noMaintenance, user()],
    ...logsIn({ login: 'node', password: 'wrong' }, 'wrong'),
    anonymous: true,
    response: tells('NOTFOUND'),
    gives: refusal('NOTFOUND'),
  },
  {
    clauses: ['GC-O9'],
    description: 'GC-O9 a login at the open-source server while there is maintenance',
    states: [observed, user(), maintenance],
    ...logsIn(),
    anonymous: true,
    response: tells('MAINTENANCEMODE'),
    gives: refusal('MAINTENANCEMODE'),
  },
  {
    clauses: ['GC-O10', 'GC-O5'],
    description: 'GC-O10 the token of a live session of the open-source server',
    states: [observed, session()],
    ...validates(),
    response: tells('OK', { user: aUserOfFour }),
    gives: { code: 'OK', user: theUserOfFour, messages: [] },
  },
  {
    clauses: ['GC-O10', 'GC-26'],
    description: 'GC-O10 a token of nobody at the open-source server',
    states: [observed],
    request: { method: 'GET', path: `${authPath}/validate/nonsense` },
    anonymous: true,
    perform: ({ client }) => client.validate('nonsense'),
    response: tells('INVALIDDATA'),
    gives: refusal('INVALIDDATA'),
  },
  {
    clauses: ['GC-O11', 'GC-O3'],
    description: 'GC-O11 a logout from the open-source server',
    states: [observed, session()],
    ...logsOut(),
    response: tells('OK', {}, { messages: MatchersV3.equal([]) }),
    gives: { code: 'OK', messages: [] },
  },
  {
    clauses: ['GC-O12'],
    description: 'GC-O12 a logout of a session that the open-source server has not',
    states: [observed],
    request: { method: 'POST', path: `${authPath}/logout/2147483647`, query: { allSessions: 'false' } },
    anonymous: true,
    perform: ({ client }) => {
      client.useSession('2147483647')
      return client.logout()
    },
    response: tells('FAILURE'),
    gives: refusal('FAILURE'),
  },
  {
    clauses: ['GC-O13', 'GC-O22'],
    description: 'GC-O13 a logout of all from the open-source server',
    states: [observed, session()],
    ...logsOut(true),
    response: {
      ...tells('OK'),
      headers: {
        ...tells('OK').headers,
        'Set-Cookie': regex(
          '^GCN_SESSION_SECRET=deleted; Path=/; Version=1; Max-Age=0; HttpOnly$',
          'GCN_SESSION_SECRET=deleted; Path=/; Version=1; Max-Age=0; HttpOnly',
        ),
      },
    },
    gives: { code: 'OK', messages: [] },
  },
  {
    clauses: ['GC-O14'],
    description: 'GC-O14 SSO with a session of the open-source server',
    states: [observed, noMaintenance, session()],
    ...asksSso,
    response: withCookie(text(exampleSid), cookieLine),
    text: /^[1-9]\d*$/,
    gives: { code: 'OK', sid: exampleSid },
  },
  {
    clauses: ['GC-O14'],
    description: 'GC-O14 SSO of nobody known at the open-source server',
    states: [observed],
    request: { method: 'GET', path: `${authPath}/ssologin` },
    anonymous: true,
    perform: ({ client }) => client.ssoLogin(),
    response: text('NOTFOUND'),
    gives: { code: 'NOTFOUND' },
  },
  {
    clauses: ['GC-O15'],
    description: 'GC-O15 SSO with a header that a filter of the open-source server reads',
    states: [observed, noMaintenance, user(), sso()],
    ...asks('GET', `${authPath}/ssologin`, { headers: { 'X-Sso-User': 'node' } }),
    anonymous: true,
    response: withCookie(text(exampleSid), cookieLine),
    text: /^[1-9]\d*$/,
    gives: 200,
  },
]
