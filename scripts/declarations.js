// Copies the declarations that users of the entries can get to see, and none of the four hundred others, into a folder.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

/** From a folder with all of them, whose own files are the entries. */
export function copyDeclarations(from, to) {
  const seen = new Set()
  const visit = (file) => {
    if (seen.has(file) || !existsSync(file)) return
    seen.add(file)
    for (const [, name] of readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\bimport\()\s*['"](\.[^'"]+)\.[jt]s['"]/g))
      visit(resolve(dirname(file), `${name}.d.ts`))
  }
  for (const file of readdirSync(from).filter((name) => name.endsWith('.d.ts'))) visit(join(from, file))
  for (const file of seen) {
    const copy = join(to, relative(from, file))
    mkdirSync(dirname(copy), { recursive: true })
    copyFileSync(file, copy)
  }
}
