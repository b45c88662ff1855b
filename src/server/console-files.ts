import { readdir, readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import type { HttpReply } from '../core/http.ts'
import { problem } from '../core/problem.ts'
import { packageRoot } from '../hosts/package-root.ts'

/** The built console: below `dist` of the package, whether this runs from `dist` or from `src`. */
const folder = new URL('dist/console/', packageRoot)

const types: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Nothing from elsewhere, nothing inline, in nobody's frame. */
const policy = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"

/** Files of the console by the path they are served under. Whatever is not in here is not served. */
type Files = ReadonlyMap<string, HttpReply>

let files: Promise<Files> | undefined

/** A file of the console, or undefined for what is the control API's. `prefix` is where that lives. */
export async function consoleFile(method: string, path: string, prefix: string): Promise<HttpReply | undefined> {
  if (method !== 'GET' && method !== 'HEAD') return undefined
  // Relative, as a proxy may have put something before it.
  if (path === prefix) return { status: 308, headers: ['location', `${prefix.slice(1)}/`], body: undefined }
  const name = path.slice(prefix.length + 1)
  if (!path.startsWith(`${prefix}/`) || (name !== '' && !name.startsWith('assets/'))) return undefined
  files ??= readFiles()
  const found = (await files).get(name)
  if (found !== undefined) return found
  if (name === '') files = undefined
  const detail =
    name === '' ? 'The console was not built; `npm run build` builds it.' : `The console has no file ${name}.`
  return problem(404, 'Not found', detail)
}

async function readFiles(): Promise<Files> {
  const names = ['', ...(await readdir(new URL('assets/', folder)).catch(() => [])).map((name) => `assets/${name}`)]
  const read = await Promise.all(names.map(async (name) => [name, await readReply(name)] as const))
  return new Map(read.filter((entry): entry is readonly [string, HttpReply] => entry[1] !== undefined))
}

async function readReply(name: string): Promise<HttpReply | undefined> {
  const file = name === '' ? 'index.html' : name
  const body = await readFile(new URL(file, folder)).catch(() => undefined)
  if (body === undefined) return undefined
  const headers = [
    ['content-type', types[extname(file)] ?? 'application/octet-stream'],
    // Names of assets change with their content.
    ['cache-control', name === '' ? 'no-cache' : 'public, max-age=31536000, immutable'],
    ['content-security-policy', policy],
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'no-referrer'],
  ].flat()
  return { status: 200, headers, body }
}
