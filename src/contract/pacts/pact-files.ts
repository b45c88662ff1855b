import { readFile, stat } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { UnderstudyError } from '../../core/errors.ts'
import { readPact, type PactDocument } from './document.ts'
import { messageOf } from '../../core/thrown.ts'

/**
 * The pacts of a file, of a folder (each of its .json files, at any depth), or of a glob. Throws ERR_USAGE where there is
 * none, and where a file is something else.
 */
export async function pactsIn(source: string, cwd: string): Promise<PactDocument[]> {
  const files = await filesOf(source, cwd)
  const texts = await Promise.all(files.map((file) => read(file, cwd)))
  return texts.map((text, place) => readPact(text, files[place] as string))
}

async function filesOf(source: string, cwd: string): Promise<readonly string[]> {
  const found = await stat(resolve(cwd, source)).catch(() => undefined)
  if (found?.isFile() === true) return [source]
  if (found?.isDirectory() === true) {
    const files = await glob('**/*.json', resolve(cwd, source))
    if (files.length > 0) return files.map((file) => join(source, file))
    throw new UnderstudyError('ERR_USAGE', `The folder ${source} has no .json files, so no pacts.`)
  }
  const isGlob = /[*?[\]{}!]/.test(source)
  const files = isGlob ? await glob(source, cwd) : []
  if (files.length > 0) return files.map((file) => relative(cwd, resolve(cwd, file)))
  throw new UnderstudyError(
    'ERR_USAGE',
    isGlob ? `No file is meant by ${source}.` : `There is no pact file, and no folder, ${source}.`,
  )
}

/** In the order of their names, on every system. */
async function glob(pattern: string, cwd: string): Promise<string[]> {
  const { glob: find } = await import('tinyglobby')
  return (await find(pattern, { cwd, ignore: '**/node_modules/**' })).sort()
}

async function read(file: string, cwd: string): Promise<string> {
  try {
    return await readFile(resolve(cwd, file), 'utf8')
  } catch (error) {
    throw new UnderstudyError('ERR_USAGE', `${file} cannot be read: ${messageOf(error)}.`)
  }
}
