import { clauseTable } from '../../core/clause-entry.ts'
import { problem } from '../../core/problem.ts'
import { inJson, type Saying } from '../../core/saying.ts'
import { aboutOthers, way } from '../../core/tracing.ts'
import type { Settings } from './settings.ts'
import { shell } from './shell.ts'

const { signIn, at } = shell

/** Open points found while building this mock (SP-Xn). */
export const furtherClauses = clauseTable<Settings>()('assumed', {
  'SP-X1': {
    text: 'Without account, the credentials match only users without API access.',
    choice: 'Authenticated with an empty list',
    says: { emptyList: (because: string) => inJson(200, { status: 'Authenticated', users: [] }, because) },
    met: way(signIn('username=ben&password=s3cret')),
    code: 'uncounted',
  },
  'SP-X2': {
    text: "Without account, an address outside a user's account's networks; several users refused for different reasons.",
    choice: 'left out as in SP-U7; the answer for the lowest id is given',
    says: { nobodyPermitted: (answer: Saying, because: string) => ({ ...answer, because }) },
    met: way(shell.networks, signIn('username=olga&password=s3cret')),
    code: 'uncounted',
  },
  'SP-X3': {
    text: 'Without account, a code that is wrong for some of the users.',
    choice: 'counted for each, unless it was right for another of them',
    met: aboutOthers,
  },
  'SP-X4': {
    text: 'A parameter that is sent more than once.',
    choice: 'the body counts more than the query, and the last more than those before it',
    met: aboutOthers,
  },
  'SP-X5': { text: 'A parameter that is sent blank.', choice: 'as if it were not sent', met: aboutOthers },
  'SP-X6': {
    text: 'A body that is no form: of another content type, or broken.',
    choice: 'it carries no parameters',
    met: aboutOthers,
    // But for a password, which is in no answer (SP-X17).
    decides: [{ of: ['SP-U4'], shows: 'SP-X6', where: /^(?!body\.password$)/ }],
  },
  'SP-X7': {
    text: 'The answer to the wrong code that locks.',
    choice: 'InvalidTwoFactorCode; TwoFactorLocked from the next request on',
    settings: ['lockingCode'],
    met: aboutOthers,
    decides: [{ of: ['SP-U6'], where: /^body\.status$/, received: /^"TwoFactorLocked"$/ }],
  },
  'SP-X8': {
    text: 'Codes sent while locked.',
    choice: 'not looked at: neither counted, nor do they make the lock longer',
    met: aboutOthers,
  },
  'SP-X9': {
    text: 'The count of wrong codes after a right one, and after a lock ran out.',
    choice: '0',
    met: aboutOthers,
  },
  'SP-X10': { text: 'A code of a user without a second factor.', choice: 'not looked at', met: aboutOthers },
  'SP-X11': {
    text: 'A user who has not been activated.',
    choice: 'signs in like any other; activated? and invite_code tell it',
    met: aboutOthers,
  },
  'SP-X12': {
    text: 'What of a user may change between two logins; the order of users; permissions.api.',
    choice: 'nothing, api_token included; by id; whether the user has API access',
    met: aboutOthers,
    // In which order users are told is up to the server.
    decides: [{ of: ['SP-05'], shows: 'SP-X12', where: /^body\.users\[\d+\]/ }],
  },
  'SP-X13': {
    text: 'HEAD, and other paths below /api, such as one with a slash at the end.',
    choice: 'HEAD like GET without the body; 404',
    says: {
      /** `detail` says which path does exist. */
      unknownEndpoint: (detail: string) => ({
        ...problem(404, 'No such endpoint', detail, { clause: 'SP-X13' }),
        because: detail,
      }),
    },
    met: way(`curl ${shell.url}/`),
  },
  'SP-X14': { text: 'Upper and lower case in username and account.', choice: 'compared exactly', met: aboutOthers },
  'SP-X15': {
    text: 'Credentials that are right, though in another account than the one that is named.',
    choice: 'InvalidCredentials, whatever the address',
    settings: ['order'],
    says: {
      rightElsewhere: (username: string, password: string, account: string) =>
        inJson(
          200,
          { status: 'InvalidCredentials', username, password, account },
          `the credentials are right in another account than ${account}`,
        ),
    },
    met: way(signIn(at('tess'))),
    code: 'uncounted',
  },
  'SP-X16': {
    text: 'A name that nobody has, and a wrong password.',
    choice: 'answered with the same status, members and headers',
    met: aboutOthers,
  },
  'SP-X17': {
    text: 'The password in other answers than InvalidCredentials.',
    choice: 'it is in none',
    met: aboutOthers,
    decides: [{ where: /\.password$/, how: ['extra'] }],
  },
  'SP-X18': {
    text: 'How created_at spells its instant.',
    choice: 'as the page prints it: to the second, with the offset +00:00',
    met: aboutOthers,
    decides: [
      {
        where: /\.created_at$/,
        received: /^"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)"$/,
      },
    ],
  },
})
