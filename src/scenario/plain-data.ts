import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml'
import type { Issue } from '../core/errors.ts'
import { isJsonObject, type Json } from '../core/json.ts'
import { deepest } from '../core/nesting.ts'

/** Something that is wrong with a document, by its place in the text. */
export interface Mistake {
  readonly offset: number
  /** In words, given what tells the line of another place. */
  readonly message: (place: (offset: number) => NonNullable<Issue['place']>) => string
}

/** As many values as aliases may repeat: what is written in a few lines could else be more than any memory holds. */
const mostRepeated = 500_000

/** A node's data, how many values it is when all its aliases are written out, and how deep. */
interface Value {
  readonly data: Json
  readonly size: number
  readonly depth: number
}

/**
 * The contents of a YAML document as plain data, with what is wrong with it. An alias stands for the value of its
 * anchor, and `<<` for the members of a map, or of several, that are not written beside it.
 */
export function toPlainData(contents: Node | null): { readonly data: Json; readonly mistakes: readonly Mistake[] } {
  const reader = new Reader()
  return { data: reader.read(contents).data, mistakes: reader.mistakes }
}

const blank: Value = { data: null, size: 1, depth: 0 }

/** Reads nodes in the order in which they are written, as anchors count from where they stand. */
class Reader {
  readonly mistakes: Mistake[] = []
  /** By name; `open` while what they stand for is still being read. */
  readonly #anchors = new Map<string, Value | 'open'>()
  #repeated = 0

  read(node: unknown): Value {
    if (isAlias(node)) return this.#alias(node.source, startOf(node))
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return blank
    const { anchor } = node
    if (anchor !== undefined) this.#anchors.set(anchor, 'open')
    const value = this.#value(node)
    if (anchor !== undefined) this.#anchors.set(anchor, value)
    return value
  }

  #value(node: Node): Value {
    if (isMap(node)) return this.#map(node)
    if (isSeq(node)) return this.#bounded(node, around(node.items.map((item) => this.read(item))))
    const { value } = node as { readonly value: unknown }
    if (typeof value === 'number' && !Number.isFinite(value))
      this.#fail(node, 'This is no number that can be used here.')
    return { ...blank, data: value as Json }
  }

  #map(map: YAMLMap): Value {
    const lines = new Map<string, number>()
    const own: [name: string, value: Value][] = []
    const merged: Value[] = []
    for (const { key, value } of map.items as Pair<Node>[]) {
      const name = isScalar(key) ? String(key.value) : ''
      const offset = startOf(key)
      const first = lines.get(name)
      if (first === undefined) lines.set(name, offset)
      else this.#failAt(offset, (place) => `"${name}" is here twice; it is in line ${place(first).line} already.`)
      if (isMergeKey(key)) merged.push(this.#merged(value, offset))
      else own.push([name, this.read(value)])
    }
    const given = merged.flatMap(({ data }) => Object.entries(data as object) as [string, Json][])
    // As entries, because `__proto__` is a name like any other.
    const data: Json = Object.fromEntries([...given, ...own.map(([name, value]) => [name, value.data] as const)])
    return this.#bounded(map, { ...around([...own.map(([, value]) => value), ...merged]), data })
  }

  /** Aliases can nest more deeply than a text looks. */
  #bounded(node: Node, value: Value): Value {
    if (value.depth === deepest + 1)
      this.#fail(node, `With its aliases, this is nested more than ${deepest} levels deep.`)
    return value
  }

  /** What `<<` brings: of several maps, the first that has a member counts. */
  #merged(node: unknown, offset: number): Value {
    const value = this.read(node)
    const maps = Array.isArray(value.data) ? (value.data as readonly Json[]) : [value.data]
    if (maps.every(isJsonObject)) {
      const entries = maps.toReversed().flatMap((map) => Object.entries(map) as [string, Json][])
      return { ...value, data: Object.fromEntries(entries) }
    }
    this.#failAt(offset, () => '"<<" takes a map, or a list of maps, such as *name.')
    return { ...value, data: {} }
  }

  #alias(name: string, offset: number): Value {
    const value = this.#anchors.get(name)
    if (value === undefined || value === 'open') {
      const why =
        value === 'open' ? 'is part of what it stands for' : `stands for nothing: there is no &${name} before it`
      this.#failAt(offset, () => `The alias *${name} ${why}.`)
      return blank
    }
    this.#repeated += value.size
    if (this.#repeated > mostRepeated && this.#repeated - value.size <= mostRepeated) {
      this.#failAt(offset, () => `With this alias, aliases repeat more than ${mostRepeated} values.`)
    }
    return this.#repeated > mostRepeated ? blank : value
  }

  #fail(node: unknown, message: string): void {
    this.#failAt(startOf(node), () => message)
  }

  #failAt(offset: number, message: Mistake['message']): void {
    this.mistakes.push({ offset, message })
  }
}

function around(values: readonly Value[]): Omit<Value, 'data'> & { readonly data: readonly Json[] } {
  const inner = { data: values.map(({ data }) => data), size: 1, depth: 0 }
  for (const { size, depth } of values) {
    inner.size += size
    inner.depth = Math.max(inner.depth, depth + 1)
  }
  return inner
}

/** In quotes it is a name. */
function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN'
}

function startOf(node: unknown): number {
  return (node as Node).range?.[0] ?? 0
}
