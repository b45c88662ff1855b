import type { Lint } from '../../core/lint.ts'
import { cookieNotSentBack, secretInUrl, wrongContentType } from '../../model/lints.ts'
import { userFacts } from './state.ts'
import { secretCookie } from './wire.ts'

const logins = ['login', 'loginwithrsa']

/** What an app in front of Gentics CMS is to keep to. */
export const lints: readonly Lint[] = [
  secretInUrl({
    clause: 'GC-03',
    members: userFacts.secrets,
    mend: 'Send name and password as the JSON body of `login`; the secret of a session goes in its cookie.',
  }),
  wrongContentType({
    clause: 'GC-U3',
    operations: [...logins, 'hashpassword', 'matchpassword'],
    types: ['application/json'],
  }),
  cookieNotSentBack({
    clause: 'GC-03',
    cookie: secretCookie,
    logins,
    operations: ['hashpassword', 'matchpassword', 'globalprefix', 'me'],
  }),
]
