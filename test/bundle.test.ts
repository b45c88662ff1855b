import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))

/** What a frontend's bundler makes of an entry while its app is under development: code to load at once, and later. */
async function bundle(entry: string): Promise<{ now: number; names: string[]; later: string[] }> {
  const { output } = (await build({
    root,
    configFile: false,
    mode: 'development',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"development"' },
    build: {
      write: false,
      minify: true,
      target: 'es2023',
      modulePreload: false,
      rolldownOptions: {
        input: `${root}dist/lib/${entry}`,
        external: [/^msw/, /^@msw\//],
        preserveEntrySignatures: 'strict',
      },
    },
  })) as Rolldown.RolldownOutput
  const chunks = output.filter((file) => file.type === 'chunk')
  const atOnce = new Set(chunks.filter(({ isEntry }) => isEntry))
  for (const chunk of atOnce) for (const other of chunks) if (chunk.imports.includes(other.fileName)) atOnce.add(other)
  const modules = (some: Iterable<Rolldown.OutputChunk>): string[] =>
    [...some].flatMap(({ moduleIds }) => moduleIds.map((id) => id.replace(root, '')))
  return {
    now: [...atOnce].reduce((sum, { code }) => sum + gzipSync(code).length, 0),
    names: modules(atOnce),
    later: modules(chunks.filter((chunk) => !atOnce.has(chunk))),
  }
}

/** Where libraries are: a package, or the chunk in which it is bundled. */
const libraries = {
  faker: 'dist/lib/people-',
  otpauth: 'dist/lib/totp-',
  yaml: 'dist/lib/source-',
  bcryptjs: 'node_modules/bcryptjs/',
}

describe('a page that imports', () => {
  test.each([
    ['msw.js', 40],
    // The world that the handlers play: three APIs, two servers of the CMS, with everything that is known of each clause,
    // of which a page needs what it says, and 7 kB are how it is met and what it decides; 1 kB is who of several APIs plays,
    // and 5 kB are what is asked of requests, and by which rules clients are judged; 6 kB are what is taken back and what is
    // scheduled, 2 kB how people are found and come, and options that there are not are told; 4 kB are what each word of a
    // setting or state means, for forms and schemas.
    ['index.browser.js', 113],
    ['api.js', 23],
    ['panel.js', 15],
    ['control.js', 3],
  ])('%s loads less than %i kB, compressed, and no library', async (entry, limit) => {
    const { now, names } = await bundle(entry)
    expect(names).toContain(`dist/lib/${entry}`)
    for (const library of Object.values(libraries)) expect(names.filter((name) => name.startsWith(library))).toEqual([])
    expect(now / 1000).toBeLessThan(limit)
  })

  test('a world loads libraries later, when they are needed', async () => {
    const { later } = await bundle('index.browser.js')
    const missing = Object.values(libraries).filter((library) => !later.some((name) => name.startsWith(library)))
    expect(missing).toEqual([])
  })
})
