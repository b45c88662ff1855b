import type { Issue } from '../../core/errors.ts'
import { isJsonObject, type Json } from '../../core/json.ts'
import { nearestWord } from '../../core/nearest.ts'

/** Notes what is wrong with a file, and where. */
export type NoteIssue = (
  path: Issue['path'],
  message: string,
  more?: { readonly nearest?: string | undefined; readonly onKey?: boolean },
) => void

/** The names of values that a text may have in two braces, and where a name goes that means nothing. */
export interface Naming {
  readonly names: readonly string[]
  readonly note: NoteIssue
}

const named = /\{\{\s*([^{}]*?)\s*\}\}/g

/** A text whose names stand in one brace, as those of every journey do. */
export function namedText(text: string, path: Issue['path'], { names, note }: Naming): string {
  for (const [whole, name = ''] of text.matchAll(named)) {
    if (names.includes(name)) continue
    const known =
      names.length === 0 ? 'nobody asks, so there are none; say as: <role>' : `there are ${names.join(', ')}`
    note(path, `${whole} names no value; ${known}.`, { nearest: nearestWord(name, names) })
  }
  const single = /\{([A-Za-z]\w*)\}/.exec(text.replaceAll(named, ''))
  if (single !== null) note(path, `${single[0]} is no name of a value: those stand in two braces, {{${single[1]}}}.`)
  return text.replaceAll(named, '{$1}')
}

/** The same of every text in some data. */
export function namedJson(value: Json, path: Issue['path'], naming: Naming): Json {
  if (typeof value === 'string') return namedText(value, path, naming)
  if (Array.isArray(value)) return value.map((item: Json, index) => namedJson(item, [...path, index], naming))
  if (!isJsonObject(value)) return value
  for (const name of Object.keys(value).filter((each) => /\{[A-Za-z]\w*\}/.test(each)))
    naming.note([...path, name], `"${name}" is the name of a member, in which no value can stand.`, { onKey: true })
  const members = Object.entries(value).map(([name, member]) => [
    name,
    namedJson(member ?? null, [...path, name], naming),
  ])
  return Object.fromEntries(members)
}

/** A text encoded for a path or a form, but for its names, whose values are encoded where they are put in. */
export function encodeAround(text: string): string {
  return text
    .split(/(\{[A-Za-z]\w*\})/)
    .map((part, index) => (index % 2 === 1 ? part : encodeURIComponent(part)))
    .join('')
}

/** A text as it looks once all that it names is put in. */
export function filledIn(text: string): string {
  return text.replaceAll(/\{[A-Za-z]\w*\}/g, 'x')
}
