import { UnderstudyError } from '../../core/errors.ts'
import type { Kit } from '../../core/kit.ts'

/** Whether the kit knows where a request of somebody else's tells a user, a password or a code. */
function isFollowed({ kit }: { readonly kit: Pick<Kit, 'asks' | 'login'> }): boolean {
  return kit.asks !== undefined || kit.login !== undefined
}

/** Throws ERR_NOT_SUPPORTED for an API whose users cannot be told from what somebody else sends. */
export function requireFollowed(api: { readonly title: string; readonly kit: Pick<Kit, 'asks' | 'login'> }): void {
  if (isFollowed(api)) return
  throw new UnderstudyError(
    'ERR_NOT_SUPPORTED',
    `Where requests to ${api.title} tell users and codes is in its steps only, so that nobody can be followed in somebody else's traffic. Its servers are checked by \`understudy verify\` and \`understudy explore\`.`,
  )
}
