import { open } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { didYouMean, UnderstudyError, type Issue } from '../core/errors.ts'
import { isJsonObject } from '../core/json.ts'
import { nearestWord } from '../core/nearest.ts'
import { quoted } from '../core/quoted.ts'
import { codeOf } from '../core/thrown.ts'
import { inFileOrder, parseSource, type ParsedSource } from '../scenario/source.ts'
import { loadCode } from './code-file.ts'
import { configKeys, type ConfigKind } from './config-keys.ts'
import { keyOf, notForConfigs } from './config-key.ts'
import type { FoundConfig } from './find-config.ts'

/** What a config says of one option: one text, several, or whether a flag is set. */
export type ConfigValue = string | readonly string[] | boolean

/** A config that was read and checked. */
export interface Config {
  /** Its path, as messages tell it. */
  readonly file: string
  readonly values: ReadonlyMap<string, ConfigValue>
  /** The error for a value that an option does not take. */
  readonly refuse: (key: string, message: string) => UnderstudyError
}

type Source = Pick<ParsedSource, 'data' | 'locate'>

/**
 * Reads a config. One that is no data is code, and runs: so is only read what belongs to this user, or to root, and what
 * nobody else can change. Throws ERR_USAGE with file, line and column of all that is wrong.
 */
export async function readConfig(cwd: string, { cwd: place, name }: FoundConfig): Promise<Config> {
  const path = join(place, name)
  const file = relative(cwd, path)
  const text = await readOwn(path, file)
  const source = name.endsWith('.yaml') ? parseSource(text, file, 'ERR_USAGE') : await runSource(path, file, text)
  const refuse = (issues: readonly Issue[]): UnderstudyError =>
    inFileOrder('ERR_USAGE', `${file} cannot be used.`, source, issues)
  const data = source.data ?? {}
  if (!isJsonObject(data)) throw refuse([{ path: [], message: `It is a map of options, not ${quoted(data)}.` }])
  const given = Object.entries(data).filter(([, value]) => value !== null && value !== undefined)
  const issues = given.flatMap(([key, value]) => issueOf(key, value) ?? [])
  if (issues.length > 0) throw refuse(issues)
  return {
    file,
    values: new Map(given.map(([key, value]) => [key, readValue(cwd, place, configKeys[key], value)])),
    refuse: (key, message) => refuse([{ path: [key], message }]),
  }
}

/** Asks of the very file that is read who owns it; Windows knows neither owners by number nor modes. */
async function readOwn(path: string, file: string): Promise<string> {
  const opened = await open(path).catch((error: unknown) => {
    throw new UnderstudyError('ERR_USAGE', `${file} cannot be read: ${codeOf(error) ?? String(error)}.`)
  })
  try {
    const stat = await opened.stat()
    const mine = process.getuid?.()
    const isOwn = mine === undefined || stat.uid === mine || stat.uid === 0
    const isClosed = mine === undefined || (stat.mode & 0o002) === 0
    if (!isOwn) throw distrust(file, `it belongs to another user (${stat.uid})`, 'Copy it, or run this as that user.')
    if (!isClosed) throw distrust(file, 'everybody may change it', `chmod o-w ${file}`)
    if (!stat.isFile()) throw new UnderstudyError('ERR_USAGE', `${file} is no file.`)
    return await opened.readFile('utf8')
  } finally {
    await opened.close()
  }
}

function distrust(file: string, why: string, how: string): UnderstudyError {
  return new UnderstudyError('ERR_USAGE', `${file} is not used, because ${why}: ${how}`)
}

/** What a module exports as its default, and where its text speaks of a key. */
async function runSource(path: string, file: string, text: string): Promise<Source> {
  const module = await loadCode(path, file, 'ERR_USAGE')
  const data = module['default']
  if (data === undefined) {
    const message = `${file} has no default export. Write \`export default defineConfig({ … })\`, from auth-understudy/config.`
    throw new UnderstudyError('ERR_USAGE', message)
  }
  return { data, locate: ({ path: [key = ''] }) => ({ depth: 0, place: { file, ...placeOf(String(key), text) } }) }
}

function placeOf(key: string, text: string): { readonly line: number; readonly column: number } {
  const name = key.replaceAll(/[^\w-]/g, '.')
  const found = new RegExp(`(?<![\\w.$-])['"]?${name}['"]?\\s*[:,}]`).exec(text)
  const before = text.slice(0, key === '' ? 0 : (found?.index ?? 0)).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

function issueOf(key: string, value: unknown): Issue | undefined {
  const issue = (message: string): Issue => ({ path: [key], message, onKey: true })
  if (!Object.hasOwn(configKeys, key)) return issue(unknownKey(key))
  const wrong = wrongValue(configKeys[key], value)
  return wrong === undefined ? undefined : { ...issue(`${wrong}, not ${quoted(value)}.`), onKey: false }
}

function unknownKey(key: string): string {
  const [, instead] = [...notForConfigs].find(([long]) => keyOf({ long }) === key) ?? []
  return instead ?? `No command has such an option.${didYouMean(nearestWord(key, Object.keys(configKeys)))}`
}

function wrongValue(kind: ConfigKind | undefined, value: unknown): string | undefined {
  if (kind === 'flag') return typeof value === 'boolean' ? undefined : 'It takes true or false'
  if (typeof value === 'string') return undefined
  if (kind === 'file' || kind === 'id or file') return 'It takes a path'
  if (kind === 'text') return Number.isFinite(value) ? undefined : 'It takes a text or a number'
  const isList = Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string')
  return isList ? undefined : 'It takes a text, or a list of texts'
}

/** Paths count from where the config is, as it may be read in any directory below. */
function readValue(cwd: string, place: string, kind: ConfigKind | undefined, value: unknown): ConfigValue {
  if (typeof value === 'boolean') return value
  const read = (text: string): string =>
    isPath(kind, text) && cwd !== place && !isAbsolute(text) ? relative(cwd, resolve(place, text)) : text
  return Array.isArray(value) ? value.map((each: string) => read(each)) : read(String(value))
}

function isPath(kind: ConfigKind | undefined, text: string): boolean {
  if (kind === 'file' || kind === 'files') return true
  return (kind === 'id or file' || kind === 'ids or files') && /[/\\]|\.\w+$/.test(text)
}
