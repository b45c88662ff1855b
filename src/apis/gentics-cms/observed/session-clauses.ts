import { clauseTable } from '../../../core/clause-entry.ts'
import { along } from '../../../core/tracing.ts'
import { atCode, atCookie, failing } from '../answer-places.ts'
import type { LiveSession } from '../caller.ts'
import type { Settings } from '../settings.ts'
import { read } from './fact-source.ts'
import { admission, answer, invalidSid, loggedOut, userJson, word, type Scene } from './forms.ts'
import { shell } from './shell.ts'

const inMaintenance = 'there is maintenance, and the user may not see its setting'
const always = { messages: 'always' } as const
const { curl, decided, logIn, post, token, way } = shell

/** What the vendor's open-source server does with logins and sessions, and the form of its answers. */
export const sessionClauses = clauseTable<Settings>()('observed', {
  'GC-O1': {
    text: 'What is decided is answered with 200, to POST as well.',
    source: read('resource', 'high', '6.0.0 and later'),
    met: along(...decided),
    decides: [
      { where: /^status$/, expected: /^200$/, received: /^2/, alone: true },
      {
        of: ['GC-O8', 'GC-O9', 'GC-O10', 'GC-O12', 'GC-O18'],
        where: /^status$/,
        received: /^4/,
        alone: true,
      },
    ],
  },
  'GC-O2': {
    text: 'JSON is indented by two spaces with " : " behind names; members are in the order messages, responseInfo, inBackground, user, sid or hash; what is null is left out; property is never set.',
    source: read('json', 'medium'),
    met: along(...decided, 'GC-O10', 'GC-O19', 'GC-O20'),
    decides: [{ where: /^header content-type$/ }],
  },
  'GC-O3': {
    text: 'messages is [] at logout and user/me, one message beside an error of the framework, and left out elsewhere.',
    source: read('resource', 'high'),
    met: along(...decided, 'GC-O10', 'GC-O19', 'GC-O20'),
    decides: [{ where: /^body\.messages(\[|$)/ }],
  },
  'GC-O4': {
    text: 'Every answer in JSON has inBackground: false.',
    source: read('json', 'high', '6.3.13, 6.4.3, 6.5.0 and later'),
    met: along(...decided, 'GC-O10', 'GC-O19', 'GC-O20'),
    decides: [{ where: /^body\.inBackground$/ }],
  },
  'GC-O5': {
    text: 'Login and validate tell of a user id, firstName, lastName and email.',
    source: read('builder', 'high'),
    met: along('GC-O6', 'GC-O10'),
    decides: [
      { of: ['GC-O6', 'GC-O7', 'GC-O10'], where: /^body\.user\./ },
      { notOf: ['GC-O20'], where: /^body\.user$/, how: ['missing'] },
    ],
  },
  'GC-O6': {
    text: 'Right credentials open a session with a number and a secret of its own, whatever sid and cookie came along: OK with user and sid, a text.',
    source: read('password', 'high', '6.1.26, 6.2.7, 6.3.0 and later'),
    says: { performedLogin: admission },
    met: way(logIn),
  },
  'GC-O7': {
    text: 'Right credentials open a session with the secret of the cookie, known or not; the session of sid is gone on with if that is its secret. A sid that is no integer is a FAILURE.',
    source: read('session', 'high', 'before 6.1.26, 6.2.7 and 6.3.0'),
    says: {
      performedOlderLogin: admission,
      sidUnreadable: (given: string, scene: Scene) =>
        answer('FAILURE', `Unable to parse ${given} as integer`, 'the sid is no integer; no session was opened', scene),
    },
    met: way('understudy api set gentics-cms version=6.2.6', logIn),
  },
  'GC-O8': {
    text: 'An unknown login, no or a wrong or an empty password, and a user in no group are answered alike: NOTFOUND, no user, no sid, no cookie. Nothing is counted, and nobody is locked.',
    source: read('password', 'high'),
    says: {
      didNotFind: (because: string, scene: Scene) =>
        answer('NOTFOUND', 'Did not find a user with given credentials', because, scene),
    },
    met: way(post('login', '{"login":"node","password":"wrong"}')),
    decides: [
      { of: ['GC-O8'], where: atCode, received: failing },
      { of: ['GC-O8'], where: /^body\.responseInfo\.responseMessage$/ },
    ],
  },
  'GC-O9': {
    text: 'In maintenance, who has right credentials and a group and may not see its setting is answered MAINTENANCEMODE, by SSO as that word.',
    source: read('resource', 'high'),
    says: {
      loginDisabled: (scene: Scene) =>
        answer(
          'MAINTENANCEMODE',
          'The maintenance mode is currently enabled. Login was therefore disabled.',
          inMaintenance,
          scene,
        ),
      loginDisabledAtSso: word('MAINTENANCEMODE', inMaintenance),
    },
    met: way('understudy api set gentics-cms maintenance=true', logIn),
    decides: [{ of: ['GC-O9'], where: atCode, received: failing }],
  },
  'GC-O10': {
    text: 'Validating the number and the secret of a live session is OK with its user; anything else, a cookie included, is INVALIDDATA without one.',
    source: read('token', 'high'),
    says: {
      validSid: ({ session, user }: LiveSession, scene: Scene) => {
        const because = `session ${session.sid} is ${user.username}'s`
        return answer('OK', 'Successfully validated given SID', because, scene, { last: { user: userJson(user) } })
      },
      invalidSid,
    },
    met: way(logIn, curl(`validate/${token}`)),
    decides: [{ of: ['GC-O10', 'GC-O23'], where: atCode, received: failing }],
  },
  'GC-O11': {
    text: 'Logout with the secret in cookie or path is OK and empties the secret of that session; the cookie stays.',
    source: read('resource', 'high'),
    says: { endedSession: (sid: number, scene: Scene) => loggedOut(`session ${sid} has ended`, scene) },
    met: way(logIn, curl('logout/1', '-b jar -X POST')),
    decides: [{ of: ['GC-O11', 'GC-O12'], where: atCookie, expected: /^none$/ }],
  },
  'GC-O12': {
    text: 'Logout without the secret of a session is INVALIDDATA, of no known session FAILURE; nothing ends.',
    source: read('resource', 'high'),
    says: {
      logoutError: (because: string, scene: Scene) => answer('FAILURE', 'Error while logout', because, scene, always),
      logoutOfOther: (because: string, scene: Scene) =>
        answer('INVALIDDATA', 'Invalid SID given', because, scene, always),
    },
    met: way(curl('logout/1', '-X POST')),
    decides: [{ of: ['GC-O12'], where: atCode, received: failing }],
  },
  'GC-O13': {
    text: 'Logout with allSessions=true, in any case, empties every session with that secret, and has the cookie deleted.',
    source: read('resource', 'high'),
    says: { endedSessions: (scene: Scene) => loggedOut('every session with this secret has ended', scene) },
    met: way(logIn, curl('logout/1?allSessions=true', '-b jar -X POST')),
    decides: [{ of: ['GC-O13'], where: atCookie, received: /^none$/ }],
  },
  'GC-O14': {
    text: 'GET /auth/login and /auth/ssologin answer text/plain;charset=UTF-8: the number of the session that sid and cookie tell, otherwise NOTFOUND. Headers and bearer tokens mean nothing without a filter.',
    source: read('resource', 'high'),
    says: {
      sidOfSession: (sid: number, because: string) => word(String(sid), because),
      noSidOfSession: (because: string) => word('NOTFOUND', because),
    },
    met: way(logIn, curl('ssologin?sid=1', '-b jar')),
  },
  'GC-O15': {
    text: "With an SSO filter, whom it names gets a session that has the cookie's secret if there is one; keeps the own; or ends somebody else's. A user is made where groups are told, and told names are taken over.",
    source: read('sso', 'medium'),
    says: {
      sidByFilter: (sid: number, because: string) => word(String(sid), because),
      noSidByFilter: (because: string) => word('NOTFOUND', because),
      filterFails: word('FAILURE', 'the SSO system cannot be asked'),
    },
    met: way(`understudy api set gentics-cms sso='{"header":"x-sso-user"}'`, curl('ssologin', "-H 'x-sso-user: node'")),
  },
})
