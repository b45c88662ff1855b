import type { Step } from '../../../core/step.ts'
import type { Settings } from '../settings.ts'
import { behindFront } from './front.ts'
import { globalPrefix } from './global-prefix.ts'
import { handleLogin } from './login.ts'
import { handleLogout } from './logout.ts'
import { handleMe } from './me.ts'
import { handleHashPassword, handleMatchPassword } from './passwords.ts'
import { ssoLogin } from './sso.ts'
import { handleValidate } from './validate.ts'

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
  login: behindFront(handleLogin),
  ssologin: behindFront(ssoLogin, 'text/plain'),
  validate: behindFront(handleValidate),
  logout: behindFront(handleLogout),
  hashpassword: behindFront(handleHashPassword),
  matchpassword: behindFront(handleMatchPassword),
  globalprefix: behindFront(globalPrefix),
  me: behindFront(handleMe),
}
