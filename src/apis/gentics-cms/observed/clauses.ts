import type { Clause, FactSource } from '../../../core/clause.ts'

// Files of github.com/gentics/cms-oss as read at commit c8aa3dcc50, two lines at most from the name of the last folder on.
const files = {
  resource: 'impl/AuthenticationResourceImpl.java',
  password: 'etc/UsernamePasswordLoginService.java, etc/AbstractLoginService.java',
  builder: 'util/ModelBuilder.java',
  json: 'RestJacksonJsonProvider.java',
  mappers: 'the exception mappers beside RestJacksonJsonProvider.java',
  session: 'factory/Session.java',
  token: 'factory/SessionToken.java',
  cookie: 'http/CookieHelper.java, runtime/config.yml',
  access: 'security/AccessControlService.java, runtime/config.yml',
  sso: 'filter/AbstractSSOFilter.java, filter/HttpAuthFilter.java',
  user: 'impl/UserResourceImpl.java, filters/AuthenticationRequestFilter.java',
  suffix: 'AcceptResponseServletFilter.java',
  runner: 'server/OSSRunner.java',
} as const

type Confidence = FactSource['confidence']

/** A fact of the vendor's open-source server: where it was read, how sure it is, and in which versions it holds. */
function fact(id: string, text: string, file: keyof typeof files, confidence: Confidence, versions?: string): Clause {
  const source = { where: `cms-oss c8aa3dcc50, ${files[file]}`, ...(versions === undefined ? {} : { versions }) }
  return { id, origin: 'observed', text, source: { ...source, confidence } }
}

const publicVersions = '6.0.0 and later'

