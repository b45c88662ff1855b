import { clauseTable } from '../../core/clause-entry.ts'
import { toIso } from '../../core/instant.ts'
import { problem } from '../../core/problem.ts'
import { bare } from '../../core/saying.ts'
import { aboutOthers, along, way } from '../../core/tracing.ts'
import { state } from './documented-clauses.ts'
import { notAuthenticated } from './host-forms.ts'
import type { Settings } from './settings.ts'
import { shell } from './shell.ts'

/** What the page leaves open (SL-Un), and what else was met while building (SL-Xn): chosen here, with a setting where a server may well do otherwise. */
export const assumedClauses = clauseTable<Settings>()('assumed', {
  'SL-U1': {
    text: 'A request without a session.',
    choice: '401 without a body on /user and /auth; /info answers',
    settings: ['withoutSession'],
    says: { noSession: bare(401, 'the request carries no session') },
    met: way(`curl ${shell.api}/user`),
    decides: [{ of: ['SL-03', 'SL-04'], where: /^status$/, received: /^401$/ }],
    code: 'uncounted',
  },
  'SL-U2': {
    text: 'What /auth answers while blocked, and what that does to the block.',
    choice: '401, whatever the PIN; the block is neither lifted nor extended',
    settings: ['whileBlocked'],
    says: {
      stillBlocked: (until: number, extended: boolean) => {
        const what = extended ? 'the block was extended' : 'the PIN was not looked at and the block stays'
        return bare(401, `the user is blocked until ${toIso(until)}; ${what}`)
      },
    },
    met: way('understudy user set alice blocked', shell.pin('910817')),
    decides: [{ of: ['SL-U2'], where: /^status$/, received: /^(?!415)/ }],
  },
  'SL-U3': {
    text: '/user after the session was authenticated.',
    choice: 'state bypass',
    says: { alreadyAuthenticated: state('bypass', 'this session has entered the PIN') },
    met: way(shell.alice, shell.rightPin, shell.user),
  },
  'SL-U4': {
    text: '/auth of a bypassing user or in an authenticated session.',
    choice: '200, the PIN is not looked at',
    settings: ['unneededPin'],
    says: { pinNotNeeded: bare(200, 'no PIN is needed here, so it was not looked at') },
    met: way(shell.pin('910817', '-u dave:dave')),
    // Not uncounted: whether such a PIN is looked at is assumed, and journeys send wrong ones.
    code: 'unneeded',
  },
  'SL-U5': {
    text: 'The failure count after a right PIN.',
    choice: 'cleared',
    settings: ['failuresAfterPin'],
    met: aboutOthers,
  },
  'SL-U6': {
    text: 'The failure count after a block ran out.',
    choice: '0',
    settings: ['failuresAfterBlock'],
    met: aboutOthers,
  },
  'SL-U7': {
    text: 'What failures are counted for.',
    choice: 'the user, across sessions',
    settings: ['countFailuresPer'],
    met: aboutOthers,
  },
  'SL-U8': {
    text: 'A wrong content type on /auth.',
    choice: '415, not counted',
    settings: ['otherContentType'],
    says: { notPlainText: bare(415, 'the content type is not text/plain; nothing was counted') },
    met: way(`curl -u alice:alice -d 910817 ${shell.api}/auth`),
  },
  'SL-U9': {
    text: 'A body on /auth that is not digits only.',
    choice: '401, counted',
    says: {
      notDigits: (failures: number, blockAfter: number) =>
        bare(401, `the body is not digits only; counted as failure ${failures} of ${blockAfter}`),
    },
    met: way(shell.pin('91-08-17')),
  },
  'SL-U10': {
    text: 'An unknown endpoint, or a wrong method.',
    choice: '404; 405 with Allow',
    says: {
      unknownEndpoint: (detail: string) => ({
        ...problem(404, 'No such endpoint', detail, { clause: 'SL-U10' }),
        because: detail,
      }),
    },
    met: way(`curl ${shell.api}/users`),
    statusOnly: true,
  },
  'SL-U11': {
    text: 'The body of the answer for an inactive plug-in on /user.',
    choice: '{}',
    met: along('SL-08'),
    decides: [{ of: ['SL-08'], where: /^body/ }],
  },
  'SL-U12': {
    text: 'The order of the checks on /auth.',
    choice: 'session, inactive, onboarding, blocked, content type, PIN',
    met: aboutOthers,
  },
  'SL-U13': {
    text: "The defaults of the administrator's settings.",
    choice: '3 wrong PINs, 30 minutes',
    settings: ['blockAfter', 'blockFor'],
    met: aboutOthers,
  },
  'SL-U14': {
    text: 'A change of IP address inside a session.',
    choice: 'the session must enter the PIN again',
    settings: ['bindSessionToIp'],
    says: {
      mustEnterAgain: state(
        'enter',
        'the session was authenticated from another address, and sessions are bound to the address',
      ),
    },
    met: way(
      shell.set('trustProxy=true'),
      shell.alice,
      shell.pin('910817', "-b jar -H 'x-forwarded-for: 192.0.2.1'"),
      `curl -b jar -H 'x-forwarded-for: 192.0.2.2' ${shell.api}/user`,
    ),
  },
  'SL-U15': { text: 'The instant `until` itself.', choice: 'no longer blocked', met: aboutOthers },
  'SL-U17': {
    text: "Whether the host's XSRF filter lets a PIN pass that could be another site's form.",
    choice: 'it is not asked; if it is, text/plain without X-Atlassian-Token: no-check gets 403 XSRF check failed',
    settings: ['xsrfCheck'],
    says: {
      xsrfSuspected: {
        status: 403,
        headers: ['content-type', 'text/plain'],
        body: 'XSRF check failed',
        because: 'the request is one that a form of another site could send, and has no X-Atlassian-Token: no-check',
      },
    },
    met: way(shell.set('xsrfCheck=on'), shell.alice, shell.rightPin),
    statusOnly: true,
  },
  'SL-U18': {
    text: "Whether the host's other REST resources answer before the PIN.",
    choice: 'they do, as by default up to 3.1.4.5 (CVE-2024-48941); if not, 401 as for somebody not logged in',
    settings: ['restBeforePin'],
    says: { pinComesFirst: notAuthenticated('the PIN was not entered, and restBeforePin is refused') },
    met: way(shell.set('restBeforePin=refused'), shell.alice, `curl -b jar ${shell.product}/myself`),
    statusOnly: true,
  },
  'SL-U19': {
    text: 'A time-based PIN that is sent twice, and how far clocks may be apart.',
    choice: 'accepted while it is valid; one period of 30 seconds before and after',
    settings: ['codeReuse', 'codeWindow'],
    met: aboutOthers,
  },

  'SL-X1': {
    text: 'How long a session lives without requests.',
    choice: '5 hours, as Jira ships',
    settings: ['sessionFor'],
    met: aboutOthers,
  },
  'SL-X2': {
    text: '/user of a blocked user in a session that is already authenticated.',
    choice: 'state blocked; the session is authenticated again when the block ends',
    met: aboutOthers,
  },
  'SL-X3': {
    text: 'Whom a block hits when failures are counted per session.',
    choice: 'the user; counts of other sessions stay',
    met: aboutOthers,
  },
  'SL-X4': {
    text: 'Fractions of a second in `until`.',
    choice: 'rounded up to the next second, and enforced as shown',
    met: aboutOthers,
  },
  'SL-X5': {
    text: 'A body on /auth that is not valid UTF-8.',
    choice: '400, not counted',
    says: { bodyNotText: bare(400, 'the body is not valid UTF-8; nothing was counted') },
    met: way(
      String.raw`printf '\377' | curl -u alice:alice -H 'content-type: text/plain' --data-binary @- ${shell.api}/auth`,
    ),
  },
  'SL-X6': {
    text: 'HEAD, and a slash after a known path.',
    choice: 'HEAD like GET without the body; the slash is a 404',
    met: aboutOthers,
    statusOnly: true,
  },
})
