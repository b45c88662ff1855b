import { clauseTable } from '../../core/clause-entry.ts'
import { along, apart, way } from '../../core/tracing.ts'
import { atCode, atCookie, otherCode } from './answer-places.ts'
import type { LiveSession } from './caller.ts'
import { admission, answer, refused, userJson, variesInUser, word, type Setting } from './forms.ts'
import { observedClauses } from './observed/clauses.ts'
import type { Settings } from './settings.ts'
import { shell } from './shell.ts'
import type { User } from './state.ts'

const { api, hashExample, hashInSession, logIn, playSso, post, rsa, signature, token } = shell
/** Clauses of logins that are refused. */
const refusals = ['GC-17', 'GC-18', 'GC-U2', 'GC-X11', 'GC-X15']
const observedRefusals = ['GC-O8', 'GC-O9']
const observed = Object.keys(observedClauses)

/** What the vendor's page says. */
export const documentedClauses = clauseTable<Settings>()('documented', {
  'GC-01': {
    text: 'GET /auth/validate/{sid} takes session number and secret in one, and answers { user?, messages, responseInfo }.',
    says: {
      validated: ({ session, user }: LiveSession, scene: Setting) => {
        const because = `session ${session.sid} is ${user.username}'s`
        return answer('OK', 'The session is alive.', because, scene, { user: userJson(user, scene.settings) })
      },
    },
    met: way(logIn, `curl ${api}/validate/${token}`),
  },
  'GC-02': {
    text: 'GET /auth/login and GET /auth/ssologin are one operation: text/plain with the sid, NOTFOUND or FAILURE.',
    says: { nobodyAtSso: (because: string) => word('NOTFOUND', because) },
    met: way(`curl ${api}/ssologin`),
    decides: [
      { of: ['GC-O14', 'GC-O15', 'GC-O23'], where: /^header content-type$/ },
      { where: /^header content-type$/, expected: /text\/plain/ },
      { of: ['GC-02', 'GC-23', 'GC-24'], where: /^body$/, received: /^(no body|FAILURE)$/ },
      { of: ['GC-02', 'GC-24'], where: /^status$/, received: /^4/, alone: true },
    ],
  },
  'GC-03': {
    text: "POST /auth/login?sid=0 with { login, password } opens a session: { sid, user, messages, responseInfo }, the secret as a cookie. A sid that exists goes on if its secret is the cookie's.",
    says: { loggedIn: admission },
    met: way(logIn),
    varies: { sid: /^[1-9]\d*$/ },
    decides: [
      { of: ['GC-O6', 'GC-O7'], where: /^body\.sid$/, how: ['missing', 'form'] },
      { of: ['GC-03', 'GC-04'], where: atCookie, received: /^none$/ },
      { of: ['GC-04', 'GC-16', 'GC-X5'], where: /^body\.(sid|user)$/, how: ['missing', 'form'] },
    ],
  },
  'GC-04': {
    text: 'POST /auth/loginwithrsa?sid=0 takes { username, salt, expirationTimestamp, rsaSignature }, and is a login otherwise.',
    says: {
      loggedInBySignature: admission,
      noSignatures: refused(
        404,
        'GC-04',
        'The open-source server has no loginwithrsa; the setting dialect: documented has it.',
      ),
    },
    met: way(playSso, rsa.replace('SIGNATURE', `'"${signature}"'`)),
    decides: [{ of: ['GC-04', 'GC-U2'], where: /^status$/, received: /^404$/ }],
  },
  'GC-05': {
    text: 'POST /auth/logout/{sid}?allSessions=false answers { messages, responseInfo }.',
    says: {
      loggedOut: (sid: number, scene: Setting) =>
        answer('OK', 'You are logged out.', `session ${sid} has ended`, scene),
    },
    met: way(logIn, `curl -b jar -X POST ${api}/logout/1`),
    decides: [
      { of: ['GC-05'], where: atCookie },
      { of: ['GC-05'], where: atCode },
    ],
  },
  'GC-06': {
    text: 'POST /auth/hashpassword?sid= with { password, userId } answers { hash, user?, messages, responseInfo }, and not to anonymous callers.',
    says: {
      hashed: (hash: string, owner: User | undefined, because: string, scene: Setting) => {
        const user = owner === undefined ? {} : { user: userJson(owner, scene.settings) }
        return answer('OK', 'The password is hashed.', because, scene, { hash, ...user })
      },
    },
    met: way(logIn, hashInSession),
    decides: [
      { of: ['GC-O16'], where: /^body\.hash$/, how: ['missing'] },
      { where: /^body\.hash$/, how: ['missing'] },
    ],
  },
  'GC-07': {
    text: 'POST /auth/matchpassword?sid= with { password, hash } answers { messages, responseInfo }, and not to anonymous callers.',
    says: { matched: (because: string, scene: Setting) => answer('OK', 'The password has this hash.', because, scene) },
    met: way(logIn, post('matchpassword?sid=1', `{"password":"secret","hash":"${hashExample}"}`, ' -b jar')),
  },
  'GC-08': {
    text: 'GET /auth/globalprefix answers { messages, responseInfo }.',
    met: along('GC-22'),
    decides: [{ of: ['GC-22'], where: /^header content-type$/ }],
  },
  'GC-09': {
    text: 'GET answers 200, and POST answers 201 Created.',
    met: along('GC-03', 'GC-05', 'GC-06', 'GC-07', 'GC-17', 'GC-20', 'GC-21'),
    decides: [{ where: /^status$/, expected: /^20[01]$/, received: /^20[01]$/, alone: true }],
  },
  'GC-10': {
    text: 'A user has id, firstName, lastName, description, email, groups, login and password; a group has id, name, description and children.',
    met: along('GC-01', 'GC-03', 'GC-16', 'GC-S1'),
    varies: variesInUser,
    decides: [
      { where: /^body\.user\.(id$|\w+\W)/, how: ['missing'] },
      { where: /^body\.user\.(?!password$)/, how: ['extra', 'form'] },
      { where: /^body\.user\.(?!id$|login$|password$)/ },
    ],
  },
  'GC-11': {
    text: 'A message has fieldName, message, type (CRITICAL, INFO, SUCCESS, WARNING, NEUTRAL), timestamp, image, sender and id.',
    met: apart('a message stands beside answers, which name their own clauses'),
    varies: {
      messages: 'same shape',
      'messages.*.timestamp': 'milliseconds',
      'messages.*.type': /^(CRITICAL|INFO|SUCCESS|WARNING|NEUTRAL)$/,
    },
    decides: [{ where: /^body\.messages\[/ }],
  },
  'GC-12': {
    text: 'responseInfo has responseCode, responseMessage and property.',
    met: along('GC-03', 'GC-17', 'GC-19', 'GC-22'),
    decides: [
      { of: observed, where: /^body\.responseInfo($|\.response(Code|Message)$)/, how: ['missing', 'form'] },
      { where: atCode, how: ['missing', 'extra', 'form'] },
      { where: atCode, received: otherCode },
      { where: /^body\.responseInfo($|\.responseMessage$)/, how: ['missing', 'extra'] },
    ],
  },
  'GC-25': {
    text: 'Only who is successfully authenticated gets a session: nobody else is answered with a sid or gets a secret.',
    met: along('GC-17', 'GC-18', 'GC-U2'),
    decides: [
      { of: observedRefusals, where: atCookie, expected: /^none$/ },
      { of: observedRefusals, where: /^body\.(user|sid)$/, how: ['extra'] },
      { of: refusals, where: atCookie, expected: /^none$/ },
      { of: refusals, where: /^body\.(sid|user)$/, how: ['extra'] },
    ],
  },
  'GC-26': { text: 'A token is valid with the secret of its session, and with no other.', met: along('GC-19') },
  'GC-27': { text: 'A logout ends the session.', met: along('GC-05', 'GC-20') },
})
