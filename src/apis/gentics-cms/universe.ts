import { reachOf } from '../../core/clause-readers.ts'
import { along, way, wayShowing, type Universe } from '../../core/tracing.ts'
import { clauses } from './clauses.ts'
import { observedStatuses } from './observed/statuses.ts'
import { shell } from './shell.ts'

const { api, post } = shell

/** Everything that somebody may meet at Gentics CMS. */
export const universe: Universe = {
  clauses: reachOf(clauses),
  states: {
    anonymous: along('GC-02', 'GC-03'),
    'logged-in': along('GC-03', 'GC-01'),
    ended: along('GC-05', 'GC-23'),
  },
  transitions: {
    'login: anonymous → logged-in': along('GC-03'),
    'loginwithrsa: anonymous → logged-in': along('GC-04'),
    'ssologin: anonymous → logged-in': way(
      `understudy api set gentics-cms sso='{"header":"x-sso-user"}'`,
      `curl -H 'x-sso-user: node' ${api}/ssologin`,
    ),
    'logout: logged-in → ended': along('GC-05'),
    'meanwhile: logged-in → ended': along('GC-23'),
  },
  statuses: {
    'login 200/201': along('GC-03'),
    'login 400': wayShowing('GC-U3', post('login?sid=0', '[]')),
    'login 415': along('GC-U3'),
    'ssologin 200': along('GC-02'),
    'loginwithrsa 200/201': along('GC-04'),
    'loginwithrsa 400': wayShowing('GC-U3', post('loginwithrsa?sid=0', '[]')),
    'loginwithrsa 415': wayShowing('GC-U3', `curl -d username=node ${api}/loginwithrsa`),
    'validate 200': along('GC-01'),
    'logout 200/201': along('GC-05'),
    'hashpassword 200/201': along('GC-06'),
    'hashpassword 400': wayShowing('GC-X11', post('hashpassword?sid=0', '{}')),
    'hashpassword 404': along('GC-U6'),
    'hashpassword 415': wayShowing('GC-U3', `curl -d password=s3cret ${api}/hashpassword`),
    'matchpassword 200/201': along('GC-07'),
    'matchpassword 400': wayShowing('GC-X11', post('matchpassword?sid=0', '{}')),
    'matchpassword 404': wayShowing('GC-U6', post('matchpassword?sid=x', '{}')),
    'matchpassword 415': wayShowing('GC-U3', `curl -d password=s3cret ${api}/matchpassword`),
    'globalprefix 200': along('GC-22'),
    'me 200': along('GC-S1'),
    'me 401': along('GC-S2'),
    ...observedStatuses,
  },
}
