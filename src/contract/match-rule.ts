import { isJsonObject, sameJson, type Json, type JsonObject } from '../core/json.ts'

/** The rules that the reference client's pacts have. */
export type Matcher =
  | { readonly match: 'regex'; readonly regex: string }
  | { readonly match: 'type'; readonly min?: number; readonly max?: number }
  | { readonly match: 'equality' | 'integer' }

/** The rules of a part of a response, with the place that each is for. */
export class MatchRules {
  readonly #rules: readonly { readonly path: readonly string[]; readonly matchers: readonly Matcher[] }[]

  constructor(rules: JsonObject) {
    this.#rules = Object.entries(rules).map(([path, rule]) => ({ path: parsePath(path), matchers: matchersOf(rule) }))
  }

  /** What holds at a place: the rules of the place itself, or those that it inherits; none for equality. */
  at(path: readonly string[]): readonly Matcher[] {
    const fitting = this.#rules.filter((rule) => isPrefix(rule.path, path))
    const best = fitting.reduce<(typeof fitting)[number] | undefined>(
      (one, other) => (one === undefined || weight(other.path) > weight(one.path) ? other : one),
      undefined,
    )
    if (best === undefined) return []
    // What a value looks like is not handed down; which type it has, and that it is the same, is.
    if (best.path.length === path.length) return best.matchers
    return best.matchers.filter(({ match }) => match === 'type' || match === 'equality').map(withoutLength)
  }
}

function withoutLength(matcher: Matcher): Matcher {
  return matcher.match === 'type' ? { match: 'type' } : matcher
}

function matchersOf(rule: Json | undefined): readonly Matcher[] {
  const matchers: unknown = isJsonObject(rule) ? rule['matchers'] : undefined
  return Array.isArray(matchers) ? (matchers as readonly Matcher[]) : []
}

/** `$.user.groups[*]['name']` as its steps; the root has none. */
function parsePath(path: string): readonly string[] {
  const steps = [...path.matchAll(/\.([^.[\]]+)|\[\s*'((?:[^'\\]|\\.)*)'\s*\]|\[\s*(\d+|\*)\s*\]/g)]
  if (!path.startsWith('$')) return [path]
  return steps.map(([, name, quoted, index]) => name ?? quoted?.replaceAll(/\\(.)/g, '$1') ?? index ?? '')
}

function isPrefix(rule: readonly string[], path: readonly string[]): boolean {
  return rule.length <= path.length && rule.every((step, index) => step === '*' || step === path[index])
}

/** The longer path wins, and of two that are alike the one with fewer stars. */
function weight(path: readonly string[]): number {
  return path.length * 1000 - path.filter((step) => step === '*').length
}

/** What a value had to be, where it is not. */
export function mismatch(matcher: Matcher, wanted: Json, got: Json): string | undefined {
  switch (matcher.match) {
    case 'regex':
      return new RegExp(`^(?:${matcher.regex})$`, 's').test(typeof got === 'string' ? got : JSON.stringify(got))
        ? undefined
        : `like ${matcher.regex}`
    case 'type':
      return typeMismatch(matcher, wanted, got)
    case 'integer':
      return Number.isInteger(got) ? undefined : 'a whole number'
    case 'equality':
      return sameJson(wanted, got) ? undefined : JSON.stringify(wanted)
  }
}

function typeMismatch(
  { min, max }: { readonly min?: number; readonly max?: number },
  wanted: Json,
  got: Json,
): string | undefined {
  if (kindOf(wanted) !== kindOf(got)) return `a ${kindOf(wanted)}`
  if (!Array.isArray(got)) return undefined
  if (min !== undefined && got.length < min) return `at least ${min} items`
  return max !== undefined && got.length > max ? `at most ${max} items` : undefined
}

/** The type of a value, as JSON has types. */
export function kindOf(value: Json): string {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value
}
