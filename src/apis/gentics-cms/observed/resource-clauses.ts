import { clauseTable } from '../../../core/clause-entry.ts'
import { aboutOthers, along } from '../../../core/tracing.ts'
import { atCode, atCookie, failing } from '../answer-places.ts'
import type { Settings } from '../settings.ts'
import type { User } from '../state.ts'
import { read } from './fact-source.ts'
import {
  answer,
  failed,
  invalidSid,
  notAcceptable,
  otherHashThere,
  ownUserJson,
  unauthorized,
  word,
  type Scene,
} from './forms.ts'
import { shell } from './shell.ts'

const { curl, logIn, post, token, url, way } = shell

/** What it does with passwords and users, and with requests of the wrong form. */
export const resourceClauses = clauseTable<Settings>()('observed', {
  'GC-O16': {
    text: 'hashpassword answers OK with a salted bcrypt hash ($2a$10$), and no user.',
    source: read('resource', 'high'),
    says: {
      hashedPassword: (hash: string, because: string, scene: Scene) =>
        answer('OK', 'Successfully hashed password', because, scene, { last: { hash } }),
    },
    met: way(post('hashpassword', shell.hash)),
    decides: [{ where: /^body\.hash$/ }],
  },
  'GC-O17': {
    text: 'matchpassword answers OK where the password has the hash, and FAILURE where it has not or the hash is none of bcrypt.',
    source: read('resource', 'high'),
    says: {
      passwordMatches: (because: string, scene: Scene) => answer('OK', 'Password matches', because, scene),
      passwordMismatches: otherHashThere,
    },
    met: way(post('matchpassword', '{"password":"secret","hash":"none"}')),
  },
  'GC-O18': {
    text: 'Passwords are hashed and matched for a live session (sid and cookie) and for listed addresses, at first 127.0.0.1 and ::1; for others it is a FAILURE. For a caller by IPv4 the first range of the list decides alone.',
    source: read('access', 'high'),
    says: {
      invalidSession: (sid: number, because: string, scene: Scene) =>
        answer('FAILURE', `Invalid session ID: \`${sid}'`, because, scene),
    },
    met: way('understudy api set gentics-cms allowFrom=10.0.0.1', post('hashpassword', shell.hash)),
    decides: [{ of: ['GC-O18'], where: atCode, received: failing }],
  },
  'GC-O19': {
    text: 'globalprefix answers anybody: OK, with the prefix as the responseMessage.',
    source: read('resource', 'high'),
    says: { prefixAlone: (scene: Scene) => answer('OK', scene.settings.globalPrefix, 'anybody may ask for it', scene) },
    met: way(curl('globalprefix')),
  },
  'GC-O20': {
    text: 'user/me answers a live session with id, firstName, lastName, description, email and login of its user; with ?groups=true also groups, without children.',
    source: read('user', 'high'),
    says: {
      loadedUser: (user: User, withGroups: boolean, scene: Scene) =>
        answer('OK', 'Successfully loaded current user', `the session is ${user.username}'s`, scene, {
          messages: 'always',
          last: { user: ownUserJson(user, withGroups) },
        }),
    },
    met: way(logIn, `curl -b jar "${url}/rest/user/me?sid=1"`),
    decides: [{ of: ['GC-O20'], where: /^body\.user/ }],
  },
  'GC-O21': {
    text: 'user/me answers 401 with a bare text: "sid and session secret required" without a sid, else "invalid sid".',
    source: read('user', 'high'),
    says: {
      sidRequired: unauthorized('sid and session secret required', 'the query has no sid'),
      sidRefused: (because: string) => unauthorized('invalid sid', because),
    },
    met: way(`curl "${url}/rest/user/me?sid=1"`),
  },
  'GC-O22': {
    text: 'The cookie is GCN_SESSION_SECRET=<secret>; Path=/; HttpOnly; SameSite=Lax, with Secure before SameSite where that is set; deleted by =deleted; Path=/; Version=1; Max-Age=0; HttpOnly.',
    source: read('cookie', 'high'),
    met: along('GC-O6', 'GC-O13', 'GC-O14'),
    decides: [{ where: atCookie }],
  },
  'GC-O23': {
    text: 'A session that is idle for longer than its age (3600 s) has ended. Logins and user/me keep it young; validating, SSO, logouts and hashing do not.',
    source: read('session', 'high'),
    says: {
      agedSid: invalidSid,
      agedSidAtSso: (because: string) => word('NOTFOUND', because),
    },
    met: way(logIn, 'understudy clock advance 2h', curl(`validate/${token}`)),
  },
  'GC-O24': {
    text: 'A body that is no JSON, has an unknown member or one of a wrong type is 400 with INVALIDDATA. Numbers and booleans do for texts.',
    source: read('mappers', 'high'),
    says: {
      unreadable: (scene: Scene) => failed(400, 'the body is no JSON', scene),
      incorrectObject: (because: string, scene: Scene) =>
        failed(400, because, scene, 'The request body contained an incorrect object.'),
    },
    met: way(post('login', '{"user":"node"}')),
  },
  'GC-O25': {
    text: 'A body that is missing or null, and a password to hash or match that is, is 500.',
    source: read('mappers', 'medium'),
    says: { backendError: (because: string, scene: Scene) => failed(500, because, scene) },
    met: way(curl('login', '-X POST')),
  },
  'GC-O26': {
    text: 'A Content-Type other than JSON is 415, also without a body and with GET; a body without one is 415; an Accept that has not the type of the answer is 406.',
    source: read('mappers', 'high'),
    says: {
      unsupportedType: (because: string, scene: Scene) => failed(415, because, scene),
      notAcceptable,
    },
    met: way(curl('login', '-d login=node')),
  },
  'GC-O27': {
    text: 'An unknown path is 404, a wrong method 405 without Allow, each in JSON with FAILURE; OPTIONS answers 200 with Allow, HEAD as GET. loginwithrsa is such a path.',
    source: read('mappers', 'medium'),
    says: {
      unknownPath: (meant: string, scene: Scene) => failed(404, meant, scene),
      otherMethods: (because: string, scene: Scene) => failed(405, because, scene),
      optionsOf: (methods: string, because: string) => ({
        status: 200,
        headers: ['allow', methods],
        body: undefined,
        because,
      }),
    },
    met: way(curl('globalprefixes')),
    decides: [{ of: ['GC-O27'], where: /^status$/ }],
  },
  'GC-O28': {
    text: 'The sid of hashpassword and matchpassword is 0 if it is blank, and 404 if it is no integer.',
    source: read('mappers', 'medium'),
    says: { sidNotFound: (scene: Scene) => failed(404, 'the sid is no integer', scene) },
    met: way(post('hashpassword?sid=x', shell.hash)),
  },
  'GC-O29': {
    text: 'A suffix .json or .xml is cut off the path and makes no difference, nor does a slash behind it. ?filter-contenttype is the content type of the answer.',
    source: read('suffix', 'medium'),
    met: aboutOthers,
    decides: [{ of: ['GC-O29', 'GC-O19'], where: /^header content-type$/, expected: /^text\/json$/ }],
  },
  'GC-O30': {
    text: 'Path, method, content type, Accept, parameters and body are looked at in this order, and the operation last.',
    source: read('mappers', 'medium'),
    met: aboutOthers,
  },
  'GC-O31': { text: 'X-Forwarded-For is believed.', source: read('runner', 'high'), met: along('GC-O18') },
})
