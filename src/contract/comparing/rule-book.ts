import { byName, isJsonObject, type Json, type JsonObject } from '../../core/json.ts'
import { kindOf } from './match-rule.ts'
import { parsePlace } from './place.ts'

/** What a value is matched by, as a pact says it: one matcher, or several. */
export interface Rule {
  readonly combine: string
  readonly matchers: readonly JsonObject[]
}

/** A part of a message that rules are for. */
export type RulePart = 'body' | 'header' | 'query' | 'path' | 'status'

interface Placed {
  readonly part: RulePart
  readonly path: readonly string[]
  readonly rule: Rule
}

const parts: { readonly [name: string]: RulePart } = {
  body: 'body',
  header: 'header',
  headers: 'header',
  query: 'query',
  path: 'path',
  status: 'status',
}

/**
 * The matching rules of a request or a response, of any version: those of version 2 stand in one object by path from the
 * message (`$.body.x`), those of 3 and 4 in one for each part. What is spelled in no known way is kept as it is written.
 */
export class RuleBook {
  readonly #rules: readonly Placed[]
  /** What could not be read, by its name in the pact. */
  readonly unread: JsonObject

  constructor(written: Json | undefined) {
    const rules: Placed[] = []
    const unread: Record<string, Json> = {}
    const all = isJsonObject(written) ? written : written === undefined || written === null ? {} : { '': written }
    for (const [name, value = null] of Object.entries(all)) {
      const found = name.startsWith('$') ? ofVersion2(name, value) : ofPart(name, value)
      if (found === undefined) unread[name] = value
      else rules.push(...found)
    }
    this.#rules = rules
    this.unread = unread
  }

  /** What holds at a place: its own rule, or in a body the one that it inherits; undefined for equality. */
  at(part: RulePart, path: readonly string[]): Rule | undefined {
    const fitting = this.#rules.filter((rule) => rule.part === part && isPrefix(rule.path, path))
    const best = fitting.reduce<Placed | undefined>(
      (one, other) => (one === undefined || weight(other.path) > weight(one.path) ? other : one),
      undefined,
    )
    if (best === undefined) return undefined
    if (best.path.length === path.length) return best.rule
    // What a value looks like is not handed down; which type it has, and that it is the same, is.
    const matchers = best.rule.matchers.flatMap(({ match }) =>
      match === 'type' || match === 'equality' ? [{ match }] : [],
    )
    return matchers.length === 0 ? undefined : { combine: 'AND', matchers }
  }

  /** Rules for places that there are not in an example: they hold for answers all the same. */
  apart(part: RulePart, example: Json | undefined): readonly (readonly [place: string, rule: Rule])[] {
    return this.#rules
      .filter((rule) => rule.part === part && !isReached(rule.path, example))
      .map(({ path, rule }) => [path.join('.'), rule])
  }
}

function ofVersion2(name: string, value: Json): Placed[] | undefined {
  const [first, ...path] = parsePlace(name) ?? []
  const part = first === undefined || !Object.hasOwn(parts, first) ? undefined : parts[first]
  if (part === undefined || !isJsonObject(value)) return undefined
  const { match, regex, min, max } = value
  const kind = match ?? (regex !== undefined ? 'regex' : min !== undefined || max !== undefined ? 'type' : undefined)
  if (typeof kind !== 'string') return undefined
  return [{ part, path: pathIn(part, path), rule: toRule('AND', [{ ...value, match: kind }]) }]
}

function ofPart(name: string, value: Json): Placed[] | undefined {
  const part = Object.hasOwn(parts, name) ? parts[name] : undefined
  if (part === undefined || !isJsonObject(value)) return undefined
  const own = readRule(value)
  if (own !== undefined) return [{ part, path: [], rule: own }]
  const all = Object.entries(value).map(([place, written]): Placed | undefined => {
    const path = place.startsWith('$') || place === '' ? parsePlace(place) : [place]
    const rule = readRule(written)
    return path === undefined || rule === undefined ? undefined : { part, path: pathIn(part, path), rule }
  })
  return all.includes(undefined) ? undefined : (all as Placed[])
}

/** Names of headers have no case, and an index behind a name is for one of several values. */
function pathIn(part: RulePart, path: readonly string[]): readonly string[] {
  const [name] = path
  if (part === 'header') return name === undefined ? [] : [name.replace(/\[[\d*]+\]$/, '').toLowerCase()]
  if (part === 'query') return name === undefined ? [] : [name.replace(/\[[\d*]+\]$/, '')]
  return path
}

function readRule(written: Json | undefined): Rule | undefined {
  if (!isJsonObject(written) || !Array.isArray(written['matchers'])) return undefined
  const matchers: readonly unknown[] = written['matchers']
  if (!matchers.every(isJsonObject)) return undefined
  return toRule(written['combine'] ?? 'AND', matchers)
}

/** In an order of its own, as the one in a file means nothing. */
function toRule(combine: Json, matchers: readonly JsonObject[]): Rule {
  const keyOf = (matcher: JsonObject): string => JSON.stringify(byName(matcher))
  const all = matchers.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
  return { combine: all.length < 2 ? 'AND' : String(combine), matchers: all }
}

function isPrefix(rule: readonly string[], path: readonly string[]): boolean {
  return rule.length <= path.length && rule.every((step, index) => step === '*' || step === path[index])
}

/** The longer path wins, and of two that are alike the one with fewer stars. */
function weight(path: readonly string[]): number {
  return path.length * 1000 - path.filter((step) => step === '*').length
}

function isReached([step, ...rest]: readonly string[], example: Json | undefined): boolean {
  if (example === undefined) return false
  if (step === undefined) return true
  if (kindOf(example) !== 'list' && !isJsonObject(example)) return false
  // Items of a list are its members as well, by their places.
  const members = Object.entries<Json | undefined>(isJsonObject(example) ? example : [example].flat())
  return members.some(([name, value]) => (step === '*' || step === name) && isReached(rest, value))
}
