import { reachOf } from '../../core/clause-readers.ts'
import { along, way, wayShowing, type Universe } from '../../core/tracing.ts'
import { clauses } from './clauses.ts'
import { shell } from './shell.ts'

const { alice, api, logIn, product, rightPin, session, user } = shell
const bob = logIn('bob')
const carol = logIn('carol')

/** Everything that somebody may meet at Secure Login. */
export const universe: Universe = {
  clauses: reachOf(clauses),
  states: {
    'signed-out': along('SL-H1'),
    enter: along('SL-H1'),
    authenticated: along('SL-10'),
    bypass: way(`curl -u dave:dave ${api}/user`),
    onboarding: along('SL-12'),
    blocked: along('SL-07'),
    expired: along('SL-02'),
  },
  transitions: {
    'login: signed-out → enter': way(alice),
    'login: signed-out → bypass': way(logIn('dave')),
    'login: signed-out → onboarding': way(bob),
    'login: signed-out → blocked': way(carol),
    'auth: enter → enter': along('SL-11'),
    'auth: enter → authenticated': along('SL-10'),
    'auth: enter → blocked': along('SL-14'),
    'logout: enter → signed-out': along('SL-H4'),
    'logout: authenticated → signed-out': wayShowing('SL-H4', alice, rightPin, `curl -b jar -X DELETE ${session}`),
    'meanwhile: blocked → enter': way(carol, 'understudy clock advance 31m', user),
    'meanwhile: onboarding → enter': way(bob, 'understudy user set bob enter', user),
    'meanwhile: enter → expired': along('SL-02'),
    'meanwhile: authenticated → expired': way(alice, rightPin, 'understudy clock advance 6h', user),
  },
  statuses: {
    'info 200': along('SL-03'),
    'info 401': wayShowing('SL-H5', `curl -u alice:wrong ${api}/info`),
    'user 200': along('SL-06'),
    'user 401': along('SL-02'),
    'user 403': wayShowing(
      'SL-U20',
      shell.set('captchaAfter=1'),
      `curl -u alice:wrong ${api}/user`,
      `curl -u alice:alice ${api}/user`,
    ),
    'user 406/410': along('SL-08'),
    'auth 200': along('SL-10'),
    'auth 400': along('SL-X5'),
    'auth 401': along('SL-11'),
    'auth 403': along('SL-U17'),
    'auth 406': along('SL-12'),
    'auth 410': along('SL-13'),
    'auth 415': along('SL-U8'),
    'login 200': along('SL-H1'),
    'login 400': along('SL-H6'),
    'login 401': along('SL-H2'),
    'login 403': along('SL-U20'),
    'login 415': wayShowing('SL-H6', `curl -d username=alice ${session}`),
    'session 200': along('SL-H3'),
    'session 401': wayShowing('SL-H3', `curl ${session}`),
    'logout 204': along('SL-H4'),
    'logout 401': wayShowing('SL-H4', `curl -X DELETE ${session}`),
    'serverInfo 200': along('SL-H8'),
    'serverInfo 401': wayShowing(
      'SL-U18',
      shell.set('restBeforePin=refused'),
      alice,
      `curl -b jar ${product}/serverInfo`,
    ),
    'myself 200': wayShowing('SL-H8', `curl -u alice:alice ${product}/myself`),
    'myself 401': wayShowing('SL-H8', `curl ${product}/myself`),
  },
}
