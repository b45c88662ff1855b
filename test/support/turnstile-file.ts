import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { transformWithOxc } from 'vite'

const example = fileURLToPath(new URL('../example-api/', import.meta.url))
const dist = new URL('../../dist/', import.meta.url).href

/**
 * Writes the turnstile of `test/example-api` below a folder, as a project that has the package would have it in plain
 * JavaScript; the path of the module that exports it. Processes load it, without Vitest.
 */
export async function writeTurnstile(cwd: string, folder = 'turnstile'): Promise<string> {
  const into = join(cwd, folder)
  mkdirSync(into, { recursive: true })
  writeFileSync(join(into, 'package.json'), '{ "type": "module" }\n')
  for (const name of ['state', 'clauses', 'engine', 'api']) {
    const { code } = await transformWithOxc(readFileSync(join(example, `${name}.ts`), 'utf8'), `${name}.ts`, {
      sourcemap: false,
    })
    writeFileSync(
      join(into, `${name}.js`),
      code.replaceAll('../../src/', dist).replaceAll(/(from\s*["'][^"']*)\.ts(["'])/g, '$1.js$2'),
    )
  }
  return `./${folder}/api.js`
}

/** Writes a module that exports what a text says, in which `turnstile` is the turnstile of `test/example-api`. */
export function writeModule(cwd: string, name: string, text: string): string {
  const turnstile = pathToFileURL(join(example, 'api.ts')).href
  writeFileSync(join(cwd, name), `import { turnstile } from '${turnstile}'\n${text}\n`)
  return `./${name}`
}
