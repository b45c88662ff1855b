import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Files } from './load.ts'

/** Scenario files on disk. */
export const files: Files = {
  read: (path) =>
    readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EISDIR') return undefined
      throw error
    }),
  resolve: (from, path) => resolve(dirname(from), path),
}
