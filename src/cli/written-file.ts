import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { UnderstudyError } from '../core/errors.ts'
import { codeOf, messageOf } from '../core/thrown.ts'
import type { Io } from './io.ts'

/**
 * Writes a file that somebody named, and the folders it is in. Throws ERR_USAGE where it cannot be, or is there already and
 * may not be replaced.
 */
export async function writeNamed({ cwd }: Io, file: string, text: string, force: boolean): Promise<void> {
  const path = resolve(cwd, file)
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text, { flag: force ? 'w' : 'wx' })
  } catch (error) {
    const why = codeOf(error) === 'EEXIST' ? 'it exists already; --force overwrites it' : messageOf(error)
    throw new UnderstudyError('ERR_USAGE', `${path} was not written: ${why}.`)
  }
}
