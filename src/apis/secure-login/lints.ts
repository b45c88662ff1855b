import type { Lint } from '../../core/lint.ts'
import {
  codeSentAgain,
  codeWhileBlocked,
  cookieNotSentBack,
  noXsrfHeader,
  pollsBeforeUntil,
  secretInUrl,
  untilByDeviceClock,
  wrongContentType,
} from '../../model/lints.ts'
import { sessionCookie } from './host-headers.ts'

/** What an app in front of Secure Login is to keep to. */
export const lints: readonly Lint[] = [
  codeWhileBlocked({ clause: 'SL-18', operation: 'auth', state: 'blocked', tells: 'user' }),
  codeSentAgain({ clause: 'SL-14', operation: 'auth' }),
  pollsBeforeUntil({ clause: 'SL-19', operation: 'user' }),
  secretInUrl({
    clause: 'SL-09',
    members: [],
    behind: '/api/auth',
    mend: 'Send the PIN as the body of `auth`, and name and password as the body of `login`.',
  }),
  wrongContentType({ clause: 'SL-09', operations: ['auth'], types: ['text/plain'] }),
  wrongContentType({ clause: 'SL-H6', operations: ['login'], types: ['application/json'] }),
  cookieNotSentBack({ clause: 'SL-01', cookie: sessionCookie, logins: ['login'], operations: ['user', 'auth'] }),
  noXsrfHeader({
    clause: 'SL-U17',
    operation: 'auth',
    header: 'X-Atlassian-Token',
    value: /^no-?check$/i,
    // Another type is another lint's.
    types: ['text/plain'],
    mend: 'Send `x-atlassian-token: no-check`: where the host’s XSRF filter asks, a PIN without it gets 403.',
  }),
  untilByDeviceClock({ clause: 'SL-05', operations: ['user', 'auth'] }),
]
