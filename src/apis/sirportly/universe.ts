import { reachOf } from '../../core/clause-readers.ts'
import { along, way, type Universe } from '../../core/tracing.ts'
import { clauses } from './clauses.ts'
import { shell } from './shell.ts'

const { signIn, at } = shell

/** Everything that somebody may meet at Sirportly. */
export const universe: Universe = {
  clauses: reachOf(clauses),
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
