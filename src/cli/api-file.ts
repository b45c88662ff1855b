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
  if (apis.length > 0) return apis.map((api) => ({ ...api, file }))
  const names = Object.keys(module)
  const what = names.length === 0 ? 'nothing at all' : names.join(', ')
  throw new UnderstudyError(
    'ERR_API_INVALID',
    `${file} exports no API, but ${what}. An API is an object with id, operations and so on; \`understudy init api\` writes one.`,
  )
}

type Module = { readonly [name: string]: unknown }

async function load(path: string, file: string): Promise<Module> {
  try {
    return (await import(pathToFileURL(path).href)) as Module
  } catch (error) {
    const message = messageOf(error)
    const [, script] = /"\.[cm]?ts" for (.+)$/m.exec(message) ?? []
    if (codeOf(error) === 'ERR_UNKNOWN_FILE_EXTENSION' && script !== undefined) {
      const which = script === path ? `${file} is` : `${file} imports ${script}, which is`
      const why = `TypeScript, and Node ${process.versions.node} does not run that by itself`
      throw new UnderstudyError('ERR_API_INVALID', `${which} ${why}: take Node 22.18 or later, or name a .js file.`)
    }
    const place = lineIn(error, path)
    const [first = '', ...more] = message.split('\n')
    // Node keeps to itself where the syntax is wrong.
    const where = error instanceof SyntaxError && place === '' ? `; \`node --check ${file}\` tells where` : ''
    throw new UnderstudyError('ERR_API_INVALID', [`${file}${place} could not be loaded: ${first}${where}`, ...more])
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

/** What looks like an API, among the exports and in the default one. */
function meant(module: Module): readonly AnyApi[] {
  const all = [module, module['default']].flatMap((some): unknown[] => (isJsonObject(some) ? Object.values(some) : []))
  return all.filter((each): each is AnyApi => isJsonObject(each) && ('operations' in each || 'clauses' in each))
}
