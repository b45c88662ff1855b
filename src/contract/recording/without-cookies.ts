import { headerValue, headerValues } from '../../core/http.ts'
import { cookiesOfSessions } from '../playing/seen.ts'
import type { Placement } from './placement.ts'

/** Whether an API with sessions in cookies let somebody in, and no cookie was kept of that, or sent: they were left out. */
export function hasNoCookies({ api, exchanges }: Placement): boolean {
  if (cookiesOfSessions(api.kit).size === 0) return false
  const isLogin = (operation: string | undefined): boolean => operation === 'login'
  return (
    exchanges.some(({ operation, answer }) => isLogin(operation) && answer.status < 300) &&
    exchanges.every(
      ({ request, answer }) =>
        headerValue(request.headers, 'cookie') === undefined && headerValues(answer.headers, 'set-cookie').length === 0,
    )
  )
}
