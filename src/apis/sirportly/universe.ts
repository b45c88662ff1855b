import type { Apart, Reach, Universe } from '../../core/tracing.ts'
import { authenticatePath } from './contract.ts'

const url = `$UNDERSTUDY_SIRPORTLY_URL${authenticatePath}`
const signIn = (form: string, more = ''): string => `curl${more} -H 'x-auth-application: help-app' -d '${form}' ${url}`
const at = (username: string, account = 'atech'): string => `username=${username}&password=s3cret&account=${account}`
const networks = 'understudy scenario use sirportly-networks'
const way = (...lines: readonly string[]): Reach => ({ way: lines.join('; ') })
const along = (...clauses: readonly string[]): Reach => ({ with: clauses })
const apart = (reason: string): Apart => ({ apart: reason })
const aboutOthers = apart('a rule about other answers, which name their own clauses')

/** Everything that somebody may meet at Sirportly. */
export const universe: Universe = {
  clauses: {
    'SP-01': along('SP-06', 'SP-05', 'SP-09'),
    'SP-02': along('SP-06', 'SP-05', 'SP-U3'),
    'SP-03': along('SP-06', 'SP-05', 'SP-09'),
    'SP-04': along('SP-06', 'SP-05', 'SP-09'),
    'SP-05': way(signIn('username=adam&password=s3cret')),
    'SP-06': way(signIn(at('adam'))),
    'SP-07': along('SP-06', 'SP-05'),
    'SP-08': way(signIn(at('ben'))),
    'SP-09': way(signIn('username=adam&password=wrong&account=atech')),
    'SP-10': way(signIn(at('eve'))),
    'SP-11': way(signIn(`${at('faye')}&two_factor_code=000000`)),
    'SP-12': way(signIn(`${at('lou')}&two_factor_code=135791`)),
    'SP-13': way(networks, signIn(at('olga', 'office'))),
    'SP-14': way(signIn(at('adam', 'acme'))),
    'SP-15': along('SP-13', 'SP-14', 'SP-U4'),
    'SP-16': along('SP-09', 'SP-13', 'SP-14'),
    'SP-17': along('SP-U4', 'SP-U5'),
    'SP-U1': aboutOthers,
    'SP-U2': aboutOthers,
    'SP-U3': way(`curl -d '${at('adam')}' ${url}`),
    'SP-U4': way(signIn('username=adam')),
    'SP-U5': way(signIn(at('faye'))),
    'SP-U6': way('understudy user set atech/faye active --failures 4', signIn(`${at('faye')}&two_factor_code=000000`)),
    'SP-U7': way(signIn('username=eve&password=s3cret')),
    'SP-U8': way(signIn('username=adam&password=wrong')),
    'SP-U9': aboutOthers,
    'SP-U10': way('understudy api set sirportly disabledAccounts=atech', signIn(at('adam'))),
    'SP-U11': aboutOthers,
    'SP-X1': way(signIn('username=ben&password=s3cret')),
    'SP-X2': way(networks, signIn('username=olga&password=s3cret')),
    'SP-X3': aboutOthers,
    'SP-X4': aboutOthers,
    'SP-X5': aboutOthers,
    'SP-X6': aboutOthers,
    'SP-X7': aboutOthers,
    'SP-X8': aboutOthers,
    'SP-X9': aboutOthers,
    'SP-U12': aboutOthers,
    'SP-X10': aboutOthers,
    'SP-X11': aboutOthers,
    'SP-X12': aboutOthers,
    'SP-X13': way(`curl ${url}/`),
    'SP-X14': aboutOthers,
    'SP-X15': way(signIn(at('tess'))),
    'SP-X16': aboutOthers,
    'SP-X17': aboutOthers,
    'SP-X18': aboutOthers,
  },
  states: {
    active: along('SP-06'),
    'no-api-access': along('SP-08'),
    'two-factor-required': along('SP-10'),
    locked: along('SP-12'),
  },
  transitions: {
    'authenticate: active → active': along('SP-06', 'SP-11'),
    'authenticate: active → locked': along('SP-U6'),
    'meanwhile: locked → active': way(
      signIn(`${at('lou')}&two_factor_code=135791`),
      'understudy user unblock atech/lou',
      signIn(`${at('lou')}&two_factor_code=135791`),
    ),
    'meanwhile: no-api-access → active': way(
      signIn(at('ben')),
      'understudy user set atech/ben active',
      signIn(at('ben')),
    ),
    'meanwhile: two-factor-required → active': way(
      signIn(at('eve')),
      'understudy user set atech/eve active code=123456',
      signIn(`${at('eve')}&two_factor_code=123456`),
    ),
  },
  statuses: {
    'authenticate 200': along('SP-06'),
    'authenticate 403': along('SP-13'),
    'authenticate 404': along('SP-14'),
    'authenticate 422': along('SP-U4'),
  },
}
