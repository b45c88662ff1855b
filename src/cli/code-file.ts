import { pathToFileURL } from 'node:url'
import { UnderstudyError, type ErrorCode } from '../core/errors.ts'
import { codeOf, messageOf } from '../core/thrown.ts'

/** What a module exports, by name. */
export type Module = { readonly [name: string]: unknown }

/**
 * Imports a file that whoever runs the command has named: it is code, and runs. Throws an error of this code, with the place,
 * for one that cannot be loaded.
 */
export async function loadCode(path: string, file: string, code: ErrorCode): Promise<Module> {
  try {
    return (await import(pathToFileURL(path).href)) as Module
  } catch (error) {
    const message = messageOf(error)
    const [, script] = /"\.[cm]?ts" for (.+)$/m.exec(message) ?? []
    if (codeOf(error) === 'ERR_UNKNOWN_FILE_EXTENSION' && script !== undefined) {
      const which = script === path ? `${file} is` : `${file} imports ${script}, which is`
      const why = `TypeScript, and Node ${process.versions.node} does not run that by itself`
      throw new UnderstudyError(code, `${which} ${why}: take Node 22.18 or later, or name a .js file.`)
    }
    const place = lineIn(error, path)
    const [first = '', ...more] = message.split('\n')
    // Node keeps to itself where the syntax is wrong.
    const where = error instanceof SyntaxError && place === '' ? `; \`node --check ${file}\` tells where` : ''
    throw new UnderstudyError(code, [`${file}${place} could not be loaded: ${first}${where}`, ...more])
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
