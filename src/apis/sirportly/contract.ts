import type { Clause } from '../../core/clause.ts'

/**
 * Sirportly's contract for signing a user in, clause by clause.
 * `SP-n` the vendor's pages, `SP-Un` what they leave open, `SP-Xn` open points found while building this mock.
 */
export const clauses: readonly Clause[] = [
  { id: 'SP-01', origin: 'documented', text: 'The URL is /api/v2/authentication/authenticate.' },
  {
    id: 'SP-02',
    origin: 'documented',
    text: 'The header X-Auth-Application is required; no other header authenticates the request.',
  },
  {
    id: 'SP-03',
    origin: 'general',
    text: 'Any HTTP method will do, POST is recommended; parameters come in the query or in a form body.',
  },
  {
    id: 'SP-04',
    origin: 'documented',
    text: 'Parameters: username, password, two_factor_code (for users with a second factor) and account (a permalink, optional).',
  },
  {
    id: 'SP-05',
    origin: 'documented',
    text: 'Without account: { status: "Authenticated", users }, all that match in any account, only those with API access.',
  },
  {
    id: 'SP-06',
    origin: 'documented',
    text: 'With account: { status: "Authenticated", user }, whoever has these credentials in that account.',
  },
  {
    id: 'SP-07',
    origin: 'documented',
    text: 'A user has id, username, names, email_address, time_zone, created_at, activated?, invite_code, permissions, account and api_token.',
  },
  {
    id: 'SP-08',
    origin: 'documented',
    text: 'With account, a user without API access (the default) gets { status: "APIAccessDisabled" }.',
  },
  {
    id: 'SP-09',
    origin: 'documented',
    text: 'Wrong credentials get { status: "InvalidCredentials", username, password, account }, as they were received.',
  },
  {
    id: 'SP-10',
    origin: 'documented',
    text: 'A second factor that is required and not set up: { status: "TwoFactorRequired" }.',
  },
  { id: 'SP-11', origin: 'documented', text: 'A wrong two-factor code: { status: "InvalidTwoFactorCode" }.' },
  {
    id: 'SP-12',
    origin: 'documented',
    text: 'A second factor locked by too many wrong codes: { status: "TwoFactorLocked" }.',
  },
  {
    id: 'SP-13',
    origin: 'documented',
    text: 'An address outside the account\'s networks: { error: "NotPermittedFromIPAddress", ip }.',
  },
  {
    id: 'SP-14',
    origin: 'documented',
    text: 'An unknown account: { error: "AccountNotFound", message }, a message that names the permalink.',
  },
  {
    id: 'SP-15',
    origin: 'general',
    text: 'The HTTP status tells the outcome: 200, 403 not allowed, 404 not found, 422 invalid; details are JSON.',
  },
  {
    id: 'SP-16',
    origin: 'documented',
    text: 'Credentials are checked before account, address, API access and second factor: every other refusal answers valid ones.',
  },
  {
    id: 'SP-17',
    origin: 'documented',
    text: 'With account, nobody is let in without the password, nor without the code of a second factor that is set up.',
  },

  {
    id: 'SP-U1',
    origin: 'assumed',
    text: 'The HTTP status of answers with a status.',
    choice: '200',
    setting: 'statusCodes',
  },
  {
    id: 'SP-U2',
    origin: 'assumed',
    text: 'The HTTP status of answers with an error.',
    choice: '403, and 404 for AccountNotFound',
    setting: 'statusCodes',
  },
  {
    id: 'SP-U3',
    origin: 'assumed',
    text: 'X-Auth-Application missing or unknown.',
    choice: '403 with { error: "InvalidApplication", message }; as the scenario comes, any value is known',
    setting: 'applications',
  },
  {
    id: 'SP-U4',
    origin: 'assumed',
    text: 'username or password missing.',
    choice: '422 with { errors: { field: [text] } }',
  },
  {
    id: 'SP-U5',
    origin: 'assumed',
    text: 'A second factor is set up, and two_factor_code is missing.',
    choice: 'InvalidTwoFactorCode, not counted',
    setting: 'missingCode',
  },
  {
    id: 'SP-U6',
    origin: 'assumed',
    text: 'How many wrong codes lock, and what unlocks.',
    choice: '5; locked until an administrator unlocks, or lockFor has passed',
    setting: 'lockAfter, lockFor',
  },
  {
    id: 'SP-U7',
    origin: 'assumed',
    text: 'Users whose second factor fails, without account.',
    choice: 'left out; with none left, the answer that the user would get with account',
    setting: 'nobodyLeft',
  },
  {
    id: 'SP-U8',
    origin: 'assumed',
    text: 'account in InvalidCredentials when none was sent.',
    choice: 'null',
  },
  {
    id: 'SP-U9',
    origin: 'assumed',
    text: 'The order of the other checks.',
    choice:
      'application, parameters, credentials, account, address, API access, second factor required, locked, code; credentials are valid that are so in any account',
    setting: 'order',
  },
  {
    id: 'SP-U10',
    origin: 'assumed',
    text: 'A disabled account.',
    choice: 'as an unknown one; without account its users match nothing',
    setting: 'disabledAccounts',
  },
  { id: 'SP-U11', origin: 'assumed', text: 'The same path below /api/v1.', choice: 'answered like /api/v2' },
  {
    id: 'SP-U12',
    origin: 'assumed',
    text: 'A time-based code that is sent twice, and how far clocks may be apart.',
    choice: 'accepted while it is valid; one period of 30 seconds before and after',
    setting: 'codeReuse, codeWindow',
  },

  {
    id: 'SP-X1',
    origin: 'assumed',
    text: 'Without account, the credentials match only users without API access.',
    choice: 'Authenticated with an empty list',
  },
  {
    id: 'SP-X2',
    origin: 'assumed',
    text: "Without account, an address outside a user's account's networks; several users refused for different reasons.",
    choice: 'left out as in SP-U7; the answer for the lowest id is given',
  },
  {
    id: 'SP-X3',
    origin: 'assumed',
    text: 'Without account, a code that is wrong for some of the users.',
    choice: 'counted for each, unless it was right for another of them',
  },
  {
    id: 'SP-X4',
    origin: 'assumed',
    text: 'A parameter that is sent more than once.',
    choice: 'the body counts more than the query, and the last more than those before it',
  },
  { id: 'SP-X5', origin: 'assumed', text: 'A parameter that is sent blank.', choice: 'as if it were not sent' },
  {
    id: 'SP-X6',
    origin: 'assumed',
    text: 'A body that is no form: of another content type, or broken.',
    choice: 'it carries no parameters',
  },
  {
    id: 'SP-X7',
    origin: 'assumed',
    text: 'The answer to the wrong code that locks.',
    choice: 'InvalidTwoFactorCode; TwoFactorLocked from the next request on',
    setting: 'lockingCode',
  },
  {
    id: 'SP-X8',
    origin: 'assumed',
    text: 'Codes sent while locked.',
    choice: 'not looked at: neither counted, nor do they make the lock longer',
  },
  {
    id: 'SP-X9',
    origin: 'assumed',
    text: 'The count of wrong codes after a right one, and after a lock ran out.',
    choice: '0',
  },
  {
    id: 'SP-X10',
    origin: 'assumed',
    text: 'A code of a user without a second factor.',
    choice: 'not looked at',
  },
  {
    id: 'SP-X11',
    origin: 'assumed',
    text: 'A user who has not been activated.',
    choice: 'signs in like any other; activated? and invite_code tell it',
  },
  {
    id: 'SP-X12',
    origin: 'assumed',
    text: 'What of a user may change between two logins; the order of users; permissions.api.',
    choice: 'nothing, api_token included; by id; whether the user has API access',
  },
  {
    id: 'SP-X13',
    origin: 'assumed',
    text: 'HEAD, and other paths below /api, such as one with a slash at the end.',
    choice: 'HEAD like GET without the body; 404',
  },
  {
    id: 'SP-X14',
    origin: 'assumed',
    text: 'Upper and lower case in username and account.',
    choice: 'compared exactly',
  },
  {
    id: 'SP-X15',
    origin: 'assumed',
    text: 'Credentials that are right, though in another account than the one that is named.',
    choice: 'InvalidCredentials, whatever the address',
    setting: 'order',
  },
  {
    id: 'SP-X16',
    origin: 'assumed',
    text: 'A name that nobody has, and a wrong password.',
    choice: 'answered with the same status, members and headers',
  },
  {
    id: 'SP-X17',
    origin: 'assumed',
    text: 'The password in other answers than InvalidCredentials.',
    choice: 'it is in none',
  },
  {
    id: 'SP-X18',
    origin: 'assumed',
    text: 'How created_at spells its instant.',
    choice: 'as the page prints it: to the second, with the offset +00:00',
  },
]

/** The documented path, and the one of the older version. */
export const authenticatePath = '/api/v2/authentication/authenticate'
export const olderPath = '/api/v1/authentication/authenticate'
