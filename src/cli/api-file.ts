import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AnyApi } from '../core/api.ts'
import { UnderstudyError } from '../core/errors.ts'
import { isJsonObject } from '../core/json.ts'
import { codeOf, messageOf } from '../core/thrown.ts'

/**
 * The APIs that a module exports, each with the file noted. They are as the module made them: whether each is one is yet to
 * be checked. The module is code, and runs. Throws ERR_API_UNKNOWN where there is no such file, and ERR_API_INVALID for one
 * that does not load, or exports nothing that is meant to be an API.
 */
export async function loadApiFile(cwd: string, file: string): Promise<AnyApi[]> {
  const path = resolve(cwd, file)
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() !== true) throw new UnderstudyError('ERR_API_UNKNOWN', `There is no API file ${file}.`)
  const module = await load(path, file)
  const apis = [...new Set(meant(module))]
  if (apis.length > 0) return apis.map((api) => (isJsonObject(api) ? { ...api, file } : api) as unknown as AnyApi)
  const names = Object.keys(module)
  const what = names.length === 0 ? 'nothing at all' : names.join(', ')
  throw new UnderstudyError(
    'ERR_API_INVALID',
    `${file} exports no API, but ${what}. An API is an object with id, operations and so on; docs/loading-apis.md has one.`,
  )
}

type Module = { readonly [name: string]: unknown }

async function load(path: string, file: string): Promise<Module> {
  try {
    return (await import(pathToFileURL(path).href)) as Module
  } catch (error) {
    const message = messageOf(error)
    if (codeOf(error) === 'ERR_UNKNOWN_FILE_EXTENSION' && /\.[cm]?ts\b/.test(message)) {
      const words = `${file} is TypeScript, which Node ${process.versions.node} does not run by itself: take Node 22.18 or later, or name a .js file.`
      throw new UnderstudyError('ERR_API_INVALID', words)
    }
    const [first = '', ...more] = message.split('\n')
    throw new UnderstudyError('ERR_API_INVALID', [
      `${file}${lineIn(error, path)} could not be loaded: ${first}`,
      ...more,
    ])
  }
}

/** Where in the file it was, as `:3:7`; nothing where the stack does not tell. */
function lineIn(thrown: unknown, path: string): string {
  const stack = thrown instanceof Error ? (thrown.stack ?? '') : ''
  const places = [pathToFileURL(path).href, path].flatMap((name) => {
    const at = stack.indexOf(`${name}:`)
    return at < 0 ? [] : [/^(:\d+){1,2}/.exec(stack.slice(at + name.length))?.[0] ?? '']
  })
  return places[0] ?? ''
}

/** What looks like an API; or else the only export, or the default one, which will be told what it lacks. */
function meant(module: Module): readonly unknown[] {
  const all = Object.values(module)
  const apis = all.filter((each) => isJsonObject(each) && ('operations' in each || 'clauses' in each))
  if (apis.length > 0) return apis
  if ('default' in module) return [module['default']]
  return all.length === 1 && isJsonObject(all[0]) ? all : []
}
