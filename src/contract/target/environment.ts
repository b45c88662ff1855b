import type { Issue } from '../../core/errors.ts'
import { isJsonObject } from '../../core/json.ts'
import { nearestWord } from '../../core/nearest.ts'
import type { ParsedSource } from '../../scenario/source.ts'

/** Variables of the environment. */
export type Environment = { readonly [name: string]: string | undefined }

/** A text with variables of the environment put in. */
export interface Filled {
  readonly source: ParsedSource
  readonly data: unknown
  /** What was put in, but for names and addresses, which reports have to tell. */
  readonly secrets: string[]
  /** Variables that there are not. */
  readonly issues: Issue[]
  /** A text as the file would say it: with the names of what was put in. */
  readonly unfilled: (text: string) => string
}

// Braces have a meaning in YAML, and only after parsing is it known what is a text. These are as long, so that places
// in the file stay what they are.
const [open, close] = ['\uE000', '\uE001']

/** Parses a text, and puts a variable of the environment where a value says `${NAME}`. */
export function fromEnvironment(text: string, env: Environment, parse: (text: string) => ParsedSource): Filled {
  const source = parse(text.replaceAll(/\$\{(\w+)\}/g, `$${open}$1${close}`))
  const secrets: string[] = []
  const issues: Issue[] = []
  const taken = new Map<string, string>()
  const fill = (value: unknown, path: Issue['path']): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => fill(item, [...path, index]))
    if (isJsonObject(value))
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fill(member, [...path, name])]))
    if (typeof value !== 'string') return value
    return value.replaceAll(new RegExp(`\\$${open}(\\w+)${close}`, 'g'), (_, name: string) => {
      const found = env[name]
      if (found === undefined || found === '') {
        issues.push(missing(path, name, env))
        return ''
      }
      taken.set(found, name)
      if (!isTold(path)) secrets.push(found)
      return found
    })
  }
  const data = fill(source.data, [])
  const unfilled = (said: string): string =>
    [...taken].reduce((left, [value, name]) => left.replaceAll(value, `\${${name}}`), said)
  return { source, data, secrets, issues, unfilled }
}

/** A report that does not tell which server and whose account it is of tells nothing. */
function isTold(path: Issue['path']): boolean {
  return ['api', 'baseUrl', 'url', 'username'].includes(String(path.at(-1)))
}

/** CI has empty variables where it gives none away, such as to forks. */
function missing(path: Issue['path'], name: string, env: Environment): Issue {
  if (env[name] === '') return { path, message: `The variable ${name} of the environment is empty.` }
  const nearest = nearestWord(name, Object.keys(env))
  return { path, message: `The environment has no ${name}.`, ...(nearest === undefined ? {} : { nearest }) }
}
