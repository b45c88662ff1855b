import type { Reply } from '../../core/step.ts'
import { replies } from './clauses.ts'
import { authenticatePath } from './paths.ts'

/** The documented path in any version, misspelt ones included. */
export const claims: RegExp = /\/api\/(?:v[^/]*\/)?authenticat(?:e|ion)(?:\/[^?]*)?$/i

/** Those of both versions: an app may well have an `/api/authentication` of its own. */
export const ownPaths: RegExp = /\/api\/v[12]\/authentication\/authenticate$/i

/** The 404 for a path that looks meant for Sirportly, saying which path was meant. */
export function unknownPath(path: string): Reply {
  const start = Math.max(0, path.search(claims))
  if (start > 0) {
    return replies.unknownEndpoint(`Nothing stands before /api: meant was probably ${authenticatePath}, not ${path}`)
  }
  if (path.toLowerCase().replace(/\/+$/, '') === authenticatePath) {
    const detail = `Paths are taken letter by letter, without a slash at the end: meant was probably ${authenticatePath}`
    return replies.unknownEndpoint(detail)
  }
  const version = /^\/api\/(v[^/]*)\//i.exec(path)?.[1]
  const versions = version === undefined || /^v[12]$/i.test(version) ? '' : '; there are v1 and v2'
  return replies.unknownEndpoint(`There is no ${path}; meant was probably ${authenticatePath}${versions}`)
}
