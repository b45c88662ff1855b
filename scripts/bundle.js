// Bundles what the package is used by. Two hundred small files take Node a tenth of a second to load, for each test file
// and each command; what is needed comes in a few files, and the rest when it is needed.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'
import { lateChunks } from './late-chunks.js'
import { lateGroups } from './late-modules.js'

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url))
/** The files of src that are entries. */
const entries = readdirSync(path('src')).filter((file) => file.endsWith('.ts'))
/** Those whose peers there are as modules only. */
const modulesOnly = ['data.ts', 'vitest.ts']
/** As pages need them, of packages that are others in Node: one file is for both. */
const forPages = { yaml: 'node_modules/yaml/browser/index.js', otpauth: 'node_modules/otpauth/dist/otpauth.esm.js' }

/**
 * The bundles, by the folder of dist that each is for, all as deep as src/cli: what modules look up beside them is found
 * from everywhere. Packages that are bundled with them need not be installed.
 */
export const bundles = {
  /** The command line, for each command. */
  bin: {
    files: ['cli/main.ts'],
    packages: ['@faker-js/faker', 'commander', 'fdir', 'otpauth', 'picomatch', 'tinyglobby', 'yaml'],
    format: 'cjs',
    // Names of functions and classes stay, for whoever reports a bug.
    minify: { compress: true, mangle: { toplevel: false, keepNames: { function: true, class: true } }, codegen: true },
    // What a server starts with comes in one file.
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        ...Object.entries(lateGroups).map(([name, test]) => ({ name, test, priority: 1 })),
        { name: 'main' },
      ].map((group) => ({ ...group, tags: ['$initial'] })),
    },
    preserveEntrySignatures: 'allow-extension',
    plugins: [lateChunks(Object.keys(lateGroups), ['node:fs/promises', 'node:os'])],
    // What must load without the late ones; and what is written where it cannot, as for a further API that needs them.
    lateIn: 'main.js',
    inOne: { codeSplitting: { groups: [{ name: 'main', tags: ['$initial'] }] }, plugins: [] },
  },
  /** The entries, which share chunks, and a thread that is started by them. */
  lib: {
    files: [...entries, 'hosts/source-thread.ts'],
    packages: ['@faker-js/faker', 'otpauth', 'yaml'],
    alias: absolute(forPages),
    platform: 'neutral',
    sourcemap: true,
  },
  /** The entries for those who `require`, such as Jest, which has no modules and so no packages that are modules only. */
  cjs: {
    files: [...entries.filter((file) => !modulesOnly.includes(file)), 'hosts/source-thread.ts'],
    packages: ['@faker-js/faker', 'otpauth', 'yaml'],
    alias: absolute(forPages),
    format: 'cjs',
  },
}

/** Of Faker's English words, those that people are made of: the rest would be nine tenths of the bundle that has them. */
const namesOnly = {
  name: 'names-only',
  async load(id) {
    if (!/@faker-js\/faker\/dist\/en-[\w-]+\.js$/.test(id)) return null
    const [[name, { metadata, internet, person }]] = Object.entries(await import(pathToFileURL(id)))
    const { first_name, last_name, last_name_pattern } = person
    const words = { metadata, internet, person: { first_name, last_name, last_name_pattern } }
    return `export const ${name} = ${JSON.stringify(words)}`
  },
}

/** Characters beyond ASCII as escapes: a text that has one of them takes twice the memory, and longer to read. */
const asciiOnly = {
  name: 'ascii-only',
  generateBundle(_, output) {
    const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
    for (const chunk of Object.values(output))
      if (chunk.type === 'chunk') chunk.code = chunk.code.replaceAll(/[^\0-\x7f]/g, escaped)
  },
}

/** Into a folder that will be the one of that name in dist. */
export async function bundle(name, folder) {
  await write(name, folder, bundles[name])
  const { lateIn, inOne } = bundles[name]
  if (lateIn === undefined) return
  const why = whyNotLate(join(folder, lateIn))
  if (why === undefined) return
  process.stderr.write(
    `The command line starts slower than it might: what is to come late is needed while it loads (${why}). Modules that use it then should not be in scripts/late-modules.js.\n`,
  )
  rmSync(folder, { recursive: true })
  await write(name, folder, { ...bundles[name], ...inOne })
}

/** Whether loading a bundle loads one of its late chunks, which would meet a bundle that is half there. */
function whyNotLate(file) {
  const script = `require(${JSON.stringify(file)}); process.stdout.write(Object.keys(require.cache).join())`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' })
  if (status !== 0) return /^\w*Error: .*$/m.exec(stderr)?.[0] ?? `exit code ${status}`
  const early = stdout
    .split(',')
    .filter((each) => Object.keys(lateGroups).some((name) => basename(each).startsWith(`${name}-`)))
  return early.length === 0 ? undefined : `${early.map((each) => basename(each)).join(', ')} is loaded`
}

async function write(name, folder, bundled) {
  const {
    files,
    packages,
    format = 'es',
    sourcemap = false,
    minify = false,
    platform = 'node',
    alias = {},
    codeSplitting,
    preserveEntrySignatures = 'strict',
    plugins = [],
  } = bundled
  await build({
    configFile: false,
    root: path('.'),
    publicDir: false,
    logLevel: 'warn',
    plugins: [namesOnly, ...plugins, asciiOnly],
    resolve: { alias },
    ssr: { noExternal: packages },
    build: {
      ssr: true,
      target: 'node20',
      outDir: folder,
      sourcemap,
      rolldownOptions: {
        input: Object.fromEntries(files.map((file) => [file.replaceAll(/^.*\/|\.ts$/g, ''), path(`src/${file}`)])),
        preserveEntrySignatures,
        platform,
        output: { format, minify, entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', codeSplitting },
        // Which of them are loaded late is another matter in each bundle.
        checks: { ineffectiveDynamicImport: false, pluginTimings: false },
      },
    },
  })
  writeFileSync(join(folder, 'LICENSES.txt'), packages.map(licenseOf).join('\n'))
  if (format === 'cjs') writeBesideCommonJs(folder, files)
}

/** What tells Node and TypeScript that these are no modules; the types are those of the modules. */
function writeBesideCommonJs(folder, files) {
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n')
  for (const file of files.filter((one) => entries.includes(one))) {
    const name = file.replace('.ts', '')
    writeFileSync(join(folder, `${name}.d.ts`), `export * from '../types/${name}.js'\n`)
  }
}

function absolute(files) {
  return Object.fromEntries(Object.entries(files).map(([name, file]) => [name, path(file)]))
}

function licenseOf(name) {
  const files = ['LICENSE', 'LICENSE.md'].map((file) => path(`node_modules/${name}/${file}`))
  return `${name}\n\n${readFileSync(files.find(existsSync), 'utf8')}`
}
