import type { Clause } from '../../core/clause.ts'

/**
 * Secure Login's contract, clause by clause.
 * `SL-n` the vendor's page, `SL-Un` what the page leaves open, `SL-Xn` open points found while building this mock,
 * `SL-Hn` the host product (Jira) around it.
 */
export const clauses: readonly Clause[] = [
  {
    id: 'SL-01',
    origin: 'documented',
    text: 'Everything is bound to the HTTP session; the server takes the user from it.',
  },
  { id: 'SL-02', origin: 'documented', text: 'A session that expired or was invalidated needs a new authentication.' },
  {
    id: 'SL-03',
    origin: 'documented',
    text: 'GET /info answers 200 with { active, server_time } as application/json.',
  },
  { id: 'SL-04', origin: 'documented', text: '/info answers 200 with active: false while the plug-in is inactive.' },
  {
    id: 'SL-05',
    origin: 'documented',
    text: 'server_time is ISO-8601 in GMT, to the second, with Z, so that clients can see clock drift.',
  },
  {
    id: 'SL-06',
    origin: 'documented',
    text: 'GET /user answers 200 with { state }: enter, bypass, onboarding or blocked, as application/json.',
  },
  {
    id: 'SL-07',
    origin: 'documented',
    text: 'With state blocked, and only then, there is blocked: { reason: "brute_force", until }.',
  },
  {
    id: 'SL-08',
    origin: 'documented',
    text: 'GET /user while the plug-in is inactive answers 410 (legacy revision: 406) as application/json.',
  },
  {
    id: 'SL-09',
    origin: 'documented',
    text: 'POST /auth takes the PIN as text/plain: digits only, nothing around them.',
  },
  {
    id: 'SL-10',
    origin: 'documented',
    text: 'The right PIN answers 200 without a body and authenticates the session.',
  },
  { id: 'SL-11', origin: 'documented', text: 'A failed authentication answers 401 without a body.' },
  {
    id: 'SL-12',
    origin: 'documented',
    text: '/auth of a user in onboarding answers 406 (legacy revision: 410) without a body.',
  },
  {
    id: 'SL-13',
    origin: 'documented',
    text: '/auth while the plug-in is inactive answers 410 (legacy revision: 406) without a body.',
  },
  {
    id: 'SL-14',
    origin: 'documented',
    text: 'A user may retry until blocked; the administrator sets after how many wrong PINs and for how long.',
  },
  { id: 'SL-15', origin: 'documented', text: 'Onboarding cannot be completed through this API.' },
  { id: 'SL-16', origin: 'documented', text: 'A phone that changes its IP network may have to enter the PIN again.' },
  {
    id: 'SL-17',
    origin: 'documented',
    text: 'The flow: /info; if active compare server_time; /user; on enter, /auth.',
  },

  {
    id: 'SL-U1',
    origin: 'assumed',
    text: 'A request without a session, or with an unknown one.',
    choice: '401 without a body on /user and /auth; /info answers',
    setting: 'withoutSession',
  },
  {
    id: 'SL-U2',
    origin: 'assumed',
    text: '/auth while blocked, whatever the PIN.',
    choice: '401; the block is neither lifted nor extended',
    setting: 'whileBlocked',
  },
  { id: 'SL-U3', origin: 'assumed', text: '/user after the session was authenticated.', choice: 'state bypass' },
  {
    id: 'SL-U4',
    origin: 'assumed',
    text: '/auth of a bypassing user or in an authenticated session.',
    choice: '200, the PIN is not looked at',
  },
  { id: 'SL-U5', origin: 'assumed', text: 'The failure count after a right PIN.', choice: 'cleared' },
  { id: 'SL-U6', origin: 'assumed', text: 'The failure count after a block ran out.', choice: '0' },
  {
    id: 'SL-U7',
    origin: 'assumed',
    text: 'What failures are counted for.',
    choice: 'the user, across sessions',
    setting: 'countFailuresPer',
  },
  { id: 'SL-U8', origin: 'assumed', text: 'A wrong content type on /auth.', choice: '415, not counted' },
  { id: 'SL-U9', origin: 'assumed', text: 'A body on /auth that is not digits only.', choice: '401, counted' },
  { id: 'SL-U10', origin: 'assumed', text: 'An unknown endpoint, or a wrong method.', choice: '404; 405 with Allow' },
  { id: 'SL-U11', origin: 'assumed', text: 'The body of the answer for an inactive plug-in on /user.', choice: '{}' },
  {
    id: 'SL-U12',
    origin: 'assumed',
    text: 'The order of the checks on /auth.',
    choice: 'session, inactive, onboarding, blocked, content type, PIN',
  },
  {
    id: 'SL-U13',
    origin: 'assumed',
    text: "The defaults of the administrator's settings.",
    choice: '3 wrong PINs, 30 minutes',
    setting: 'blockAfter, blockFor',
  },
  {
    id: 'SL-U14',
    origin: 'assumed',
    text: 'A change of IP address inside a session.',
    choice: 'the session must enter the PIN again',
    setting: 'bindSessionToIp',
  },
  {
    id: 'SL-U19',
    origin: 'assumed',
    text: 'A time-based PIN that is sent twice, and how far clocks may be apart.',
    choice: 'accepted while it is valid; one period of 30 seconds before and after',
    setting: 'codeReuse, codeWindow',
  },
  { id: 'SL-U15', origin: 'assumed', text: 'The instant `until` itself.', choice: 'no longer blocked' },

  {
    id: 'SL-X1',
    origin: 'assumed',
    text: 'How long a session lives without requests.',
    choice: '5 hours, as Jira ships',
    setting: 'sessionFor',
  },
  {
    id: 'SL-X2',
    origin: 'assumed',
    text: '/user of a blocked user in a session that is already authenticated.',
    choice: 'state blocked; the session is authenticated again when the block ends',
  },
  {
    id: 'SL-X3',
    origin: 'assumed',
    text: 'Whom a block hits when failures are counted per session.',
    choice: 'the user; counts of other sessions stay',
  },
  {
    id: 'SL-X4',
    origin: 'assumed',
    text: 'Fractions of a second in `until`.',
    choice: 'rounded up to the next second, and enforced as shown',
  },
  { id: 'SL-X5', origin: 'assumed', text: 'A body on /auth that is not valid UTF-8.', choice: '400, not counted' },
  {
    id: 'SL-X6',
    origin: 'assumed',
    text: 'HEAD, and a slash after a known path.',
    choice: 'HEAD like GET without the body; the slash is a 404',
  },

  {
    id: 'SL-H1',
    origin: 'host',
    text: 'Jira: POST /rest/auth/1/session with right credentials answers 200 and sets JSESSIONID.',
  },
  {
    id: 'SL-H2',
    origin: 'host',
    text: 'Jira: wrong credentials answer 401; failures of this first factor are not counted here.',
  },
  { id: 'SL-H3', origin: 'host', text: 'Jira: GET /rest/auth/1/session answers 200 with the name, or 401.' },
  { id: 'SL-H4', origin: 'host', text: 'Jira: DELETE /rest/auth/1/session ends the session and answers 204.' },
  {
    id: 'SL-H5',
    origin: 'host',
    text: 'Jira: Authorization: Basic opens a session on any call; wrong credentials answer 401.',
  },
  {
    id: 'SL-H6',
    origin: 'host',
    text: 'Jira: a login that is not JSON with username and password answers 400 or 415.',
  },
]

/** Path of the plug-in's resources below the host product. The docs print the hyphen as U+2212. */
export const apiPath = '/rest/securelogin-admin/1.0/api'

/** Path of the host product's own session resource. */
export const sessionPath = '/rest/auth/1/session'

/** Which of the two published revisions of the page a server plays. */
export type Revision = 'current' | 'legacy'

/** The statuses in which the revisions differ. The older page had 406 and 410 the other way round. */
export const revisionStatuses: Readonly<Record<Revision, RevisionStatuses>> = {
  current: { userInactive: 410, authOnboarding: 406, authInactive: 410 },
  legacy: { userInactive: 406, authOnboarding: 410, authInactive: 406 },
}

interface RevisionStatuses {
  readonly userInactive: number
  readonly authOnboarding: number
  readonly authInactive: number
}
