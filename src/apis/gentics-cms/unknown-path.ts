import { nearestWord } from '../../core/nearest.ts'
import type { RouteMiss } from '../../core/unrouted.ts'
import type { HttpRequest } from '../../core/http.ts'
import type { Reply } from '../../core/step.ts'
import { replies } from './clauses.ts'
import { operations } from './engine.ts'
import { lost } from './observed/lost.ts'
import { barePath } from './observed/path-token.ts'
import type { Operation } from '../../core/route.ts'
import type { Settings } from './settings.ts'
import { authPath } from './wire.ts'

/** Everything below /rest/auth but Jira's session resource of the same name, and the caller's own user. */
export const claims: RegExp = /\/rest\/(?:auth(?:\/(?!(?:1|latest)\/).*)?|user\/me\/?(?:\.\w+)?\/?)$/i

/** The 404 for a path that looks meant for the CMS, saying which path was meant. */
export function unknownPath(path: string, settings: Settings): Reply {
  const every: readonly Operation<Settings>[] = operations
  const here = every.filter((operation) => operation.isThere?.(settings) ?? true)
  const known = here.flatMap(({ paths }) => paths).filter((candidate) => !candidate.endsWith('.json'))
  const start = Math.max(0, path.search(claims))
  const prefix = path.slice(0, start)
  const [name = ''] = path.slice(start + authPath.length + 1).split(/[/.]/)
  if (prefix !== settings.contextPath) {
    const told = (context: string): string => (context === '' ? 'empty' : context)
    return replies.unknownEndpoint(`The context path is ${told(settings.contextPath)}, not ${told(prefix)}.`)
  }
  if (/^loginwithrsa$/i.test(name) && settings.dialect === 'observed') {
    return replies.noSignatures
  }
  const all = [...new Set(known)].map((candidate) => settings.contextPath + candidate)
  const names = new Map(known.map((candidate) => [candidate.split('/')[3] ?? '', candidate]))
  const nearest = names.get(nearestWord(name, [...names.keys()]) ?? '')
  const meant = nearest === undefined ? `one of ${all.join(', ')}` : settings.contextPath + nearest
  return replies.unknownEndpoint(`There is no ${path}; meant was probably ${meant}`)
}

/** The open-source server cuts a suffix and a last slash off (GC-O29). */
export function respell(path: string, { dialect }: Settings): string | undefined {
  return dialect === 'observed' ? barePath(path) : undefined
}

/** The open-source server has a form of its own for what it does not know (GC-O27). */
export function unrouted(request: HttpRequest, why: RouteMiss, settings: Settings, now: number): Reply | undefined {
  if (settings.dialect === 'documented') return undefined
  const meant = why.allow === undefined ? unknownPath(request.path, settings).because : ''
  return lost(request, why, meant, settings, now)
}
