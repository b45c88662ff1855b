import { mkdir, open, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { dirname, join } from 'node:path'
import { isLoopback } from '../core/loopback.ts'
import { UnderstudyError } from '../core/errors.ts'
import { isJsonObject, parseJson, type JsonObject } from '../core/json.ts'

/** Where `serve` leaves word of itself, below the working directory. */
export const serverFile: string = join('.understudy', 'server.json')

/** Where `serve` leaves the certificate that it made, for clients to trust. */
export const certificateFile: string = join('.understudy', 'certificate.pem')

/** What live commands need to know of a server that was started in their directory. */
export interface ServerWord {
  readonly url: string
  readonly adminToken?: string
  /** The certificate to trust, as PEM. */
  readonly certificate?: string
}

/** Leaves word; only this user may read it, as it holds the admin token. */
export async function leaveWord(cwd: string, word: JsonObject & { readonly pid: number }): Promise<void> {
  const file = join(cwd, serverFile)
  await mkdir(dirname(file), { recursive: true })
  const { certificate } = word
  if (typeof certificate === 'string') await writeFile(join(cwd, certificateFile), certificate)
  // Written beside and moved, so that nobody reads half of it, or keeps an older file's wider mode.
  const draft = `${file}.${word.pid}`
  await rm(draft, { force: true })
  await writeFile(draft, `${JSON.stringify(word, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  await rename(draft, file)
}

/**
 * What a server left in a directory, if one did. Such a file may also have come with a cloned repository, or stand where
 * others write: what this user's server cannot have left, and what leads away from this machine, is not used. Throws
 * ERR_USAGE, which says why and what to do.
 */
export async function findWord(cwd: string): Promise<ServerWord | undefined> {
  const { text, mode, uid } = await readOpened(join(cwd, serverFile))
  const data = parseJson(text)
  if (!isJsonObject(data) || typeof data['url'] !== 'string' || !URL.canParse(data['url'])) return undefined
  const { url, adminToken, certificate, pid } = data
  const reason = distrustOf(uid, mode) ?? distrustOfUrl(url) ?? distrustOfProcess(pid)
  if (reason !== undefined) {
    const instead = 'Start a server here with `understudy serve`, or name one with --url or UNDERSTUDY_URL.'
    throw new UnderstudyError('ERR_USAGE', `${serverFile} is not used, because ${reason}. ${instead}`)
  }
  return {
    url,
    ...(typeof adminToken === 'string' ? { adminToken } : {}),
    ...(typeof certificate === 'string' ? { certificate } : {}),
  }
}

interface Opened {
  readonly text: string
  readonly mode: number
  readonly uid: number
}

/** Asks of the very file that is read who owns it. */
async function readOpened(path: string): Promise<Opened> {
  try {
    const file = await open(path)
    try {
      const { mode, uid } = await file.stat()
      return { text: await file.readFile('utf8'), mode, uid }
    } finally {
      await file.close()
    }
  } catch {
    return { text: '', mode: 0, uid: 0 }
  }
}

/** Windows knows neither owners by number nor modes. */
function distrustOf(uid: number, mode: number): string | undefined {
  const mine = process.getuid?.()
  if (mine === undefined) return undefined
  if (uid !== mine) return `it belongs to another user (${uid})`
  const bits = mode & 0o777
  // A file that comes with a repository is no server's: those are written for one user alone.
  return (bits & 0o077) === 0 ? undefined : `others may read or change it (its mode is ${bits.toString(8)}, not 600)`
}

function distrustOfUrl(url: string): string | undefined {
  const { hostname } = new URL(url)
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  if (isLoopback(host) || own.some(({ address }) => address === host)) return undefined
  return `it names ${JSON.stringify(hostname)}, which is not this machine`
}

/** Somebody else may listen where a server has ended. */
function distrustOfProcess(pid: unknown): string | undefined {
  if (!Number.isSafeInteger(pid) || Number(pid) < 1) return 'it names no process'
  try {
    process.kill(Number(pid), 0)
    return undefined
  } catch (error) {
    const isAnothers = error instanceof Error && 'code' in error && error.code === 'EPERM'
    return isAnothers
      ? `its process (${String(pid)}) is another user's`
      : `the server that left it (process ${String(pid)}) has ended`
  }
}

/** Removes the word of a process, unless another server has taken its place. */
export async function takeWord(cwd: string, pid: number): Promise<void> {
  const file = join(cwd, serverFile)
  const data = parseJson(await readFile(file, 'utf8').catch(() => ''))
  if (!isJsonObject(data) || data['pid'] !== pid) return
  await rm(file, { force: true })
  await rm(join(cwd, certificateFile), { force: true })
  // Left where somebody else keeps something in it.
  await rmdir(dirname(file)).catch(() => undefined)
}
