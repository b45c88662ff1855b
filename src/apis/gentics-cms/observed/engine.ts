import type { Step } from '../../../core/step.ts'
import type { Settings } from '../settings.ts'
import { behindFront } from './front.ts'
import { globalPrefix } from './global-prefix.ts'
import { login } from './login.ts'
import { logout } from './logout.ts'
import { me } from './me.ts'
import { hashPassword, matchPassword } from './passwords.ts'
import { ssoLogin } from './sso.ts'
import { validate } from './validate.ts'

type OperationId =
  | 'login'
  | 'ssologin'
  | 'validate'
  | 'logout'
  | 'hashpassword'
  | 'matchpassword'
  | 'globalprefix'
  | 'me'

/** What the open-source server does, by operation id. */
export const observedSteps: {
  readonly [operation in OperationId]: Step<Settings>
} = {
  login: behindFront(login),
  ssologin: behindFront(ssoLogin, 'text/plain'),
  validate: behindFront(validate),
  logout: behindFront(logout),
  hashpassword: behindFront(hashPassword),
  matchpassword: behindFront(matchPassword),
  globalprefix: behindFront(globalPrefix),
  me: behindFront(me),
}