/** What the vendor's open-source server does, in the dialect `observed`. */
export const observedClauses: readonly Clause[] = [
  fact('GC-O1', 'What is decided is answered with 200, to POST as well.', 'resource', 'high', publicVersions),
  fact(
    'GC-O2',
    'JSON is indented by two spaces with " : " behind names; members are in the order messages, responseInfo, inBackground, user, sid or hash; what is null is left out; property is never set.',
    'json',
    'medium',
  ),
  fact(
    'GC-O3',
    'messages is [] at logout and user/me, one message beside an error of the framework, and left out elsewhere.',
    'resource',
    'high',
  ),
  fact('GC-O4', 'Every answer in JSON has inBackground: false.', 'json', 'high', '6.3.13, 6.4.3, 6.5.0 and later'),
  fact('GC-O5', 'Login and validate tell of a user id, firstName, lastName and email.', 'builder', 'high'),
  fact(
    'GC-O6',
    'Right credentials open a session with a number and a secret of its own, whatever sid and cookie came along: OK with user and sid, a text.',
    'password',
    'high',
    '6.1.26, 6.2.7, 6.3.0 and later',
  ),
  fact(
    'GC-O7',
    'Right credentials open a session with the secret of the cookie, known or not; the session of sid is gone on with if that is its secret. A sid that is no integer is a FAILURE.',
    'session',
    'high',
    'before 6.1.26, 6.2.7 and 6.3.0',
  ),
  fact(
    'GC-O8',
    'An unknown login, no or a wrong or an empty password, and a user in no group are answered alike: NOTFOUND, no user, no sid, no cookie. Nothing is counted, and nobody is locked.',
    'password',
    'high',
  ),
  fact(
    'GC-O9',
    'In maintenance, who has right credentials and a group and may not see its setting is answered MAINTENANCEMODE, by SSO as that word.',
    'resource',
    'high',
  ),
  fact(
    'GC-O10',
    'Validating the number and the secret of a live session is OK with its user; anything else, a cookie included, is INVALIDDATA without one.',
    'token',
    'high',
  ),
  fact(
    'GC-O11',
    'Logout with the secret in cookie or path is OK and empties the secret of that session; the cookie stays.',
    'resource',
    'high',
  ),
  fact(
    'GC-O12',
    'Logout without the secret of a session is INVALIDDATA, of no known session FAILURE; nothing ends.',
    'resource',
    'high',
  ),
  fact(
    'GC-O13',
    'Logout with allSessions=true, in any case, empties every session with that secret, and has the cookie deleted.',
    'resource',
    'high',
  ),
  fact(
    'GC-O14',
    'GET /auth/login and /auth/ssologin answer text/plain;charset=UTF-8: the number of the session that sid and cookie tell, otherwise NOTFOUND. Headers and bearer tokens mean nothing without a filter.',
    'resource',
    'high',
  ),
  fact(
    'GC-O15',
    "With an SSO filter, whom it names gets a session that has the cookie's secret if there is one; keeps the own; or ends somebody else's. A user is made where groups are told, and told names are taken over.",
    'sso',
    'medium',
  ),
  fact('GC-O16', 'hashpassword answers OK with a salted bcrypt hash ($2a$10$), and no user.', 'resource', 'high'),
  fact(
    'GC-O17',
    'matchpassword answers OK where the password has the hash, and FAILURE where it has not or the hash is none of bcrypt.',
    'resource',
    'high',
  ),
  fact(
    'GC-O18',
    'Passwords are hashed and matched for a live session (sid and cookie) and for listed addresses, at first 127.0.0.1 and ::1; for others it is a FAILURE. For a caller by IPv4 the first range of the list decides alone.',
    'access',
    'high',
  ),
  fact('GC-O19', 'globalprefix answers anybody: OK, with the prefix as the responseMessage.', 'resource', 'high'),
  fact(
    'GC-O20',
    'user/me answers a live session with id, firstName, lastName, description, email and login of its user; with ?groups=true also groups, without children.',
    'user',
    'high',
  ),
  fact(
    'GC-O21',
    'user/me answers 401 with a bare text: "sid and session secret required" without a sid, else "invalid sid".',
    'user',
    'high',
  ),
  fact(
    'GC-O22',
    'The cookie is GCN_SESSION_SECRET=<secret>; Path=/; HttpOnly; SameSite=Lax, with Secure before SameSite where that is set; deleted by =deleted; Path=/; Version=1; Max-Age=0; HttpOnly.',
    'cookie',
    'high',
  ),
  fact(
    'GC-O23',
    'A session that is idle for longer than its age (3600 s) has ended. Logins and user/me keep it young; validating, SSO, logouts and hashing do not.',
    'session',
    'high',
  ),
  fact(
    'GC-O24',
    'A body that is no JSON, has an unknown member or one of a wrong type is 400 with INVALIDDATA. Numbers and booleans do for texts.',
    'mappers',
    'high',
  ),
  fact(
    'GC-O25',
    'A body that is missing or null, and a password to hash or match that is, is 500.',
    'mappers',
    'medium',
  ),
  fact(
    'GC-O26',
    'A Content-Type other than JSON is 415, also without a body and with GET; a body without one is 415; an Accept that has not the type of the answer is 406.',
    'mappers',
    'high',
  ),
  fact(
    'GC-O27',
    'An unknown path is 404, a wrong method 405 without Allow, each in JSON with FAILURE; OPTIONS answers 200 with Allow, HEAD as GET. loginwithrsa is such a path.',
    'mappers',
    'medium',
  ),
  fact(
    'GC-O28',
    'The sid of hashpassword and matchpassword is 0 if it is blank, and 404 if it is no integer.',
    'mappers',
    'medium',
  ),
  fact(
    'GC-O29',
    'A suffix .json or .xml is cut off the path and makes no difference, nor does a slash behind it. ?filter-contenttype is the content type of the answer.',
    'suffix',
    'medium',
  ),
  fact(
    'GC-O30',
    'Path, method, content type, Accept, parameters and body are looked at in this order, and the operation last.',
    'mappers',
    'medium',
  ),
  fact('GC-O31', 'X-Forwarded-For is believed.', 'runner', 'high'),
]
