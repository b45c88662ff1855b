import type { Lint } from '../../core/lint.ts'
import { codeSentAgain, secretInUrl, wrongContentType } from '../../model/lints.ts'
import { userFacts } from './user-facts.ts'

/** What an app that signs people in by Sirportly is to keep to. */
export const lints: readonly Lint[] = [
  codeSentAgain({ clause: 'SP-12', operation: 'authenticate' }),
  secretInUrl({
    clause: 'SP-03',
    members: [...userFacts.secrets, 'two_factor_code'],
    mend: 'Send the parameters in the body of a POST, as is recommended.',
  }),
  wrongContentType({
    clause: 'SP-03',
    operations: ['authenticate'],
    types: ['application/x-www-form-urlencoded', 'multipart/form-data'],
  }),
]
