import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { UnderstudyError } from '../../core/errors.ts'

/** Holds a file for one process; the result lets go of it. Throws ERR_STATE_FILE where another one has it. */
export function lock(path: string, pid: number): () => void {
  const file = `${path}.lock`
  for (let tries = 0; tries < 2; tries++) {
    try {
      const fd = openSync(file, 'wx', 0o600)
      writeSync(fd, String(pid))
      closeSync(fd)
      return () => rmSync(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = Number(readFileSync(file, 'utf8'))
    // In a container every process may be number 1.
    if (holder !== pid && isAlive(holder)) {
      const detail = `${path} is in use by process ${holder}. If that is no understudy server, delete ${file}.`
      throw new UnderstudyError('ERR_STATE_FILE', detail)
    }
    rmSync(file, { force: true })
  }
  throw new UnderstudyError('ERR_STATE_FILE', `${path} is being taken by another process at this moment; try again.`)
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid < 1) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
