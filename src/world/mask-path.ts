import type { AnyApi } from '../core/api.ts'
import type { SecrecyOf } from '../core/secret-name.ts'
import { decodeName, masked, maskSession } from './mask.ts'
import { maskText } from './mask-text.ts'

/** A path as it may be shown: without what stands where some API has a secret, and without `;name=value` of secrets. */
export function maskPath(path: string, apis: readonly AnyApi[], secrecyOf: SecrecyOf): string {
  const plain = maskText(path, secrecyOf)
  const [, start, segment = '', rest] = /^(.*)\/([^/]+?)((?:\.\w+)?\/?)$/s.exec(plain) ?? []
  if (start === undefined) return plain
  const ends = apis.flatMap(({ secrets }) => Object.entries(secrets.behind ?? {}))
  const found = ends.find(([end]) => decodeName(start).toLowerCase().endsWith(end))
  if (found === undefined) return plain
  return `${start}/${found[1] === 'session' ? maskSession(decodeName(segment)) : masked}${rest}`
}
