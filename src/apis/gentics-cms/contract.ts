import type { Clause } from '../../core/clause.ts'
import { openPoints } from './open-points.ts'

/**
 * The contract of Gentics CMS's AuthenticationResource, clause by clause.
 * `GC-n` the vendor's page and what was observed of the vendor's server, `GC-Un` what both leave open, `GC-Xn` open
 * points found while building this mock, `GC-Sn` the resource around it that every client calls next.
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
    text: "POST /auth/loginwithrsa?sid=0 takes { username, salt, expirationTimestamp, rsaSignature }, and is a login otherwise. Today's server no longer has it.",
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
  { id: 'GC-13', origin: 'observed', text: 'Failures are told in responseInfo, not by the HTTP status.' },
  {
    id: 'GC-14',
    origin: 'observed',
    text: 'A sid is a positive integer, a secret 15 characters of 0-9A-Za-z, a token the one followed by the other. What reads as an integer is a sid without a secret.',
  },
  {
    id: 'GC-15',
    origin: 'observed',
    text: 'The cookie is GCN_SESSION_SECRET=<secret>; Path=/; HttpOnly, its name first in the header; Secure where that is configured.',
  },
  {
    id: 'GC-16',
    origin: 'observed',
    text: 'Several sessions of one client may share a secret; sid and secret together tell a session.',
  },
  {
    id: 'GC-17',
    origin: 'observed',
    text: 'A login with right credentials is OK with user and sid; an unknown user, a wrong or empty password, or a user in no group is NOTFOUND.',
  },
  {
    id: 'GC-18',
    origin: 'observed',
    text: 'In maintenance mode a login is MAINTENANCEMODE, and SSO answers that word, except for users who may see the setting.',
  },
  {
    id: 'GC-19',
    origin: 'observed',
    text: 'Validating the token of a live session is OK with its user; anything else is INVALIDDATA without one.',
  },
  {
    id: 'GC-20',
    origin: 'observed',
    text: 'Logout with sid and cookie ends the session, with allSessions all that share its secret, and takes the cookie away. A wrong secret is INVALIDDATA, an unknown sid FAILURE.',
  },
  {
    id: 'GC-21',
    origin: 'observed',
    text: 'Passwords are hashed and matched for callers in a session or from an address on the list, otherwise FAILURE. Hashes are bcrypt ($2a$10$). A match is OK, none is FAILURE.',
  },
  { id: 'GC-22', origin: 'observed', text: 'The global prefix, four characters, is the responseMessage of an OK.' },
  {
    id: 'GC-23',
    origin: 'observed',
    text: 'A session that is idle for longer than the configured age (3600 s) has ended.',
  },
  {
    id: 'GC-24',
    origin: 'observed',
    text: 'SSO knows its caller by a session (sid and cookie), or by a bearer token or a header of the SSO system.',
  },
  ...openPoints,
  {
    id: 'GC-S1',
    origin: 'host',
    text: 'GET /user/me?sid= in a live session answers 200 with { user, responseInfo }.',
  },
  { id: 'GC-S2', origin: 'host', text: 'GET /user/me without a live session answers 401.' },
]

/** Which server is played: the one that the page documents, or today's open-source one. */
export type Dialect = 'documented' | 'observed'

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
  /** GC-21: the cost in `$2a$10$`. */
  hashCost: 10,
  /** GC-X13: dearer hashes are not tried; each further step doubles the time. */
  dearestCost: 12,
} as const
