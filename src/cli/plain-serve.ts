import { findConfig } from './find-config.ts'
import type { Io } from './io.ts'
import { serveDefaults, type ServeOptions } from './serve-options.ts'

/** A command line of `serve` that was read. */
export interface PlainServe {
  readonly scenario: string
  readonly options: ServeOptions
}

/** Options with a value, of which the last one counts. */
const texts: { readonly [flag: string]: keyof ServeOptions } = {
  '-p': 'port',
  '--port': 'port',
  '--host': 'host',
  '--seed': 'seed',
  '--context-path': 'contextPath',
  '--state': 'state',
}

const switches: { readonly [flag: string]: keyof ServeOptions } = {
  '-w': 'watch',
  '--watch': 'watch',
  '-v': 'verbose',
  '--verbose': 'verbose',
  '--json': 'json',
}

/**
 * Reads `understudy` and `understudy serve` where they are written plainly: neither environment nor a config has a say, and
 * all words are spelt in full. A server that is started for each test run need not load a reader of command lines for that.
 * Undefined for what takes one, and for all that may be wrong. Throws ERR_USAGE for a config that cannot be.
 */
export function readPlainServe(argv: readonly string[], { cwd }: Pick<Io, 'cwd'>): PlainServe | undefined {
  const [command = 'serve', ...words] = argv
  if (command !== 'serve' || Object.keys(process.env).some(saysSomething)) return undefined
  const given: Record<string, string | true> = {}
  let scenario: string | undefined
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    if (Object.hasOwn(switches, word)) given[switches[word] as string] = true
    else if (Object.hasOwn(texts, word)) {
      const value = words[++at]
      if (value === undefined || value.startsWith('-')) return undefined
      given[texts[word] as string] = value
    } else if (word === '' || word.startsWith('-') || scenario !== undefined) return undefined
    else scenario = word
  }
  if (findConfig(cwd) !== undefined) return undefined
  const { scenario: usual, ...others } = serveDefaults
  return { scenario: scenario ?? usual, options: { ...others, ...given } }
}

/** Whether a variable may be an option, however it is spelt; that which has requests traced, and those of tests, are none. */
function saysSomething(name: string): boolean {
  return /^understudy_(?!trace$|test_)/i.test(name)
}
