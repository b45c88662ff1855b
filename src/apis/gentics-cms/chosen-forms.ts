import type { Clause } from '../../core/clause.ts'

function form(id: string, text: string, choice: string, setting?: string): Clause {
  return { id, origin: 'assumed', text, choice, ...(setting === undefined ? {} : { setting }) }
}

/**
 * The forms in which the dialect `documented` does what the page implies. Most are those of the vendor's open-source
 * server; where that does otherwise than the page, the page counts.
 */
export const chosenForms: readonly Clause[] = [
  form('GC-13', 'How a failure is told.', 'in responseInfo, and not by the HTTP status'),
  form(
    'GC-14',
    'What sid and secret are.',
    'a sid is a positive integer, a secret 15 characters of 0-9A-Za-z, a token the one followed by the other; what reads as an integer is a sid without a secret',
  ),
  form(
    'GC-15',
    'The cookie line of the secret.',
    'GCN_SESSION_SECRET=<secret>; Path=/; HttpOnly, its name first; Secure where that is set',
    'secureCookies',
  ),
  form(
    'GC-16',
    'Whether several sessions of one client share a secret.',
    'yes; sid and secret together tell a session',
  ),
  form(
    'GC-17',
    'What a login is answered with.',
    'with right credentials OK with user and sid, a text; an unknown user, a wrong or empty password, or a user in no group is NOTFOUND',
  ),
  form(
    'GC-18',
    'Logins while there is maintenance.',
    'MAINTENANCEMODE, and FAILURE from SSO, except for users who may see the setting',
    'maintenance',
  ),
  form(
    'GC-19',
    'What validating is answered with.',
    'OK with the user for the token of a live session; INVALIDDATA without one for anything else',
  ),
  form(
    'GC-20',
    'What a logout is answered with, and what all sessions are.',
    'OK with sid and cookie; a session with another secret, or one that has ended, is INVALIDDATA, an unknown sid FAILURE; all sessions are those with that secret, and the cookie is taken away with them',
  ),
  form(
    'GC-21',
    'Who is anonymous, and what hashes are.',
    'who has neither a session nor an address on the list is, and gets FAILURE; hashes are bcrypt ($2a$10$); a match is OK, none is FAILURE',
    'allowFrom',
  ),
  form(
    'GC-22',
    'What the global prefix is, and where.',
    'four characters, the responseMessage of an OK',
    'globalPrefix',
  ),
  form('GC-23', 'When a session ends by itself.', 'when it is idle for longer than an hour', 'sessionFor'),
  form(
    'GC-24',
    'How SSO knows its caller.',
    'by a session (sid and cookie), or by a bearer token or a header of the SSO system',
    'sso',
  ),
]
