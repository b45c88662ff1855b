import { readFile } from 'node:fs/promises'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import type { Files } from './load.ts'

/** Scenario files on disk; relative paths count from `cwd`, and stay relative in messages. */
export function filesIn(cwd: string): Files {
  return {
    read: (path) =>
      readFile(resolve(cwd, path), 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EISDIR') return undefined
        throw error
      }),
    resolve: (from, path) => (isAbsolute(path) ? path : join(dirname(from), path)),
  }
}
