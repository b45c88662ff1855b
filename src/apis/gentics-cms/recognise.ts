import { isJsonObject, objectIn, type JsonObject } from '../../core/json.ts'
import type { RecordedAnswer } from '../../core/kit.ts'

/**
 * Which server is played: the open-source one answers a POST with 200, and the one of the page with 201; and of the
 * former a version in which answers have no `inBackground`, if they have none.
 */
export function recognise(recorded: readonly RecordedAnswer[]): JsonObject {
  for (const { path, status, body } of recorded) {
    const { responseInfo, inBackground, sid } = objectIn(body)
    if (!/\/auth\/(login|logout|hashpassword|matchpassword)/.test(path) || !isJsonObject(responseInfo)) continue
    if (status === 201) return { dialect: 'documented' }
    if (status !== 200) continue
    // The page's validate and SSO answer 200 as well, but neither is among these paths with an answer in JSON.
    const isOld = sid !== undefined && inBackground === undefined
    return { dialect: 'observed', ...(isOld ? { version: '6.3.12' } : {}) }
  }
  return {}
}
