import { randomBytes } from 'node:crypto'
import {
  accessSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import type { Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UnderstudyError } from '../core/errors.ts'
import { ask, createSpeaker, listenAt } from './speaker.ts'
import { codeOf, messageOf } from '../core/thrown.ts'

/** Bytes of a socket's path: macOS takes the fewest. */
const longestPath = 103
/** A folder that lets nobody listen has had its chances. */
const mostTries = 100
const claimName = /^[0-9a-f]{16}$/

/** A socket in the folder: there to be seen for as long as this process lives. */
export class Claim {
  /** What is said to whoever asks: nothing before the file is owned. */
  #word = ''
  readonly #folder: string
  readonly #reach: Reach
  readonly #server: Server
  readonly #name = randomBytes(8).toString('hex')

  private constructor(folder: string) {
    this.#folder = folder
    this.#reach = new Reach(folder)
    this.#server = createSpeaker(() => this.#word)
  }

  static async make(folder: string): Promise<Claim> {
    for (let tries = 1; ; tries++) {
      makeFolder(folder)
      const claim = new Claim(folder)
      try {
        await claim.#listen()
        return claim
      } catch (error) {
        claim.withdraw()
        const [code, message] = [codeOf(error) ?? '', messageOf(error)]
        // Whoever left last took the folder along; that a socket's folder is gone, Node tells as EACCES.
        if (code === 'ENOENT' || (code === 'EACCES' && tries < mostTries && mayWrite(folder))) continue
        if (code === '') throw error
        throw new UnderstudyError(
          'ERR_STATE_FILE',
          `Servers that use a state file meet at a socket beside it, and ${folder} can have none (${message}): it could not be kept from others. Name a file on a disk of this machine.`,
        )
      }
    }
  }

  /** Its name is what others look for, and is given only when nobody who asks there is refused. */
  async #listen(): Promise<void> {
    const draft = `${this.#name}.new`
    await listenAt(this.#server, this.#reach.to(draft))
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

  /** From now on it says who owns the file. */
  win(word: string): void {
    this.#word = word
    this.#reach.close()
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

/** Whether a folder is gone, or there is nothing about it that would keep this process out. */
function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return true
  } catch (error) {
    return codeOf(error) === 'ENOENT'
  }
}

function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return
    const message = `${path} is in the way: servers that use a state file meet in a folder of that name. Delete it if nobody needs it.`
    throw new UnderstudyError('ERR_STATE_FILE', message)
  }
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
