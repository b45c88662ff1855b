import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { packageRoot } from '../hosts/package-root.ts'
import type { Io } from './io.ts'
import { writeNamed } from './written-file.ts'

/** Where editors find the schema of a file. */
export interface SchemaPlace {
  /** What the file says of it: a path that counts from its folder. */
  readonly reference: string
  /** The path of a copy that has to be written beside the file; left out where the package is installed. */
  readonly copy?: string
}

/**
 * Looks for a schema of this package from a file's folder up, as Node looks for packages. A package that was only fetched to
 * run a command once is not found so, and may be gone tomorrow: the file then has a copy beside it.
 */
export function schemaPlace(file: string, schema: string): SchemaPlace {
  const folder = dirname(file)
  for (let above = folder; ; above = dirname(above)) {
    const isPackage = pathToFileURL(above + sep).href === packageRoot.href
    const path = isPackage ? join(above, schema) : join(above, 'node_modules', 'auth-understudy', schema)
    if (existsSync(path)) return { reference: dotted(relative(folder, path)) }
    if (dirname(above) === above) return copied(folder, basename(schema))
  }
}

/** A copy beside a file. */
export function copied(folder: string, name: string): SchemaPlace {
  return { reference: dotted(name), copy: join(folder, name) }
}

/** The text of a schema as the package has it. */
export function ownSchema(schema: string): Promise<string> {
  return readFile(new URL(schema, packageRoot), 'utf8')
}

/** Writes the copy, and gives back what to say of it beside the file. Another text that is there already is left, and told. */
export async function writeCopy(io: Io, copy: string, text: string, force = false): Promise<string> {
  const name = relative(io.cwd, copy)
  const kept = force ? undefined : await readFile(copy, 'utf8').catch(() => undefined)
  if (kept === text) return ''
  if (kept !== undefined) {
    io.err(`kept ${name}, which says something else than the schema; --force overwrites it`)
    return ''
  }
  await writeNamed(io, copy, text, force)
  return ` and, for editors, ${name}`
}

function dotted(path: string): string {
  const url = path.split(sep).join('/')
  return url.startsWith('.') ? url : `./${url}`
}
