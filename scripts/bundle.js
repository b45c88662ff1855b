// Bundles the command line into dist/bin. Two hundred small files take Node a tenth of a second to load, for each
// command; what every one of them needs comes in one file, and the rest when it is needed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url))
/** Packages that are bundled with it, for the same reason. */
const bundled = ['commander', 'otpauth', 'yaml']

/** Into a folder that will be dist/bin, as deep as src/cli: what modules look up beside them is found from both. */
export async function bundleCommandLine(folder) {
  await build({
    configFile: false,
    root: path('.'),
    publicDir: false,
    logLevel: 'warn',
    ssr: { noExternal: bundled },
    build: {
      ssr: path('src/cli/main.ts'),
      target: 'node20',
      outDir: folder,
      rolldownOptions: {
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
          codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] },
        },
      },
    },
  })
  writeFileSync(join(folder, 'LICENSES.txt'), bundled.map(licenseOf).join('\n'))
}

function licenseOf(name) {
  const files = ['LICENSE', 'LICENSE.md'].map((file) => path(`node_modules/${name}/${file}`))
  return `${name}\n\n${readFileSync(files.find(existsSync), 'utf8')}`
}
