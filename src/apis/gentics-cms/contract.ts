import type { Clause } from '../../core/clause.ts'
import { chosenForms } from './chosen-forms.ts'
import { observedClauses } from './observed/clauses.ts'
import { openPoints } from './open-points.ts'

const userResource = 'cms-oss c8aa3dcc50, impl/UserResourceImpl.java'

/**
 * The contract of Gentics CMS's AuthenticationResource, clause by clause.
 * `GC-n` the vendor's page, and from GC-13 to GC-24 the forms that were chosen for what it implies; `GC-Un` what it
 * leaves open, `GC-Xn` open points found while building this mock, `GC-Sn` the resource around it that every client
 * calls next. All of them are of the dialect `documented`; `GC-On` are facts of the open-source server, of `observed`.
 */
export const clauses: readonly Clause[] = [
  {
    id: 'GC-01',
    origin: 'documented',
    text: 'GET /auth/validate/{sid} takes session number and secret in one, and answers { user?, messages, responseInfo }.',
  },
  {
    id: 'GC-02',
    origin: 'documented',
    text: 'GET /auth/login and GET /auth/ssologin are one operation: text/plain with the sid, NOTFOUND or FAILURE.',
  },
  {
    id: 'GC-03',
    origin: 'documented',
    text: "POST /auth/login?sid=0 with { login, password } opens a session: { sid, user, messages, responseInfo }, the secret as a cookie. A sid that exists goes on if its secret is the cookie's.",
  },
  {
    id: 'GC-04',
    origin: 'documented',
    text: 'POST /auth/loginwithrsa?sid=0 takes { username, salt, expirationTimestamp, rsaSignature }, and is a login otherwise.',
  },
  {
    id: 'GC-05',
    origin: 'documented',
    text: 'POST /auth/logout/{sid}?allSessions=false answers { messages, responseInfo }.',
  },
  {
    id: 'GC-06',
    origin: 'documented',
    text: 'POST /auth/hashpassword?sid= with { password, userId } answers { hash, user?, messages, responseInfo }, and not to anonymous callers.',
  },
  {
    id: 'GC-07',
    origin: 'documented',
    text: 'POST /auth/matchpassword?sid= with { password, hash } answers { messages, responseInfo }, and not to anonymous callers.',
  },
  { id: 'GC-08', origin: 'documented', text: 'GET /auth/globalprefix answers { messages, responseInfo }.' },
  { id: 'GC-09', origin: 'documented', text: 'GET answers 200, and POST answers 201 Created.' },
  {
    id: 'GC-10',
    origin: 'documented',
    text: 'A user has id, firstName, lastName, description, email, groups, login and password; a group has id, name, description and children.',
  },
  {
    id: 'GC-11',
    origin: 'documented',
    text: 'A message has fieldName, message, type (CRITICAL, INFO, SUCCESS, WARNING, NEUTRAL), timestamp, image, sender and id.',
  },
  {
    id: 'GC-12',
    origin: 'documented',
    text: 'responseInfo has responseCode, responseMessage and property.',
  },
  {
    id: 'GC-25',
    origin: 'documented',
    text: 'Only who is successfully authenticated gets a session: nobody else is answered with a sid or gets a secret.',
  },
  {
    id: 'GC-26',
    origin: 'documented',
    text: 'A token is valid with the secret of its session, and with no other.',
  },
  { id: 'GC-27', origin: 'documented', text: 'A logout ends the session.' },
  ...chosenForms,
  ...openPoints,
  ...observedClauses,
  {
    id: 'GC-S1',
    origin: 'host',
    text: 'GET /user/me?sid= in a live session answers 200 with { user, responseInfo }.',
    source: { where: userResource, confidence: 'high' },
  },
  {
    id: 'GC-S2',
    origin: 'host',
    text: 'GET /user/me without a live session answers 401.',
    source: { where: userResource, confidence: 'high' },
  },
]

/** Below the context path, without the operation's name. */
export const authPath = '/rest/auth'

/** Path of the caller's own user. */
export const mePath = '/rest/user/me'

/** Name of the cookie that carries the secret. */
export const secretCookie = 'GCN_SESSION_SECRET'

/** Every code that a `responseInfo` can carry (GC-12). */
export const responseCodes = [
  'OK',
  'INVALIDDATA',
  'PERMISSION',
  'MAINTENANCEMODE',
  'NOTFOUND',
  'FAILURE',
  'AUTHREQUIRED',
  'NOTLICENSED',
  'LOCKED',
] as const

/** The outcome of an operation, as `responseInfo` tells it. */
export type ResponseCode = (typeof responseCodes)[number]

/** What messages can be (GC-11). */
export const messageTypes = ['CRITICAL', 'INFO', 'SUCCESS', 'WARNING', 'NEUTRAL'] as const

/** Sizes of the real server. */
export const limits = {
  /** GC-14. */
  secretLength: 15,
  /** The largest 32-bit integer: sids are a database's keys. */
  greatestSid: 2_147_483_647,
  /** GC-21, GC-O16: the cost in `$2a$10$`. */
  hashCost: 10,
  /** GC-X13: dearer hashes are not tried; each further step doubles the time. */
  dearestCost: 12,
} as const
