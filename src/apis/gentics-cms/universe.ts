import type { Apart, Reach, Universe } from '../../core/tracing.ts'
import { observedReach, observedStatuses } from './observed/reach.ts'
import { hashExample } from './retell-body.ts'

const url = '$UNDERSTUDY_GENTICS_CMS_URL'
const api = `${url}/rest/auth`
const post = (operation: string, body: string, more = ''): string =>
  `curl${more} -H 'content-type: application/json' -d '${body}' "${api}/${operation}"`
const logIn = post('login?sid=0', '{"login":"node","password":"node"}', ' -c jar')
const way = (...lines: readonly string[]): Reach => ({ way: lines.join('; ') })
const along = (...clauses: readonly string[]): Reach => ({ with: clauses })
const apart = (reason: string): Apart => ({ apart: reason })
const aboutOthers = apart('a rule about other answers, which name their own clauses')

// The first session of a scenario has the sid 1, and the jar its secret.
const token = '1$(tail -1 jar | cut -f7)'
const hashInSession = post('hashpassword?sid=1', '{"password":"s3cret","userId":12345}', ' -b jar')
const rsa = post(
  'loginwithrsa?sid=0',
  '{"username":"node","salt":"pepper","expirationTimestamp":4102444800,"rsaSignature":"SIGNATURE"}',
)
const key = 'node_modules/auth-understudy/scenarios/cms-sso.private-key.pem'
const signature = `$(printf nodepepper4102444800 | openssl dgst -sha256 -sign ${key} | base64 | tr -d '\\n')`
const playSso = 'understudy scenario use cms-sso'

/** Everything that somebody may meet at Gentics CMS. */
export const universe: Universe = {
  clauses: {
    'GC-01': way(logIn, `curl ${api}/validate/${token}`),
    'GC-02': way(`curl ${api}/ssologin`),
    'GC-03': way(logIn),
    'GC-04': way(playSso, rsa.replace('SIGNATURE', `'"${signature}"'`)),
    'GC-05': way(logIn, `curl -b jar -X POST ${api}/logout/1`),
    'GC-06': way(logIn, hashInSession),
    'GC-07': way(logIn, post('matchpassword?sid=1', `{"password":"secret","hash":"${hashExample}"}`, ' -b jar')),
    'GC-08': along('GC-22'),
    'GC-09': along('GC-03', 'GC-05', 'GC-06', 'GC-07', 'GC-17', 'GC-20', 'GC-21'),
    'GC-10': along('GC-01', 'GC-03', 'GC-16', 'GC-S1'),
    'GC-11': apart('a message stands beside answers, which name their own clauses'),
    'GC-12': along('GC-03', 'GC-17', 'GC-19', 'GC-22'),
    'GC-13': along('GC-17', 'GC-18', 'GC-19', 'GC-20', 'GC-21'),
    'GC-14': along('GC-01', 'GC-03'),
    'GC-15': along('GC-03'),
    'GC-16': way(logIn, logIn.replace('-c jar', '-b jar')),
    'GC-17': way(post('login?sid=0', '{"login":"node","password":"wrong"}')),
    'GC-18': way('understudy api set gentics-cms maintenance=true', logIn),
    'GC-19': way(`curl ${api}/validate/nonsense`),
    'GC-20': way(`curl -X POST ${api}/logout/1`),
    'GC-21': way(post('hashpassword?sid=0', '{"password":"s3cret","userId":1}')),
    'GC-22': way(`curl ${api}/globalprefix`),
    'GC-23': way(logIn, 'understudy clock advance 2h', `curl ${api}/validate/${token}`),
    'GC-24': way(logIn, `curl -b jar "${api}/ssologin?sid=1"`),
    'GC-25': along('GC-17', 'GC-18', 'GC-U2'),
    'GC-26': along('GC-19'),
    'GC-27': along('GC-05', 'GC-20'),
    'GC-U1': along('GC-04'),
    'GC-U2': way(rsa.replace('SIGNATURE', 'wrong')),
    'GC-U3': way(`curl -d login=node ${api}/login`),
    'GC-U4': along('GC-01', 'GC-03', 'GC-S1'),
    'GC-U5': along('GC-03', 'GC-17', 'GC-22'),
    'GC-U6': way(post('hashpassword?sid=x', '{}')),
    'GC-X1': way(`curl ${api}/globalprefixes`),
    'GC-X2': aboutOthers,
    'GC-X3': aboutOthers,
    'GC-X4': aboutOthers,
    'GC-X5': way(logIn.replace('-c jar', '-b GCN_SESSION_SECRET=neverGivenOut00')),
    'GC-X6': aboutOthers,
    'GC-X7': way(post('login?sid=x', '{"login":"node","password":"node"}')),
    'GC-X8': aboutOthers,
    'GC-X9': aboutOthers,
    'GC-X10': aboutOthers,
    'GC-X11': way(post('login?sid=0', '{"login":"node"}')),
    'GC-X12': along('GC-06'),
    'GC-X13': way(
      logIn,
      post('matchpassword?sid=1', `{"password":"secret","hash":"${hashExample.replace('$10$', '$13$')}"}`, ' -b jar'),
    ),
    'GC-X14': aboutOthers,
    'GC-X15': way(
      'understudy clock freeze',
      'understudy clock set 2100-01-01T00:00:00Z',
      rsa.replace('SIGNATURE', 'wrong'),
    ),
    'GC-X16': way(
      `understudy api set gentics-cms sso='{"failing":true}'`,
      `curl -H 'authorization: Bearer any' ${api}/ssologin`,
    ),
    'GC-X17': aboutOthers,
    'GC-X18': aboutOthers,
    'GC-X19': aboutOthers,
    'GC-X20': aboutOthers,
    'GC-X21': along('GC-01', 'GC-03', 'GC-S1'),
    'GC-X22': along('GC-06'),
    'GC-X23': along('GC-17'),
    'GC-X24': along('GC-O21'),
    ...observedReach,
    'GC-S1': way(logIn, `curl -b jar "${url}/rest/user/me?sid=1"`),
    'GC-S2': way(`curl ${url}/rest/user/me`),
  },
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
    'login 400': { way: post('login?sid=0', '[]'), of: 'GC-U3' },
    'login 415': along('GC-U3'),
    'ssologin 200': along('GC-02'),
    'loginwithrsa 200/201': along('GC-04'),
    'loginwithrsa 400': { way: post('loginwithrsa?sid=0', '[]'), of: 'GC-U3' },
    'loginwithrsa 415': { way: `curl -d username=node ${api}/loginwithrsa`, of: 'GC-U3' },
    'validate 200': along('GC-01'),
    'logout 200/201': along('GC-05'),
    'hashpassword 200/201': along('GC-06'),
    'hashpassword 400': { way: post('hashpassword?sid=0', '{}'), of: 'GC-X11' },
    'hashpassword 404': along('GC-U6'),
    'hashpassword 415': { way: `curl -d password=s3cret ${api}/hashpassword`, of: 'GC-U3' },
    'matchpassword 200/201': along('GC-07'),
    'matchpassword 400': { way: post('matchpassword?sid=0', '{}'), of: 'GC-X11' },
    'matchpassword 404': { way: post('matchpassword?sid=x', '{}'), of: 'GC-U6' },
    'matchpassword 415': { way: `curl -d password=s3cret ${api}/matchpassword`, of: 'GC-U3' },
    'globalprefix 200': along('GC-22'),
    'me 200': along('GC-S1'),
    'me 401': along('GC-S2'),
    ...observedStatuses,
  },
}
