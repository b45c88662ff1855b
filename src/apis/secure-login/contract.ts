import type { Clause } from '../../core/clause.ts'
import { hostFacts } from './host-facts.ts'
import { openPoints } from './open-points.ts'
import type { Settings } from './settings.ts'

/**
 * Secure Login's contract, clause by clause.
 * `SL-n` the vendor's page, `SL-Un` what the page leaves open, `SL-Xn` open points found while building this mock,
 * `SL-Hn` the host product (Jira) around it. Where the page implies something without giving its form, the implication
 * is a clause of the page, and the form an open point: SL-18 and SL-U2, SL-19 and SL-U15, SL-02 and SL-U16.
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
    text: 'server_time is an ISO-8601 instant in GMT, so that clients can see clock drift.',
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
  { id: 'SL-18', origin: 'documented', text: 'While a user is blocked no PIN is taken, not even the right one.' },
  { id: 'SL-19', origin: 'documented', text: 'A block is over after its `until`.' },
  ...openPoints,
  ...hostFacts,
]

/** Path of the plug-in's resources below the host product. The docs print the hyphen as U+2212. */
export const apiPath = '/rest/securelogin-admin/1.0/api'

/** The same in the newest version there is, which the REST layer answers beside numbered ones. */
export const latestApiPath = '/rest/securelogin-admin/latest/api'

/** Path of the host product's own session resource. */
export const sessionPath = '/rest/auth/1/session'
export const latestSessionPath = '/rest/auth/latest/session'

/** Path of the host product's own data. */
export const productPath = '/rest/api/2'
export const latestProductPath = '/rest/api/latest'

/** Which of the two published revisions of the page a server plays. */
export type Revision = Settings['revision']

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
