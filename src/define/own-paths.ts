import type { Api, ApiParts, UserView } from '../core/api.ts'
import type { AnyDefinition } from './any-definition.ts'
import { pathOf } from './own-settings.ts'

/**
 * Which paths are its own: everything below its path, or, without one, those of its operations. Where a scenario has moved
 * it, the ends of those tell.
 */
export function claimsOf(definition: AnyDefinition): Required<Pick<Api<ApiParts>, 'claims' | 'ownPaths'>> {
  const path = pathOf(definition)
  const ends = Object.values(definition.operations).map(({ at }) => patternOf(at.slice(at.indexOf(' ') + 1)))
  const below = path === '' ? [] : [`${patternOf(path)}(?:/.*)?`]
  return {
    claims: new RegExp(`(?:${[...below, ...ends].join('|')})$`),
    ownPaths: new RegExp(`(?:${(path === '' ? ends : below).join('|')})$`),
  }
}

/** A path as a regular expression, in which a placeholder is any segment. */
function patternOf(path: string): string {
  return path
    .split(/\{\w+\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/?]+')
}

/** How curl asks for the first operation. */
export function tryOutOf({ operations }: AnyDefinition): (url: string, user: UserView) => readonly string[] {
  const [method = '', path = ''] = Object.values(operations)[0]?.at.split(' ') ?? []
  return (url, { username }) => [
    '-s',
    ...(method === 'GET' ? [] : ['-X', method]),
    url + path.replaceAll(/\{\w+\}/g, () => inPath(username)),
  ]
}

/** As a segment of a path; halves of characters, which no path can hold, become the sign for what is none. */
function inPath(username: string): string {
  return new URLSearchParams([['', username]]).toString().slice(1).replaceAll('+', '%20')
}
