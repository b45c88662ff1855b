import { clauseTable } from '../../core/clause-entry.ts'
import { formatDuration } from '../../core/duration.ts'
import { toIso } from '../../core/instant.ts'
import { repeated } from '../../core/remembered.ts'
import { bare, inJson, type Saying } from '../../core/saying.ts'
import { along, apart, way } from '../../core/tracing.ts'
import { invalidCookie } from './host-forms.ts'
import { revisionStatuses, type Revision } from './revision.ts'
import type { Settings } from './settings.ts'
import { shell } from './shell.ts'

/** An answer that tells a state. */
export const state = (name: string, because: string): Saying => inJson(200, { state: name }, because)

const sessionEnded = 'the session has expired or was ended; a new login is needed'

/** What the vendor's page says. */
export const documentedClauses = clauseTable<Settings>()('documented', {
  'SL-01': {
    text: 'Everything is bound to the HTTP session; the server takes the user from it.',
    met: along('SL-06', 'SL-07', 'SL-10', 'SL-11'),
  },
  'SL-02': {
    text: 'A session that expired or was invalidated needs a new authentication.',
    says: { sessionExpired: bare(401, sessionEnded), endedCookie: invalidCookie(sessionEnded) },
    met: way(shell.alice, 'understudy user set alice expired', shell.user),
    decides: [{ of: ['SL-02'], where: /^status$/, received: /^200$/ }],
    statusOnly: true,
    code: 'uncounted',
  },
  'SL-03': {
    text: 'GET /info answers 200 with { active, server_time } as application/json.',
    says: {
      active: repeated((now) => inJson(200, { active: true, server_time: toIso(now) }, 'the plug-in is active')),
    },
    met: way(`curl ${shell.api}/info`),
    decides: [
      { where: /^body\.server_time$/, how: ['missing'] },
      { of: ['SL-04'], how: ['missing', 'extra', 'form'] },
    ],
  },
  'SL-04': {
    text: '/info answers 200 with active: false while the plug-in is inactive.',
    says: {
      inactive: repeated((now) =>
        inJson(
          200,
          { active: false, server_time: toIso(now) },
          'the plug-in is inactive, and /info answers all the same',
        ),
      ),
    },
    met: way(shell.set('active=false'), `curl ${shell.api}/info`),
  },
  'SL-05': {
    text: 'server_time is an ISO-8601 instant in GMT, so that clients can see clock drift.',
    met: along('SL-03', 'SL-04'),
    varies: { server_time: 'instant' },
    decides: [{ where: /^body\.server_time$/ }],
  },
  'SL-06': {
    text: 'GET /user answers 200 with { state }: enter, bypass, onboarding or blocked, as application/json.',
    says: {
      mustEnter: state('enter', 'this session has to enter the PIN'),
      mayBypass: state('bypass', 'the user needs no PIN'),
      inOnboarding: state('onboarding', 'the user has not finished onboarding, which takes a desktop browser'),
    },
    met: way(`curl -u alice:alice ${shell.api}/user`),
    decides: [
      { where: /^body\.state$/, received: /^(?!"(enter|bypass|onboarding|blocked)"$)/ },
      { of: ['SL-07', 'SL-U3', 'SL-U14'], how: ['missing', 'extra', 'form'] },
    ],
  },
  'SL-07': {
    text: 'With state blocked, and only then, there is blocked: { reason: "brute_force", until }.',
    says: {
      blocked: (until: number, now: number) =>
        inJson(
          200,
          { state: 'blocked', blocked: { reason: 'brute_force', until: toIso(until) } },
          `the user is blocked for another ${formatDuration(until - now)}`,
        ),
    },
    met: way('understudy user set alice blocked', `curl -u alice:alice ${shell.api}/user`),
    varies: { 'blocked.until': 'instant' },
    decides: [
      // How far ahead `until` is, is decided by whoever blocks; everything else of it is a matter of telling.
      { where: /^body\.blocked\.until$/, how: ['missing', 'extra', 'form'] },
      { where: /^body\.blocked\.until$/, received: /^(?!"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]00:?00)"$)/ },
      { of: ['SL-06', 'SL-U3', 'SL-U14'], where: /^body$/, received: /"blocked":/ },
      { where: /^body\.blocked(\.reason)?$/ },
    ],
  },
  'SL-08': {
    text: 'GET /user while the plug-in is inactive answers 410 (legacy revision: 406) as application/json.',
    says: {
      userInactive: (revision: Revision) =>
        inJson(
          revisionStatuses[revision].userInactive,
          {},
          `the plug-in is inactive (revision ${revision}; the body {} is assumed, SL-U11)`,
        ),
    },
    met: way(shell.set('active=false'), `curl -u alice:alice ${shell.api}/user`),
    decides: [{ of: ['SL-08'], where: /^status$/ }],
  },
  'SL-09': {
    text: 'POST /auth takes the PIN as text/plain: digits only, nothing around them.',
    met: along('SL-10', 'SL-11', 'SL-14'),
  },
  'SL-10': {
    text: 'The right PIN answers 200 without a body and authenticates the session.',
    says: { pinAccepted: bare(200, 'the PIN is right; the session is authenticated') },
    met: way(shell.alice, shell.rightPin),
    code: 'right',
  },
  'SL-11': {
    text: 'A failed authentication answers 401 without a body.',
    says: {
      wrongPin: (failures: number, blockAfter: number) =>
        bare(401, `the PIN is wrong; this was failure ${failures} of ${blockAfter}`),
      usedPin: (failures: number, blockAfter: number) =>
        bare(401, `the PIN was used already (SL-U19); this was failure ${failures} of ${blockAfter}`),
    },
    met: way(shell.alice, shell.wrongPin),
    decides: [{ of: ['SL-14'] }],
  },
  'SL-12': {
    text: '/auth of a user in onboarding answers 406 (legacy revision: 410) without a body.',
    says: {
      authOnboarding: (revision: Revision) =>
        bare(revisionStatuses[revision].authOnboarding, `the user has not finished onboarding (revision ${revision})`),
    },
    met: way('understudy user set alice onboarding', shell.pin('910817')),
    decides: [{ of: ['SL-12'], where: /^status$/, received: /^401$/ }],
    code: 'uncounted',
  },
  'SL-13': {
    text: '/auth while the plug-in is inactive answers 410 (legacy revision: 406) without a body.',
    says: {
      authInactive: (revision: Revision) =>
        bare(revisionStatuses[revision].authInactive, `the plug-in is inactive (revision ${revision})`),
    },
    met: way(shell.set('active=false'), shell.pin('910817')),
    decides: [{ of: ['SL-13'], where: /^status$/, received: /^(?!406|410)/ }],
    code: 'uncounted',
  },
  'SL-14': {
    text: 'A user may retry until blocked; the administrator sets after how many wrong PINs and for how long.',
    says: {
      nowBlocked: (blockAfter: number, until: number) =>
        bare(401, `the PIN is wrong; with ${blockAfter} failures the user is blocked until ${toIso(until)}`),
    },
    met: way('understudy user set alice enter --failures 2', shell.alice, shell.wrongPin),
  },
  'SL-15': {
    text: 'Onboarding cannot be completed through this API.',
    met: apart('it tells what cannot be done'),
  },
  'SL-16': {
    text: 'A phone that changes its IP network may have to enter the PIN again.',
    met: along('SL-U14'),
  },
  'SL-17': {
    text: 'The flow: /info; if active compare server_time; /user; on enter, /auth.',
    met: apart('a sequence; its requests count by themselves'),
  },
  'SL-18': {
    text: 'While a user is blocked no PIN is taken, not even the right one.',
    met: apart('apps that heed /user send no PIN then; SL-U2 is what they would get'),
    decides: [{ of: ['SL-U2'], where: /^status$/, received: /^200$/ }],
  },
  'SL-19': {
    text: 'A block is over after its `until`.',
    met: apart('it tells what an instant means; /user before and after it counts by itself'),
  },
})
