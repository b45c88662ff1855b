import { lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { open, readdir, readFile, rm, rmdir } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { dirname, join } from 'node:path'
import { isLoopback } from '../core/loopback.ts'
import { codeOf } from '../core/thrown.ts'
import { isJsonObject, parseJson, type JsonObject } from '../core/json.ts'

/** Where servers leave word of themselves, below their working directories. */
const folder = '.understudy'
const namePattern = /^server-\d{1,5}\.json$/

/** The file in which the server of a port leaves word of itself, below its working directory. */
export function serverFile(port: number): string {
  return join(folder, `server-${port}.json`)
}

/** Where `serve` leaves the certificate that it made, for clients to trust; of several servers, the latest. */
export const certificateFile: string = join(folder, 'certificate.pem')

/** What live commands need to know of a server that was started in their directory. */
export interface ServerWord {
  readonly url: string
  readonly adminToken?: string
  /** The certificate to trust, as PEM. */
  readonly certificate?: string
}

/** The word of a server, as it stands in a directory. */
export interface LeftWord extends ServerWord {
  readonly pid: number
  /** What it played when it was started, and since when, in ISO 8601. */
  readonly scenario?: string
  readonly since?: string
  readonly cwd: string
}

/** What was found in a directory: servers, why other files are not used, and which servers have ended. */
export interface LeftWords {
  readonly servers: readonly LeftWord[]
  readonly distrusted: readonly { readonly file: string; readonly reason: string }[]
  readonly ended: readonly { readonly url: string; readonly pid: number }[]
}

/** Leaves word; only this user may read it, as it holds the admin token. At once, as threads that write take longer to start. */
export function leaveWord(cwd: string, port: number, word: JsonObject & { readonly pid: number }): void {
  const file = join(cwd, serverFile(port))
  mkdirSync(dirname(file), { recursive: true })
  const { certificate } = word
  if (typeof certificate === 'string') writeFileSync(join(cwd, certificateFile), certificate)
  // Written beside and moved, so that nobody reads half of it, or keeps an older file's wider mode.
  const draft = `${file}.${word.pid}`
  if (lstatSync(draft, { throwIfNoEntry: false }) !== undefined) rmSync(draft, { force: true })
  writeFileSync(draft, `${JSON.stringify(word, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  renameSync(draft, file)
}

/**
 * What servers left in a directory. Such a file may also have come with a cloned repository, or stand where others write:
 * what this user's server cannot have left, and what leads away from this machine, is not used. What a server left that
 * has ended without tidying up is taken away.
 */
export async function readWords(cwd: string): Promise<LeftWords> {
  const names = await readdir(join(cwd, folder)).catch(() => [])
  const files = names.filter((name) => namePattern.test(name)).map((name) => join(folder, name))
  const found: { servers: LeftWord[]; distrusted: LeftWords['distrusted'][number][]; ended: LeftWord[] } = {
    servers: [],
    distrusted: [],
    ended: [],
  }
  for (const file of files) {
    const { text, mode, uid } = await readOpened(join(cwd, file))
    const word = readWord(cwd, text)
    if (word === undefined) continue
    const reason = distrustOf(uid, mode) ?? distrustOfUrl(word.url) ?? distrustOfProcess(word.pid)
    if (reason !== undefined) found.distrusted.push({ file, reason })
    else if (hasEnded(word.pid)) {
      found.ended.push(word)
      await takeWord(cwd, file, word)
    } else found.servers.push(word)
  }
  return { ...found, servers: found.servers.toSorted((one, other) => portOf(one.url) - portOf(other.url)) }
}

/** The port of a server. */
export function portOf(url: string): number {
  const { port, protocol } = new URL(url)
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)
}

function readWord(cwd: string, text: string): LeftWord | undefined {
  const data = parseJson(text)
  if (!isJsonObject(data) || typeof data['url'] !== 'string' || !URL.canParse(data['url'])) return undefined
  const { url, adminToken, certificate, pid, scenario, since } = data
  const texts = Object.entries({ adminToken, certificate, scenario, since }).filter(
    ([, value]) => typeof value === 'string',
  )
  return { ...Object.fromEntries(texts), url, pid: typeof pid === 'number' ? pid : Number.NaN, cwd }
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

function distrustOfProcess(pid: number): string | undefined {
  if (!Number.isSafeInteger(pid) || pid < 1) return 'it names no process'
  return signalError(pid) === 'EPERM' ? `its process (${pid}) is another user's` : undefined
}

/** Whether there is no such process; somebody else may listen where a server has ended. */
export function hasEnded(pid: number): boolean {
  return signalError(pid) === 'ESRCH'
}

function signalError(pid: number): string | undefined {
  try {
    process.kill(pid, 0)
    return undefined
  } catch (error) {
    return codeOf(error)
  }
}

/** Removes the word of a process from its file, unless another server has taken its place. */
export async function takeWord(cwd: string, name: string, { pid, certificate }: TakenWord): Promise<void> {
  const file = join(cwd, name)
  const data = parseJson(await readFile(file, 'utf8').catch(() => ''))
  if (!isJsonObject(data) || data['pid'] !== pid) return
  await rm(file, { force: true })
  const trusted = join(cwd, certificateFile)
  if (certificate !== undefined && (await readFile(trusted, 'utf8').catch(() => '')) === certificate) await rm(trusted)
  // Left where there is something else in it, such as the word of another server.
  await rmdir(dirname(file)).catch(() => undefined)
}

interface TakenWord {
  readonly pid: number
  readonly certificate?: string | undefined
}
