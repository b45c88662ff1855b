// @ts-check
import { readFileSync, realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/**
 * Starts a server from the command line, where its file is the one that Node was asked to run. Every option is a flag
 * (`blockAfter` is `--block-after`); `--options file.json` reads the rest, users included.
 *
 * @template {object} Options
 * @param {string} moduleUrl
 * @param {(options: Partial<Options>) => Promise<import('./listen.js').Provider>} start
 * @param {Options} defaults
 */
export async function runAsCommand(moduleUrl, start, defaults) {
  if (process.argv[1] === undefined || realpathSync(process.argv[1]) !== fileURLToPath(moduleUrl)) return
  try {
    const given = readFlags(process.argv.slice(2), defaults)
    if (given === undefined) {
      const flags = Object.entries(defaults).map(([name, value]) => `  --${flagOf(name)} (${JSON.stringify(value)})`)
      process.stdout.write(`The options and their defaults:\n${flags.join('\n')}\n  --options <file.json>\n`)
      return
    }
    const server = await start(given)
    process.stdout.write(`${server.url}\n`)
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => void server.close())
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 2
  }
}

/**
 * @template {object} Options
 * @param {string[]} args
 * @param {Options} defaults
 * @returns {Partial<Options> | undefined} nothing where help was asked for
 */
function readFlags(args, defaults) {
  const flags = ['options', ...Object.keys(defaults)].map((name) => [flagOf(name), { type: 'string' }])
  /** @type {import('node:util').ParseArgsConfig['options']} */
  const options = { help: { type: 'boolean' }, ...Object.fromEntries(flags) }
  /** @type {{ values: { [flag: string]: unknown } }} */
  const { values } = parseArgs({ args, options })
  if (values['help'] === true) return undefined
  const file = values['options']
  /** @type {{ [name: string]: unknown }} */
  const given = typeof file === 'string' ? JSON.parse(readFileSync(file, 'utf8')) : {}
  for (const [name, fallback] of Object.entries(defaults)) {
    const text = values[flagOf(name)]
    if (typeof text === 'string') given[name] = typeof fallback === 'string' ? text : readJson(name, text)
  }
  return /** @type {Partial<Options>} */ (given)
}

/**
 * @param {string} name
 * @param {string} text
 */
function readJson(name, text) {
  try {
    return JSON.parse(text)
  } catch {
    throw new TypeError(`--${flagOf(name)}: ${text} is no JSON; write true, 3 or '["a", "b"]'`)
  }
}

/** @param {string} name */
function flagOf(name) {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
