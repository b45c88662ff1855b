import type { JsonObject } from '../../core/json.ts'
import { nearestWord } from '../../core/nearest.ts'
import { Router } from '../../core/route.ts'
import type { Issue } from '../../core/errors.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import type { WrittenAsk } from './journey-file.ts'
import type { Naming, NoteIssue } from './naming.ts'

/** An API as a server with some settings plays it. */
export interface AskedApi {
  readonly api: CheckedApi
  readonly settings: JsonObject
}

/** An operation of whichever API. */
export type AnyOperation = CheckedApi['operations'][number]

/** The operation of a name such as `secure-login.auth`; `auth` will do. One that there is not is noted. */
export function operationNamed(
  name: string,
  { api }: AskedApi,
  path: Issue['path'],
  note: NoteIssue,
): AnyOperation | undefined {
  const found = api.operations.find(({ id }) => id === name || `${api.id}.${id}` === name)
  if (found !== undefined) return found
  const short = api.operations.map(({ id }) => id)
  const full = short.map((id) => `${api.id}.${id}`)
  note(path, `"${name}" is not an operation of ${api.title}; there are ${full.join(', ')}.`, {
    nearest: nearestWord(name, name.includes('.') ? full : short),
  })
  return undefined
}

/** The operation at a path; undefined where there is none. A path that nothing of the API is below is noted. */
export function operationAt(
  method: string,
  target: string,
  { path: written }: WrittenAsk,
  { asked, path: at, note }: Naming & { readonly asked: AskedApi; readonly path: Issue['path'] },
): AnyOperation | undefined {
  if (written === undefined) return undefined
  const { api, settings } = asked
  const mount = api.mount(settings)
  const [path = ''] = target.split('?')
  const where = [...at, 'path']
  if (mount !== '' && (path === mount || path.startsWith(`${mount}/`))) {
    note(
      where,
      `Paths are below the target's baseUrl, which ends with ${mount}: write ${path.slice(mount.length) || '/'}.`,
    )
    return undefined
  }
  const router = new Router([{ owner: api, mount: '', targets: api.operations }])
  const route = router.find(method, path)
  if (route.kind === 'found') return route.target
  if (route.kind === 'unknown' && !api.claims.test(mount + path)) {
    const paths = api.operations.flatMap((operation) => operation.paths[0] ?? [])
    note(where, `Nothing of ${api.title} is at or below ${path}; there are ${[...new Set(paths)].join(', ')}.`, {
      nearest: nearestWord(path, paths),
    })
  }
  return undefined
}

/** The operations to which `right` and `wrong` mean something. */
export function operationsWithWords({ id, kit }: CheckedApi): string[] {
  const asks = Object.entries(kit.asks ?? {}).filter(([, { right }]) => right !== undefined)
  return asks.map(([operation]) => `${id}.${operation}`)
}
