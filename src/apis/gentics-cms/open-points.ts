import { clauseTable } from '../../core/clause-entry.ts'
import { aboutOthers, along, way } from '../../core/tracing.ts'
import { atCode, atCookie, failing } from './answer-places.ts'
import { admission, answer, otherHash, nobodyFound, refused, word, type Setting } from './forms.ts'
import { otherHashThere } from './observed/forms.ts'
import type { Settings } from './settings.ts'
import { shell } from './shell.ts'

const { api, hashExample, logIn, post, rsa } = shell

/** What the vendor's page and server leave open (GC-Un), what else was met while building (GC-Xn), and what was chosen. */
export const openPoints = clauseTable<Settings>()('assumed', {
  'GC-U1': {
    text: 'What an RSA signature covers.',
    choice:
      'SHA256withRSA, in Base64, over username, salt and expirationTimestamp (seconds, decimal) without separators',
    settings: ['rsa'],
    met: along('GC-04'),
  },
  'GC-U2': {
    text: 'A wrong or expired RSA signature.',
    choice: 'NOTFOUND, no session',
    says: { signatureRefused: nobodyFound },
    met: way(rsa.replace('SIGNATURE', 'wrong')),
    decides: [{ of: ['GC-U2'], where: atCode, received: failing }],
  },
  'GC-U3': {
    text: 'A body that is malformed JSON, or of another content type.',
    choice: '400; 415; nothing changes',
    says: {
      notJson: refused(415, 'GC-U3', 'the body has to be application/json; nothing was changed'),
      malformed: refused(400, 'GC-U3', 'the body is no JSON object; nothing was changed'),
    },
    met: way(`curl -d login=node ${api}/login`),
  },
  'GC-U4': {
    text: 'The password of the user in an answer.',
    choice: 'left out',
    settings: ['exposePasswords'],
    met: along('GC-01', 'GC-03', 'GC-S1'),
    decides: [{ where: /^body\.user\.password$/ }],
  },
  'GC-U5': {
    text: 'property and messages when there is nothing to say.',
    choice: 'property is left out, messages is []',
    met: along('GC-03', 'GC-17', 'GC-22'),
    decides: [{ where: /^body\.(messages$|responseInfo\.property$)/ }],
  },
  'GC-U6': {
    text: 'A sid of hashpassword or matchpassword that is no integer.',
    choice: '404',
    says: { sidNoInteger: refused(404, 'GC-U6', 'the sid is no integer; nothing was changed') },
    met: way(post('hashpassword?sid=x', '{}')),
  },
  'GC-X1': {
    text: 'An unknown endpoint, or a wrong method.',
    choice: '404; 405 with Allow',
    says: { unknownEndpoint: (detail: string) => refused(404, 'GC-X1', detail) },
    met: way(`curl ${api}/globalprefixes`),
  },
  'GC-X2': {
    text: 'HEAD, a slash after a path, and .json behind a sid or on the text answers.',
    choice: 'HEAD like GET without the body; the slash is a 404; .json never makes a difference',
    met: aboutOthers,
  },
  'GC-X3': {
    text: 'What keeps a session from ageing.',
    choice: 'a login that goes on with it, and requests outside /auth; not validating, SSO and hashing',
    met: aboutOthers,
  },
  'GC-X4': {
    text: 'A session that was idle for exactly the configured age.',
    choice: 'lives; it ends a second later',
    met: aboutOthers,
  },
  'GC-X5': {
    text: 'Which cookie a login goes on with.',
    choice: 'one that this server gave out and no logout of all sessions has ended; otherwise there is a new secret',
    says: { loggedInAnew: admission },
    met: way(logIn.replace('-c jar', '-b GCN_SESSION_SECRET=neverGivenOut00')),
    decides: [{ of: ['GC-X5'], where: atCookie, received: /^none$/ }],
  },
  'GC-X6': {
    text: 'Whether a login that goes on with a secret sets the cookie again.',
    choice: 'no, only a new secret is set',
    settings: ['dialect'],
    met: aboutOthers,
    decides: [{ of: ['GC-03', 'GC-04', 'GC-16'], where: atCookie, expected: /^none$/ }],
  },
  'GC-X7': {
    text: 'The sid of a login that is of no session, or of one with another secret.',
    choice: 'ignored, there is a new session; FAILURE and none if it is no number',
    says: {
      sidNoNumber: (scene: Setting) =>
        answer('FAILURE', 'The sid is no number.', 'the sid is no number; no session was opened', scene),
    },
    met: way(post('login?sid=x', '{"login":"node","password":"node"}')),
  },
  'GC-X8': {
    text: 'A login with the sid of a session of somebody else who shares the secret.',
    choice: 'the session goes on, and is now of whom logged in',
    met: aboutOthers,
  },
  'GC-X9': {
    text: 'A token in the place of a sid at logout, SSO and /user/me.',
    choice: "its secret counts as the cookie's does; one right one is enough",
    met: aboutOthers,
  },
  'GC-X10': {
    text: 'Other values of allSessions than true and false.',
    choice: 'false; true may be written in any case',
    met: aboutOthers,
  },
  'GC-X11': {
    text: 'Members of a body that are left out or of another type.',
    choice: 'credentials left out are wrong credentials; a userId may be left out; everything else is a 400',
    says: {
      credentialsLeftOut: nobodyFound,
      membersUnfit: (what: string) => refused(400, 'GC-X11', `${what}; nothing was changed`),
    },
    met: way(post('login?sid=0', '{"login":"node"}')),
  },
  'GC-X12': {
    text: 'Whose user the answer to hashpassword carries, and what userId does to the hash.',
    choice: 'the user with that id, if there is one; nothing',
    met: along('GC-06'),
    decides: [
      { of: ['GC-06'], where: /^status$/, received: /^400$/ },
      { of: ['GC-06'], where: /^body\.user$/, how: ['missing'] },
    ],
  },
  'GC-X13': {
    text: 'A hash whose cost is above 12, which would take seconds to match.',
    choice: 'FAILURE, without trying',
    says: { tooDear: otherHash, tooDearThere: otherHashThere },
    met: way(
      logIn,
      post('matchpassword?sid=1', `{"password":"secret","hash":"${hashExample.replace('$10$', '$13$')}"}`, ' -b jar'),
    ),
  },
  'GC-X14': {
    text: 'The order of the checks.',
    choice:
      'content type, sid where it must be an integer, body; then credentials, groups, maintenance, sid of a login',
    met: aboutOthers,
  },
  'GC-X15': {
    text: 'The instant expirationTimestamp itself, and a signature that is sent twice.',
    choice: 'expired; accepted twice',
    says: { justExpired: nobodyFound },
    met: way('understudy clock freeze', 'understudy clock set 2100-01-01T00:00:00Z', rsa.replace('SIGNATURE', 'wrong')),
  },
  'GC-X16': {
    text: 'Several ways to be known to SSO in one request, and when SSO is FAILURE.',
    choice: 'session, then bearer token, then header; FAILURE while the SSO system cannot be asked',
    settings: ['sso'],
    says: { ssoFails: word('FAILURE', 'the SSO system cannot be asked') },
    met: way(
      `understudy api set gentics-cms sso='{"failing":true}'`,
      `curl -H 'authorization: Bearer any' ${api}/ssologin`,
    ),
  },
  'GC-X17': {
    text: 'Open sessions of a user who leaves the last group, or while there is maintenance.',
    choice: 'go on; only SSO with them answers FAILURE in maintenance',
    met: aboutOthers,
  },
  'GC-X18': {
    text: 'The words of responseMessage, which the vendor does not promise.',
    choice: 'our own; only that of the global prefix means something',
    met: aboutOthers,
    varies: { 'responseInfo.responseMessage': 'same type' },
  },
  'GC-X19': {
    text: 'When there are messages, and the unit of their timestamp.',
    choice: 'where they are set, in every answer that has the member; milliseconds',
    settings: ['messages'],
    met: aboutOthers,
    decides: [{ where: /^body\.messages\[\d+\]\.timestamp$/, how: ['value'] }],
  },
  'GC-X20': {
    text: 'The cookie line by which a logout of all sessions takes the cookie away.',
    choice: 'the value deleted, with Max-Age=0',
    met: aboutOthers,
    decides: [{ of: ['GC-20'], where: atCookie }],
  },
  'GC-X21': {
    text: 'Which members of the user answers may leave out; a client needs no more than the id.',
    choice: 'none but the password',
    met: along('GC-01', 'GC-03', 'GC-S1'),
    decides: [{ where: /^body\.user\.(?!id$|password$)\w+$/, how: ['missing'] }],
  },
  'GC-X22': {
    text: 'Whether equal passwords have equal hashes.',
    choice: 'no, each hash is salted',
    met: along('GC-06'),
    decides: [{ where: /^body\.hash$/, expected: /^another than/ }],
  },
  'GC-X23': {
    text: 'Whether words tell an unknown user from a wrong password.',
    choice: 'no, both are answered alike',
    met: along('GC-17'),
    decides: [{ of: ['GC-17'], where: /^body\.responseInfo\.responseMessage$/, how: ['value'] }],
  },
  'GC-X24': {
    text: 'The content type of the bare text with which the open-source server answers 401.',
    choice: 'application/json, although it is none',
    met: along('GC-O21'),
    decides: [{ of: ['GC-O21'], where: /^header content-type$/ }],
  },
})
