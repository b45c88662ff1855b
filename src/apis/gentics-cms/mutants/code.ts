import { json, member } from '../../../core/bend.ts'
import type { Context, Reply } from '../../../core/step.ts'
import type { ResponseCode } from '../wire.ts'
import type { Settings } from '../settings.ts'

/** Another code in an answer. */
export function code(to: ResponseCode): (reply: Reply, context: Context<Settings>) => Reply {
  return json(member('responseInfo.responseCode', () => to))
}
