import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UnderstudyError } from '../core/errors.ts'
import { messageOf } from '../core/thrown.ts'
import { checkHandlers, type OwnHandler } from '../server/own-handlers.ts'
import { loadCode } from './code-file.ts'

/**
 * The MSW handlers that a module exports, by the name `handlers` or as its default. The module is code, and runs. Throws
 * ERR_USAGE for one that does not load, or exports no such array.
 */
export async function loadHandlers(cwd: string, file: string): Promise<readonly OwnHandler[]> {
  const path = resolve(cwd, file)
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() !== true) throw new UnderstudyError('ERR_USAGE', `There is no file of handlers ${file}.`)
  const module = await loadCode(path, file, 'ERR_USAGE')
  const handlers = module['handlers'] ?? module['default']
  if (handlers === undefined) {
    const names = Object.keys(module)
    const what = names.length === 0 ? 'nothing at all' : names.join(', ')
    const how = "Write `export const handlers = [http.get('/tickets', …)]`, with `http` from msw."
    throw new UnderstudyError('ERR_USAGE', `${file} exports no handlers, but ${what}. ${how}`)
  }
  try {
    checkHandlers(handlers)
  } catch (error) {
    throw new UnderstudyError('ERR_USAGE', `${file}: ${messageOf(error)}`)
  }
  return handlers
}
