import { clauseTable } from '../../core/clause-entry.ts'
import { inJson } from '../../core/saying.ts'
import { along, way } from '../../core/tracing.ts'
import { endOf, noSuchAccount, byWord, variesInUser, wireUser, type AccountMember } from './forms.ts'
import { misspelt, isIn, otherWord, outcome } from './outcomes.ts'
import type { Settings } from './settings.ts'
import { shell } from './shell.ts'
import type { AccountRecord } from './state.ts'

const { signIn, at } = shell

/** What the vendor's pages say. */
export const documentedClauses = clauseTable<Settings>()('documented', {
  'SP-01': {
    text: 'The URL is /api/v2/authentication/authenticate.',
    met: along('SP-06', 'SP-05', 'SP-09'),
  },
  'SP-02': {
    text: 'The header X-Auth-Application is required; no other header authenticates the request.',
    met: along('SP-06', 'SP-05', 'SP-U3'),
    decides: [
      // Of what is not allowed, the forms are nobody's but ours; that nobody gets anything by it is the page's.
      { of: ['SP-U3'], shows: 'SP-02', where: outcome, received: /^["[{]/, anywhere: true },
      {
        notOf: ['SP-U3', 'SP-U4', 'SP-U10'],
        where: /^body\.error$/,
        received: /"InvalidApplication"/,
        anywhere: true,
      },
    ],
  },
  'SP-03': {
    origin: 'general',
    text: 'Any HTTP method will do, POST is recommended; parameters come in the query or in a form body.',
    met: along('SP-06', 'SP-05', 'SP-09'),
    decides: [{ where: /^status$/, received: /^405$/ }],
  },
  'SP-04': {
    text: 'Parameters: username, password, two_factor_code (for users with a second factor) and account (a permalink, optional).',
    met: along('SP-06', 'SP-05', 'SP-09'),
    decides: [
      { where: /^body\.errors\b/, received: /"account"/, anywhere: true },
      // Of requests without an account.
      { of: ['SP-05', 'SP-U7', 'SP-U8', 'SP-X1', 'SP-X2'], where: /^status$/, received: /^422$/ },
    ],
  },
  'SP-05': {
    text: 'Without account: { status: "Authenticated", users }, all that match in any account, only those with API access.',
    says: {
      authenticatedAnywhere: (members: readonly AccountMember[], because: string) =>
        inJson(200, { status: 'Authenticated', users: members.map(wireUser) }, because),
    },
    met: way(signIn('username=adam&password=s3cret')),
    decides: [{ of: ['SP-X1'], where: /^body\.users/, how: ['extra'] }],
    code: 'right',
  },
  'SP-06': {
    text: 'With account: { status: "Authenticated", user }, whoever has these credentials in that account.',
    says: {
      authenticated: (member: AccountMember, because: string) =>
        inJson(200, { status: 'Authenticated', user: wireUser(member) }, because),
    },
    met: way(signIn(at('adam'))),
    decides: [{ of: ['SP-X15'], where: outcome, received: isIn, anywhere: true }],
    code: 'right',
  },
  'SP-07': {
    text: 'A user has id, username, names, email_address, time_zone, created_at, activated?, invite_code, permissions, account and api_token.',
    met: along('SP-06', 'SP-05'),
    varies: { ...variesInUser('user'), ...variesInUser('users.*') },
    decides: [{ where: /^body\.(user|users\[\d+\])\.(?!password$)/, how: ['missing', 'extra', 'form'] }],
  },
  'SP-08': {
    text: 'With account, a user without API access (the default) gets { status: "APIAccessDisabled" }.',
    says: {
      noApiAccess: byWord(
        'APIAccessDisabled',
        'the credentials are right, and no administrator has enabled API access',
      ),
    },
    met: way(signIn(at('ben'))),
    code: 'uncounted',
  },
  'SP-09': {
    text: 'Wrong credentials get { status: "InvalidCredentials", username, password, account }, as they were received.',
    says: {
      invalidCredentials: (username: string, password: string, account: string, because: string) =>
        inJson(200, { status: 'InvalidCredentials', username, password, account }, because),
    },
    met: way(signIn('username=adam&password=wrong&account=atech')),
    decides: [
      // A step that is there for the status shows nothing of it where the rest is something else.
      { of: ['SP-09'], shows: 'SP-U1', where: /^body\./, anywhere: true },
      { of: ['SP-U8'], where: /^body\.(status|username|password)$/, received: otherWord },
    ],
    // What the contract locks is the second factor: wrong passwords count nothing.
    code: 'uncounted',
  },
  'SP-10': {
    text: 'A second factor that is required and not set up: { status: "TwoFactorRequired" }.',
    says: {
      secondFactorMissing: byWord('TwoFactorRequired', 'a second factor is required, and the user has not set it up'),
    },
    met: way(signIn(at('eve'))),
    code: 'uncounted',
  },
  'SP-11': {
    text: 'A wrong two-factor code: { status: "InvalidTwoFactorCode" }.',
    says: {
      wrongCode: (failures: number, lockAfter: number) =>
        byWord('InvalidTwoFactorCode', `the code is wrong; this was failure ${failures} of ${lockAfter}`),
      usedCode: (failures: number, lockAfter: number) =>
        byWord(
          'InvalidTwoFactorCode',
          `the code was used already (SP-U12); this was failure ${failures} of ${lockAfter}`,
        ),
    },
    met: way(signIn(`${at('faye')}&two_factor_code=000000`)),
    decides: [
      // How many wrong codes lock is left open; that each of them is refused, in this word, is not.
      { of: ['SP-11', 'SP-U6'], where: outcome, received: /^["[{](?!TwoFactorLocked")/, anywhere: true },
    ],
  },
  'SP-12': {
    text: 'A second factor locked by too many wrong codes: { status: "TwoFactorLocked" }.',
    says: {
      locked: (until: number | null) =>
        byWord('TwoFactorLocked', `the second factor is locked until ${endOf(until)}; the code was not looked at`),
    },
    met: way(signIn(`${at('lou')}&two_factor_code=135791`)),
  },
  'SP-13': {
    text: 'An address outside the account\'s networks: { error: "NotPermittedFromIPAddress", ip }.',
    says: {
      notPermitted: (ip: string, { permalink, allowFrom }: AccountRecord) =>
        inJson(
          403,
          { error: 'NotPermittedFromIPAddress', ip },
          `${permalink} may be used from ${allowFrom.join(', ')}, not from ${ip}`,
        ),
    },
    met: way(shell.networks, signIn(at('olga', 'office'))),
    varies: { ip: /^[0-9A-Fa-f.:]+$/ },
    decides: [
      { of: ['SP-X2'], where: /^body\.error$/, received: misspelt, anywhere: true },
      { of: ['SP-X2'], where: /^body\.ip$/, alone: true },
    ],
    code: 'uncounted',
  },
  'SP-14': {
    text: 'An unknown account: { error: "AccountNotFound", message }, a message that names the permalink.',
    says: {
      accountNotFound: (permalink: string) => noSuchAccount(permalink, 'there is no account of that permalink'),
    },
    met: way(signIn(at('adam', 'acme'))),
    // That the permalink is in it is said; the sentence around it is an example.
    varies: { message: { naming: /'(.*)'/s } },
    decides: [{ of: ['SP-14'], shows: 'SP-U2', where: /^body\./, anywhere: true }],
    code: 'uncounted',
  },
  'SP-15': {
    origin: 'general',
    text: 'The HTTP status tells the outcome: 200, 403 not allowed, 404 not found, 422 invalid; details are JSON.',
    met: along('SP-13', 'SP-14', 'SP-U4'),
    decides: [{ of: ['SP-05', 'SP-06', 'SP-X1'], where: /^status$/, alone: true }],
  },
  'SP-16': {
    text: 'Credentials are checked before account, address, API access and second factor: every other refusal answers valid ones.',
    met: along('SP-09', 'SP-13', 'SP-14'),
  },
  'SP-17': {
    text: 'With account, nobody is let in without the password, nor without the code of a second factor that is set up.',
    met: along('SP-U4', 'SP-U5'),
    decides: [{ of: ['SP-U4', 'SP-U5'], where: outcome, received: isIn, anywhere: true }],
  },
})
