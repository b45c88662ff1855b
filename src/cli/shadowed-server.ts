import { checkedApi, type CheckedApi } from '../contract/target/checked-api.ts'
import { UnderstudyError } from '../core/errors.ts'
import type { JsonObject } from '../core/json.ts'
import { apisNamed, oneApiNamed } from './apis.ts'
import type { Io } from './io.ts'
import { readTarget } from './target.ts'
import { writtenSettings } from './written-settings.ts'

/** What a command line says of the server that is listened to. */
export type ServerFlags = {
  readonly api?: readonly string[]
  readonly target?: string
  readonly contextPath?: string
}

/** A server as far as it is known before it is listened to. */
export interface ShadowedServer {
  readonly api: CheckedApi
  /** Those that somebody has said; the others may be as a contract leaves them open. */
  readonly settings: JsonObject
}

/**
 * The API of a server and its settings: those of the target file, and before these the ones of the command line. Throws
 * ERR_USAGE, ERR_TARGET_INVALID, and ERR_NOT_SUPPORTED for an API that is only played.
 */
export async function shadowedServer(
  io: Io,
  pairs: readonly string[],
  { api: words, target: file, contextPath }: ServerFlags,
): Promise<ShadowedServer> {
  const target = file === undefined ? undefined : await ofTarget(io, file, words)
  const api = target?.api ?? (await namedApi(io, words))
  const placed = contextPath === undefined ? [] : [`contextPath=${contextPath}`]
  return { api, settings: writtenSettings(api, [...placed, ...pairs], target?.settings) }
}

async function ofTarget(io: Io, file: string, words: readonly string[] | undefined): Promise<ShadowedServer> {
  const { api, target } = await readTarget(io, file, await apisNamed(io, words))
  return { api, settings: { ...placeOf(api, target.baseUrl), ...target.settings } }
}

/** Where the API is, for one that has a setting for that. */
function placeOf({ settings }: CheckedApi, baseUrl: string): JsonObject {
  const name = ['contextPath', 'path'].find((each) => Object.hasOwn(settings, each))
  return name === undefined ? {} : { [name]: new URL(baseUrl).pathname.replace(/\/+$/, '') }
}

async function namedApi(io: Io, words: readonly string[] = ['secure-login']): Promise<CheckedApi> {
  const named = await oneApiNamed(io, words)
  const api = await checkedApi(named)
  if (api !== undefined) return api
  throw new UnderstudyError('ERR_NOT_SUPPORTED', `${named.title} has no kit to compare by.`)
}
