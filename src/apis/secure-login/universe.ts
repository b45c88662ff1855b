import type { Apart, Reach, Universe } from '../../core/tracing.ts'
import { apiPath, productPath, sessionPath } from './contract.ts'

const url = '$UNDERSTUDY_SECURE_LOGIN_URL'
const api = url + apiPath
const product = url + productPath
const logIn = (body: string): string =>
  `curl -c jar -H 'content-type: application/json' -d '${body}' ${url}${sessionPath}`
const alice = logIn('{"username":"alice","password":"alice"}')
const bob = logIn('{"username":"bob","password":"bob"}')
const carol = logIn('{"username":"carol","password":"carol"}')
const pin = (digits: string, more = '-u alice:alice'): string =>
  `curl ${more} -H 'content-type: text/plain' -d '${digits}' ${api}/auth`
const way = (...lines: readonly string[]): Reach => ({ way: lines.join('; ') })
const apart = (reason: string): Apart => ({ apart: reason })
const along = (...clauses: readonly string[]): Reach => ({ with: clauses })
const aboutOthers = apart('a rule about other answers, which name their own clauses')

/** Everything that somebody may meet at Secure Login. */
export const universe: Universe = {
  clauses: {
    'SL-01': along('SL-06', 'SL-07', 'SL-10', 'SL-11'),
    'SL-02': way(alice, 'understudy user set alice expired', `curl -b jar ${api}/user`),
    'SL-03': way(`curl ${api}/info`),
    'SL-04': way('understudy api set secure-login active=false', `curl ${api}/info`),
    'SL-05': along('SL-03', 'SL-04'),
    'SL-06': way(`curl -u alice:alice ${api}/user`),
    'SL-07': way('understudy user set alice blocked', `curl -u alice:alice ${api}/user`),
    'SL-08': way('understudy api set secure-login active=false', `curl -u alice:alice ${api}/user`),
    'SL-09': along('SL-10', 'SL-11', 'SL-14'),
    'SL-10': way(alice, pin('910817', '-b jar')),
    'SL-11': way(alice, pin('000000', '-b jar')),
    'SL-12': way('understudy user set alice onboarding', pin('910817')),
    'SL-13': way('understudy api set secure-login active=false', pin('910817')),
    'SL-14': way('understudy user set alice enter --failures 2', alice, pin('000000', '-b jar')),
    'SL-15': apart('it tells what cannot be done'),
    'SL-16': along('SL-U14'),
    'SL-17': apart('a sequence; its requests count by themselves'),
    'SL-18': apart('apps that heed /user send no PIN then; SL-U2 is what they would get'),
    'SL-19': apart('it tells what an instant means; /user before and after it counts by itself'),
    'SL-U1': way(`curl ${api}/user`),
    'SL-U16': way(`curl -b JSESSIONID=0123456789ABCDEF0123456789ABCDEF ${api}/user`),
    'SL-U17': way('understudy api set secure-login xsrfCheck=on', alice, pin('910817', '-b jar')),
    'SL-U18': way('understudy api set secure-login restBeforePin=refused', alice, `curl -b jar ${product}/myself`),
    'SL-U2': way('understudy user set alice blocked', pin('910817')),
    'SL-U3': way(alice, pin('910817', '-b jar'), `curl -b jar ${api}/user`),
    'SL-U4': way(pin('910817', '-u dave:dave')),
    'SL-U5': aboutOthers,
    'SL-U6': aboutOthers,
    'SL-U7': aboutOthers,
    'SL-U8': way(`curl -u alice:alice -d 910817 ${api}/auth`),
    'SL-U9': way(pin('91-08-17')),
    'SL-U10': way(`curl ${api}/users`),
    'SL-U11': along('SL-08'),
    'SL-U12': aboutOthers,
    'SL-U13': aboutOthers,
    'SL-U14': way(
      'understudy api set secure-login trustProxy=true',
      alice,
      pin('910817', "-b jar -H 'x-forwarded-for: 192.0.2.1'"),
      `curl -b jar -H 'x-forwarded-for: 192.0.2.2' ${api}/user`,
    ),
    'SL-U15': aboutOthers,
    'SL-U19': aboutOthers,
    'SL-X1': aboutOthers,
    'SL-X2': aboutOthers,
    'SL-X3': aboutOthers,
    'SL-X4': aboutOthers,
    'SL-X5': way(
      String.raw`printf '\377' | curl -u alice:alice -H 'content-type: text/plain' --data-binary @- ${api}/auth`,
    ),
    'SL-X6': aboutOthers,
    'SL-H1': way(alice),
    'SL-H2': way(logIn('{"username":"alice","password":"wrong"}')),
    'SL-H3': way(alice, `curl -b jar ${url}${sessionPath}`),
    'SL-H4': way(alice, `curl -b jar -X DELETE ${url}${sessionPath}`),
    'SL-H5': way(`curl -u alice:wrong ${api}/user`),
    'SL-U20': way(
      'understudy api set secure-login captchaAfter=1',
      logIn('{"username":"alice","password":"wrong"}'),
      alice,
    ),
    'SL-H6': way(logIn('[]')),
    'SL-H7': aboutOthers,
    'SL-H8': way(`curl ${product}/serverInfo`),
  },
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
    'login: signed-out → bypass': way(logIn('{"username":"dave","password":"dave"}')),
    'login: signed-out → onboarding': way(bob),
    'login: signed-out → blocked': way(carol),
    'auth: enter → enter': along('SL-11'),
    'auth: enter → authenticated': along('SL-10'),
    'auth: enter → blocked': along('SL-14'),
    'logout: enter → signed-out': along('SL-H4'),
    'logout: authenticated → signed-out': {
      way: [alice, pin('910817', '-b jar'), `curl -b jar -X DELETE ${url}${sessionPath}`].join('; '),
      of: 'SL-H4',
    },
    'meanwhile: blocked → enter': way(carol, 'understudy clock advance 31m', `curl -b jar ${api}/user`),
    'meanwhile: onboarding → enter': way(bob, 'understudy user set bob enter', `curl -b jar ${api}/user`),
    'meanwhile: enter → expired': along('SL-02'),
    'meanwhile: authenticated → expired': way(
      alice,
      pin('910817', '-b jar'),
      'understudy clock advance 6h',
      `curl -b jar ${api}/user`,
    ),
  },
  statuses: {
    'info 200': along('SL-03'),
    'info 401': { way: `curl -u alice:wrong ${api}/info`, of: 'SL-H5' },
    'user 200': along('SL-06'),
    'user 401': along('SL-02'),
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
    'login 415': { way: `curl -d username=alice ${url}${sessionPath}`, of: 'SL-H6' },
    'session 200': along('SL-H3'),
    'session 401': { way: `curl ${url}${sessionPath}`, of: 'SL-H3' },
    'logout 204': along('SL-H4'),
    'user 403': {
      way: [
        'understudy api set secure-login captchaAfter=1',
        `curl -u alice:wrong ${api}/user`,
        `curl -u alice:alice ${api}/user`,
      ].join('; '),
      of: 'SL-U20',
    },
    'serverInfo 200': along('SL-H8'),
    'serverInfo 401': {
      way: ['understudy api set secure-login restBeforePin=refused', alice, `curl -b jar ${product}/serverInfo`].join(
        '; ',
      ),
      of: 'SL-U18',
    },
    'myself 200': { way: `curl -u alice:alice ${product}/myself`, of: 'SL-H8' },
    'myself 401': { way: `curl ${product}/myself`, of: 'SL-H8' },
    'logout 401': { way: `curl -X DELETE ${url}${sessionPath}`, of: 'SL-H4' },
  },
}
