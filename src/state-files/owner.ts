import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { UnderstudyError } from '../core/errors.ts'
import { Claim } from './claim.ts'
import { ask, createSpeaker, listenAt } from './speaker.ts'
import { codeOf } from '../core/thrown.ts'

/** Milliseconds for which a file is tried for where others try for it as well, or its owner says nothing. */
const patienceMs = 3000

/**
 * Makes this process the one owner of a file, over all processes and containers of a machine; the result lets go of it.
 * Throws ERR_STATE_FILE where another one is, naming it.
 *
 * Whoever claims the file listens at a socket in a folder beside it, and then looks at the others there. Whether one of
 * them lives is not guessed from a number or a time: the system refuses connections to a socket as soon as its process
 * has ended, however it ended, and not before. Nobody ever owns the file who has seen another one alive, and of two that
 * come at once at least one sees the other, as each is there to be seen before it looks.
 */
export async function ownFile(path: string, shown: string, pid: number): Promise<() => void> {
  const word = `process ${pid} on ${hostname()}`
  if (process.platform === 'win32') return ownPipe(path, shown, word)
  const folder = `${path}.lock`
  const until = performance.now() + patienceMs
  for (;;) {
    const claim = await Claim.make(folder)
    const others = await claim.others()
    if (others.length === 0) {
      claim.win(word)
      return () => claim.withdraw()
    }
    claim.withdraw()
    const owner = others.find((said) => said !== '')
    if (owner !== undefined || performance.now() > until) throw inUse(shown, owner)
    // All came at the same moment: by chance one of them will be alone.
    await wait(5 + Math.random() * 100)
  }
}

/** Windows has pipes with names instead, each with one owner, and gone with it. */
async function ownPipe(path: string, shown: string, word: string): Promise<() => void> {
  const pipe = `\\\\.\\pipe\\understudy-${createHash('sha256').update(path.toLowerCase()).digest('hex')}`
  const server = createSpeaker(() => word)
  try {
    await listenAt(server, pipe)
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE') throw error
    throw inUse(shown, await ask(pipe))
  }
  return () => server.close()
}

function inUse(shown: string, owner: string | undefined): UnderstudyError {
  const who = owner === undefined || owner === '' ? 'a process that does not say which it is' : owner
  const message = `${shown} is in use by another server: ${who}. Stop that one, or name another file.`
  return new UnderstudyError('ERR_STATE_FILE', message)
}
