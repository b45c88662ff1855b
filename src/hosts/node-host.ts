import type { Host } from '../scenario/create-world.ts'
import { filesIn } from '../scenario/files.ts'
import { machineWait } from './wait.ts'

/** Node as the host of worlds: files below `cwd`, the system's clock, and a thread for what takes long. */
export function nodeHost(cwd: string, time: () => number = () => Date.now()): Host {
  return {
    files: filesIn(cwd),
    time,
    wait: machineWait,
    salt: () => crypto.randomUUID(),
    bcrypt: () => import('./bcrypt-thread.ts'),
  }
}
