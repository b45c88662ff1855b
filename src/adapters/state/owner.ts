import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, rmdirSync, statSync, symlinkSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { UnderstudyError } from '../../core/errors.ts'

/** Milliseconds for which a file is tried for where others try for it as well, or its owner says nothing. */
const patienceMs = 3000
/** Milliseconds within which an owner that is not busy says who it is. */
const answerMs = 500
/** Bytes of a socket's path: macOS takes the fewest. */
const longestPath = 103
const claimName = /^[0-9a-f]{16}$/

/**
 * Makes this process the one owner of a file, over all processes and containers of a machine; the result lets go of it.
 * Throws ERR_STATE_FILE where another one is, naming it.
 *
 * Whoever claims the file listens at a socket in a folder beside it, and then looks at the others there. Whether one of
 * them lives is not guessed from a number or a time: the system refuses connections to a socket as soon as its process
 * has ended, however it ended, and not before. Nobody ever owns the file who has seen another one alive, and of two that
 * come at once at least one sees the other, as each is there to be seen before it looks.
 */
export async function own(path: string, shown: string, pid: number): Promise<() => void> {
  const folder = `${path}.lock`
  const until = performance.now() + patienceMs
  for (;;) {
    const claim = await Claim.make(folder)
    const others = await claim.others()
    if (others.length === 0) {
      claim.word = `process ${pid} on ${hostname()}`
      return () => claim.withdraw()
    }
    claim.withdraw()
    const owner = others.find((word) => word !== '')
    if (owner !== undefined || performance.now() > until) {
      const who = owner ?? 'a process that does not say which it is'
      throw new UnderstudyError(
        'ERR_STATE_FILE',
        `${shown} is in use by another server: ${who}. Stop that one, or name another file.`,
      )
    }
    // All came at the same moment: by chance one of them will be alone.
    await wait(5 + Math.random() * 100)
  }
}

/** A socket in the folder: there to be seen for as long as this process lives. */
class Claim {
  /** What is said to whoever asks: nothing before the file is owned. */
  word = ''
  readonly #folder: string
  readonly #reach: Reach
  readonly #server: Server
  readonly #name = randomBytes(8).toString('hex')

  private constructor(folder: string) {
    this.#folder = folder
    this.#reach = new Reach(folder)
    this.#server = createServer((socket) => socket.on('error', () => undefined).end(this.word))
  }

  static async make(folder: string): Promise<Claim> {
    for (;;) {
      makeFolder(folder)
      const claim = new Claim(folder)
      try {
        await claim.#listen()
        return claim
      } catch (error) {
        claim.withdraw()
        // Whoever left last took the folder along.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      }
    }
  }

  /** Its name is what others look for, and is given only when nobody who asks there is refused. */
  async #listen(): Promise<void> {
    const draft = `${this.#name}.new`
    await new Promise<void>((resolve, reject) => {
      // Never without: a server that fails later must not take the process along.
      this.#server.on('error', reject).listen(this.#reach.to(draft), resolve)
    })
    this.#server.unref()
    renameSync(join(this.#folder, draft), join(this.#folder, this.#name))
  }

  /** What each of the others says that lives; traces of the dead are removed. */
  async others(): Promise<string[]> {
    const words: string[] = []
    for (const name of readdirSync(this.#folder)) {
      if (name === this.#name || !claimName.test(name)) continue
      const word = await ask(this.#reach.to(name))
      if (word === undefined) rmSync(join(this.#folder, name), { force: true })
      else words.push(word)
    }
    return words
  }

  withdraw(): void {
    rmSync(join(this.#folder, this.#name), { force: true })
    this.#server.close()
    this.#reach.close()
    try {
      rmdirSync(this.#folder)
    } catch {
      // Somebody else's claim is in it.
    }
  }
}

function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return
    const message = `${path} is in the way: servers that use a state file meet in a folder of that name. Delete it if nobody needs it.`
    throw new UnderstudyError('ERR_STATE_FILE', message)
  }
}

/** What is said at a socket, if anything; undefined where nobody listens any more. */
function ask(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let word = ''
    const socket = connect(path)
    socket.setEncoding('latin1').setTimeout(answerMs, () => socket.destroy())
    socket.on('data', (text) => (word += String(text)))
    socket.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'ECONNREFUSED' || code === 'ENOENT') resolve(undefined)
    })
    // It comes from whoever may write to the folder.
    socket.on('close', () => resolve(/^[\w .-]{1,120}$/.test(word) ? word : ''))
  })
}

/** Paths of sockets in a folder: as long as they are, or by a short way to the folder where that is too long. */
class Reach {
  readonly #way: string
  readonly #made: string | undefined

  constructor(folder: string) {
    const fits = Buffer.byteLength(join(folder, '0123456789abcdef.new')) <= longestPath
    this.#made = fits ? undefined : mkdtempSync(join(tmpdir(), 'us-'))
    this.#way = this.#made === undefined ? folder : join(this.#made, 'd')
    if (this.#made !== undefined) symlinkSync(folder, this.#way)
  }

  to(name: string): string {
    return join(this.#way, name)
  }

  close(): void {
    if (this.#made !== undefined) rmSync(this.#made, { recursive: true, force: true })
  }
}
