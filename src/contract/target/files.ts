import { readFile, stat } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { UnderstudyError } from '../../core/errors.ts'
import { messageOf } from '../../core/thrown.ts'

/** Files of one kind. */
export interface FileKind {
  /** Of one: `pact`. */
  readonly noun: string
  /** Those of a folder, at any depth. */
  readonly pattern: string
  /** How they end, in words. */
  readonly endings: string
}

/** The files of a folder or a glob, or one file, from where `cwd` is. Throws ERR_USAGE where there is none. */
export async function filesOf(source: string, cwd: string, kind: FileKind): Promise<readonly string[]> {
  const found = await stat(resolve(cwd, source)).catch(() => undefined)
  if (found?.isFile() === true) return [source]
  if (found?.isDirectory() === true) {
    const files = await glob(kind.pattern, resolve(cwd, source))
    if (files.length > 0) return files.map((file) => join(source, file))
    throw new UnderstudyError('ERR_USAGE', `The folder ${source} has no ${kind.endings} files, so no ${kind.noun}s.`)
  }
  const isGlob = /[*?[\]{}!]/.test(source)
  const files = isGlob ? await glob(source, cwd) : []
  if (files.length > 0) return files.map((file) => relative(cwd, resolve(cwd, file)))
  throw new UnderstudyError(
    'ERR_USAGE',
    isGlob ? `No file is meant by ${source}.` : `There is no ${kind.noun} file, and no folder, ${source}.`,
  )
}

/** In the order of their names, on every system. */
async function glob(pattern: string, cwd: string): Promise<string[]> {
  const { glob: find } = await import('tinyglobby')
  return (await find(pattern, { cwd, ignore: '**/node_modules/**' })).sort()
}

/** The text of a file. Throws ERR_USAGE where it cannot be read. */
export async function readText(file: string, cwd: string): Promise<string> {
  try {
    return await readFile(resolve(cwd, file), 'utf8')
  } catch (error) {
    throw new UnderstudyError('ERR_USAGE', `${file} cannot be read: ${messageOf(error)}.`)
  }
}
