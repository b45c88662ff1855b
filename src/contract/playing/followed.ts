import { UnderstudyError } from '../../core/errors.ts'
import type { Kit } from '../../core/kit.ts'

type Followed = { readonly title: string; readonly kit: Pick<Kit, 'asks' | 'login' | 'tells'> }

/** Throws ERR_NOT_SUPPORTED for an API whose users cannot be told from what somebody else sends. */
export function requireFollowed({ title, kit }: Followed): void {
  if (kit.tells !== undefined || isAsked(kit)) return
  throw new UnderstudyError(
    'ERR_NOT_SUPPORTED',
    `Where requests to ${title} tell users and codes is in its steps only, so that nobody can be followed in somebody else's traffic: say it in defineApi, beside \`at\` of an operation, as \`tells: { username: 'query.badge', code: 'query.code' }\`.`,
  )
}

/** Throws ERR_NOT_SUPPORTED for an API that nobody can ask again with other passwords and codes in the place of those that were sent. */
export function requireReplayed({ title, kit }: Followed): void {
  if (isAsked(kit)) return
  throw new UnderstudyError(
    'ERR_NOT_SUPPORTED',
    `What stands for users and codes in requests to ${title} is known to its steps only, so that no scenario can be made of a recording. Its servers are checked by \`understudy verify\`, \`understudy explore\` and \`understudy shadow\`.`,
  )
}

/** Whether the kit itself knows how to send a user, a password or a code. */
function isAsked({ asks, login }: Followed['kit']): boolean {
  return asks !== undefined || login !== undefined
}
