import * as fs from 'node:fs'

/** What a state file asks of the file system; tests put one in that fails. */
export type Disk = Pick<
  typeof fs,
  | 'closeSync'
  | 'fdatasyncSync'
  | 'fstatSync'
  | 'fsyncSync'
  | 'ftruncateSync'
  | 'openSync'
  | 'renameSync'
  | 'rmSync'
  | 'statSync'
  | 'writeSync'
>

/** The file system of the machine. */
export const disk: Disk = fs

/** Tells one state of a file from every other: which file it is, and its length. Undefined where there is none. */
export function fileIdentity(path: string, { statSync }: Pick<Disk, 'statSync'> = disk): string | undefined {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stat === undefined ? undefined : `${stat.dev}:${stat.ino}:${stat.size}`
}

/** What the system says went wrong, such as `ENOSPC: no space left on device`; other errors are thrown on. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) throw error
  return error.message.replace(/, \w+.*$/, '')
}
