import type { JsonObject } from '../../core/json.ts'

/** What was done in a world since it began, so that it can be done again. */
export interface WorldScript {
  readonly world: string
  /** What it begins with: the name of a shipped scenario, or a scenario or snapshot as it is played. */
  readonly scenario: string | JsonObject
  readonly scenarioName: string
  readonly steps: readonly ScriptStep[]
  /** What those who run it have to know, in sentences. */
  readonly remarks: readonly string[]
  /** What texts of steps refer to, by its number. */
  readonly values: readonly Value[]
}

export type ScriptStep = WaitStep | ForceStep | AskStep | RemarkStep

/** Lets time pass. */
interface WaitStep {
  readonly do: 'wait'
  readonly ms: number
}

/** Something of what cannot be repeated, or need not be. */
interface RemarkStep {
  readonly do: 'remark'
  readonly text: string
}

/** Changes something from outside. */
export interface ForceStep {
  readonly do: 'force'
  readonly id: string
  /** Method and path of the control API. */
  readonly route: string
  readonly params: { readonly [name: string]: string }
  readonly query: JsonObject
  readonly body: JsonObject
  readonly what: string
}

/** Asks what was asked. Texts may refer to values. */
export interface AskStep {
  readonly do: 'ask'
  readonly id: string
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string | Uint8Array | undefined
  /** Undefined where the connection broke. */
  readonly answer: { readonly status: number; readonly clause: string } | undefined
  readonly what: string
}

/** A value that is not known before the script runs. */
export type Value =
  | { readonly kind: 'cookie'; readonly of: string; readonly name: string }
  | { readonly kind: 'member'; readonly of: string; readonly path: readonly string[] }
  | { readonly kind: 'code'; readonly api: string; readonly username: string }

// Letters that no text of a request has.
const [opening, closing] = ['\u0001', '\u0002']
const reference = new RegExp(`${opening}(\\d+)${closing}`)

/** Stands in a text for a value. */
export function refer(index: number): string {
  return `${opening}${index}${closing}`
}

/** Whether a text could be taken for one that refers to a value. */
export function isUnfit(text: string): boolean {
  return text.includes(opening) || text.includes(closing)
}

/** The parts of a text: what it says, and the numbers of values. */
export function piecesOf(text: string): readonly (string | number)[] {
  return text
    .split(reference)
    .map((part, index) => (index % 2 === 1 ? Number(part) : part))
    .filter((part) => part !== '')
}

/** The same with what it says put otherwise. */
export function mapWords(text: string, map: (words: string) => string): string {
  return piecesOf(text)
    .map((part) => (typeof part === 'number' ? refer(part) : map(part)))
    .join('')
}
