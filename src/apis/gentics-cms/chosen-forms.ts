import { clauseTable } from '../../core/clause-entry.ts'
import { along, way } from '../../core/tracing.ts'
import { atCode, atCookie, failing } from './answer-places.ts'
import { admission, answer, invalidToken, otherHash, nobodyFound, word, type Setting } from './forms.ts'
import type { Settings } from './settings.ts'
import { shell } from './shell.ts'
import { secretCookie } from './wire.ts'

const { api, logIn, post, token } = shell
const inMaintenance = 'there is maintenance, and the user may not see its setting'

/**
 * The forms in which the dialect `documented` does what the page implies. Most are those of the vendor's open-source
 * server; where that does otherwise than the page, the page counts.
 */
export const chosenForms = clauseTable<Settings>()('assumed', {
  'GC-13': {
    text: 'How a failure is told.',
    choice: 'in responseInfo, and not by the HTTP status',
    met: along('GC-17', 'GC-18', 'GC-19', 'GC-20', 'GC-21'),
    decides: [
      {
        of: ['GC-17', 'GC-18', 'GC-19', 'GC-20', 'GC-21', 'GC-23', 'GC-U2', 'GC-X15'],
        where: /^status$/,
        received: /^[45]/,
        alone: true,
      },
      { of: ['GC-X7', 'GC-X13'], where: /^status$/, received: /^5/, alone: true },
      { of: ['GC-X11'], where: /^status$/, received: /^(401|403|404|5\d\d)$/, alone: true },
    ],
  },
  'GC-14': {
    text: 'What sid and secret are.',
    choice:
      'a sid is a positive integer, a secret 15 characters of 0-9A-Za-z, a token the one followed by the other; what reads as an integer is a sid without a secret',
    met: along('GC-01', 'GC-03'),
    varies: { [`cookie.${secretCookie}`]: /^[0-9A-Za-z]{15}$/ },
    decides: [
      {
        notOf: ['GC-05', 'GC-20'],
        where: atCookie,
        received: /^GCN_SESSION_SECRET=(?!…|deleted|[0-9A-Za-z]{15}(;|$))/,
      },
    ],
  },
  'GC-15': {
    text: 'The cookie line of the secret.',
    choice: 'GCN_SESSION_SECRET=<secret>; Path=/; HttpOnly, its name first; Secure where that is set',
    settings: ['secureCookies'],
    met: along('GC-03'),
    decides: [{ where: atCookie }],
  },
  'GC-16': {
    text: 'Whether several sessions of one client share a secret.',
    choice: 'yes; sid and secret together tell a session',
    says: { loggedInBeside: admission },
    met: way(logIn, logIn.replace('-c jar', '-b jar')),
  },
  'GC-17': {
    text: 'What a login is answered with.',
    choice:
      'with right credentials OK with user and sid, a text; an unknown user, a wrong or empty password, or a user in no group is NOTFOUND',
    says: {
      notFound: nobodyFound,
      groupless: word('NOTFOUND', 'the user is in no group'),
    },
    met: way(post('login?sid=0', '{"login":"node","password":"wrong"}')),
    decides: [{ of: ['GC-17'], where: atCode, received: failing }],
  },
  'GC-18': {
    text: 'Logins while there is maintenance.',
    choice: 'MAINTENANCEMODE, and FAILURE from SSO, except for users who may see the setting',
    settings: ['maintenance'],
    says: {
      maintenance: (scene: Setting) =>
        answer('MAINTENANCEMODE', 'There is maintenance now. Please come back later.', inMaintenance, scene),
      // The page has no word for it (GC-02).
      maintenanceAtSso: word('FAILURE', inMaintenance),
    },
    met: way('understudy api set gentics-cms maintenance=true', logIn),
    decides: [{ of: ['GC-18'], where: atCode, received: failing }],
  },
  'GC-19': {
    text: 'What validating is answered with.',
    choice: 'OK with the user for the token of a live session; INVALIDDATA without one for anything else',
    says: { notValid: invalidToken },
    met: way(`curl ${api}/validate/nonsense`),
    decides: [{ of: ['GC-19', 'GC-23'], where: atCode, received: failing }],
  },
  'GC-20': {
    text: 'What a logout is answered with, and what all sessions are.',
    choice:
      'OK with sid and cookie; a session with another secret, or one that has ended, is INVALIDDATA, an unknown sid FAILURE; all sessions are those with that secret, and the cookie is taken away with them',
    says: {
      allLoggedOut: (scene: Setting) =>
        answer('OK', 'You are logged out.', 'every session with this secret has ended', scene),
      noSession: (because: string, scene: Setting) => answer('FAILURE', 'There is no such session.', because, scene),
      notYourSession: (because: string, scene: Setting) =>
        answer('INVALIDDATA', 'The session is not yours.', because, scene),
    },
    met: way(`curl -X POST ${api}/logout/1`),
    decides: [
      { of: ['GC-20'], where: atCookie, received: /^none$/ },
      { of: ['GC-20'], where: atCode },
    ],
  },
  'GC-21': {
    text: 'Who is anonymous, and what hashes are.',
    choice:
      'who has neither a session nor an address on the list is, and gets FAILURE; hashes are bcrypt ($2a$10$); a match is OK, none is FAILURE',
    settings: ['allowFrom'],
    says: {
      anonymous: (because: string, scene: Setting) => answer('FAILURE', 'Please log in first.', because, scene),
      notMatched: otherHash,
    },
    met: way(post('hashpassword?sid=0', '{"password":"s3cret","userId":1}')),
    varies: { hash: /^\$2a\$10\$[./A-Za-z0-9]{53}$/ },
    decides: [{ of: ['GC-21'], where: atCode, received: failing }, { where: /^body\.hash$/ }],
  },
  'GC-22': {
    text: 'What the global prefix is, and where.',
    choice: 'four characters, the responseMessage of an OK',
    settings: ['globalPrefix'],
    says: { prefix: (scene: Setting) => answer('OK', scene.settings.globalPrefix, 'anybody may ask for it', scene) },
    met: way(`curl ${api}/globalprefix`),
    varies: { 'GC-22 responseInfo.responseMessage': /^[0-9A-Za-z]{4}$/ },
    decides: [{ of: ['GC-22'], where: /^body\.(?!messages|responseInfo\.property$)/ }],
  },
  'GC-23': {
    text: 'When a session ends by itself.',
    choice: 'when it is idle for longer than an hour',
    settings: ['sessionFor'],
    says: { aged: invalidToken, agedAtSso: (because: string) => word('NOTFOUND', because) },
    met: way(logIn, 'understudy clock advance 2h', `curl ${api}/validate/${token}`),
  },
  'GC-24': {
    text: 'How SSO knows its caller.',
    choice: 'by a session (sid and cookie), or by a bearer token or a header of the SSO system',
    settings: ['sso'],
    says: {
      knownToSso: (sid: number, because: string) => word(String(sid), because),
      unknownToSso: (because: string) => word('NOTFOUND', because),
    },
    met: way(logIn, `curl -b jar "${api}/ssologin?sid=1"`),
    decides: [{ of: ['GC-24'], where: /^body$/, how: ['form'] }],
  },
})
