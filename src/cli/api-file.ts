import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { AnyApi } from '../core/api.ts'
import { UnderstudyError } from '../core/errors.ts'
import { isJsonObject } from '../core/json.ts'
import { loadCode, type Module } from './code-file.ts'

/**
 * The APIs that a module exports, each with the file noted. They are as the module made them: whether each is one is yet to
 * be checked. The module is code, and runs. Throws ERR_API_UNKNOWN where there is no such file, and ERR_API_INVALID for one
 * that does not load, or exports nothing that is meant to be an API.
 */
export async function loadApiFile(cwd: string, file: string): Promise<AnyApi[]> {
  const path = resolve(cwd, file)
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() !== true) throw new UnderstudyError('ERR_API_UNKNOWN', `There is no API file ${file}.`)
  const module = await loadCode(path, file, 'ERR_API_INVALID')
  const apis = [...new Set(meant(module))]
  if (apis.length > 0) return apis.map((api) => ({ ...api, file }))
  const names = Object.keys(module)
  const what = names.length === 0 ? 'nothing at all' : names.join(', ')
  throw new UnderstudyError(
    'ERR_API_INVALID',
    `${file} exports no API, but ${what}. An API is an object with id, operations and so on; \`understudy init api\` writes one.`,
  )
}

/** What looks like an API, among the exports and in the default one. */
function meant(module: Module): readonly AnyApi[] {
  const all = [module, module['default']].flatMap((some): unknown[] => (isJsonObject(some) ? Object.values(some) : []))
  return all.filter((each): each is AnyApi => isJsonObject(each) && ('operations' in each || 'clauses' in each))
}
