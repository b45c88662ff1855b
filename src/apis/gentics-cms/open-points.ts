import type { Clause } from '../../core/clause.ts'

/** What the vendor's page and server leave open, and what was chosen. */
export const openPoints: readonly Clause[] = [
  {
    id: 'GC-U1',
    origin: 'assumed',
    text: 'What an RSA signature covers.',
    choice:
      'SHA256withRSA, in Base64, over username, salt and expirationTimestamp (seconds, decimal) without separators',
    setting: 'rsa',
  },
  {
    id: 'GC-U2',
    origin: 'assumed',
    text: 'A wrong or expired RSA signature.',
    choice: 'NOTFOUND, no session',
  },
  {
    id: 'GC-U3',
    origin: 'assumed',
    text: 'A body that is malformed JSON, or of another content type.',
    choice: '400; 415; nothing changes',
  },
  {
    id: 'GC-U4',
    origin: 'assumed',
    text: 'The password of the user in an answer.',
    choice: 'left out',
    setting: 'exposePasswords',
  },
  {
    id: 'GC-U5',
    origin: 'assumed',
    text: 'property and messages when there is nothing to say.',
    choice: 'property is left out, messages is []',
  },
  {
    id: 'GC-U6',
    origin: 'assumed',
    text: 'A sid of hashpassword or matchpassword that is no integer.',
    choice: '404',
  },
  {
    id: 'GC-X1',
    origin: 'assumed',
    text: 'An unknown endpoint, or a wrong method.',
    choice: '404; 405 with Allow',
  },
  {
    id: 'GC-X2',
    origin: 'assumed',
    text: 'HEAD, a slash after a path, and .json behind a sid or on the text answers.',
    choice: 'HEAD like GET without the body; the slash is a 404; .json never makes a difference',
  },
  {
    id: 'GC-X3',
    origin: 'assumed',
    text: 'What keeps a session from ageing.',
    choice: 'a login that goes on with it, and requests outside /auth; not validating, SSO and hashing',
  },
  {
    id: 'GC-X4',
    origin: 'assumed',
    text: 'A session that was idle for exactly the configured age.',
    choice: 'lives; it ends a second later',
  },
  {
    id: 'GC-X5',
    origin: 'assumed',
    text: 'Which cookie a login goes on with.',
    choice: 'one that this server gave out and no logout of all sessions has ended; otherwise there is a new secret',
  },
  {
    id: 'GC-X6',
    origin: 'assumed',
    text: 'Whether a login that goes on with a secret sets the cookie again.',
    choice: 'documented: no, only a new secret is set; observed: yes',
    setting: 'dialect',
  },
  {
    id: 'GC-X7',
    origin: 'assumed',
    text: 'The sid of a login that is of no session, or of one with another secret.',
    choice: 'ignored, there is a new session; FAILURE and none if it is no number',
  },
  {
    id: 'GC-X8',
    origin: 'assumed',
    text: 'A login with the sid of a session of somebody else who shares the secret.',
    choice: 'the session goes on, and is now of whom logged in',
  },
  {
    id: 'GC-X9',
    origin: 'assumed',
    text: 'A token in the place of a sid at logout, SSO and /user/me.',
    choice: "its secret counts as the cookie's does; one right one is enough",
  },
  {
    id: 'GC-X10',
    origin: 'assumed',
    text: 'Other values of allSessions than true and false.',
    choice: 'false; true may be written in any case',
  },
  {
    id: 'GC-X11',
    origin: 'assumed',
    text: 'Members of a body that are left out or of another type.',
    choice: 'credentials left out are wrong credentials; a userId may be left out; everything else is a 400',
  },
  {
    id: 'GC-X12',
    origin: 'assumed',
    text: 'Whose user the answer to hashpassword carries, and what userId does to the hash.',
    choice: 'the user with that id, if there is one; nothing',
  },
  {
    id: 'GC-X13',
    origin: 'assumed',
    text: 'A hash whose cost is above 12, which would take seconds to match.',
    choice: 'FAILURE, without trying',
  },
  {
    id: 'GC-X14',
    origin: 'assumed',
    text: 'The order of the checks.',
    choice:
      'content type, sid where it must be an integer, body; then credentials, groups, maintenance, sid of a login',
  },
  {
    id: 'GC-X15',
    origin: 'assumed',
    text: 'The instant expirationTimestamp itself, and a signature that is sent twice.',
    choice: 'expired; accepted twice',
  },
  {
    id: 'GC-X16',
    origin: 'assumed',
    text: 'Several ways to be known to SSO in one request, and when SSO is FAILURE.',
    choice: 'session, then bearer token, then header; FAILURE while the SSO system cannot be asked',
    setting: 'sso',
  },
  {
    id: 'GC-X17',
    origin: 'assumed',
    text: 'Open sessions of a user who leaves the last group, or while there is maintenance.',
    choice: 'go on; only SSO with them answers MAINTENANCEMODE',
  },
  {
    id: 'GC-X18',
    origin: 'assumed',
    text: 'The words of responseMessage, which the vendor does not promise.',
    choice: 'our own; only that of the global prefix means something',
  },
  {
    id: 'GC-X19',
    origin: 'assumed',
    text: 'When there are messages, and the unit of their timestamp.',
    choice: 'where they are set, in every answer that has the member; milliseconds',
    setting: 'messages',
  },
  {
    id: 'GC-X20',
    origin: 'assumed',
    text: 'The cookie line by which a logout of all sessions takes the cookie away.',
    choice: 'the value deleted, with Max-Age=0',
  },
]
