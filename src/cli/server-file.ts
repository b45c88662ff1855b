import { mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isJsonObject, type JsonObject } from '../core/json.ts'

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
  await writeFile(draft, `${JSON.stringify(word, null, 2)}\n`, { mode: 0o600 })
  await rename(draft, file)
}

/** What a server left in a directory, if one did. */
export async function findWord(cwd: string): Promise<ServerWord | undefined> {
  const data = parse(await readFile(join(cwd, serverFile), 'utf8').catch(() => ''))
  if (!isJsonObject(data) || typeof data['url'] !== 'string' || !URL.canParse(data['url'])) return undefined
  const { url, adminToken, certificate } = data
  return {
    url,
    ...(typeof adminToken === 'string' ? { adminToken } : {}),
    ...(typeof certificate === 'string' ? { certificate } : {}),
  }
}

/** Removes the word of a process, unless another server has taken its place. */
export async function takeWord(cwd: string, pid: number): Promise<void> {
  const file = join(cwd, serverFile)
  const data = parse(await readFile(file, 'utf8').catch(() => ''))
  if (!isJsonObject(data) || data['pid'] !== pid) return
  await rm(file, { force: true })
  await rm(join(cwd, certificateFile), { force: true })
  // Left where somebody else keeps something in it.
  await rmdir(dirname(file)).catch(() => undefined)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
