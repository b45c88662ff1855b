import type { Step } from './step.ts'

/** What can be found by method and path. */
export interface Routable {
  /** Upper case; empty for any method. */
  readonly methods: readonly string[]
  /** Below the owner's mount; `{name}` stands for one path segment. The first is the documented one. */
  readonly paths: readonly string[]
}

/** One thing an API does: its id, the requests it answers, and the step that decides them. */
export interface Operation<Settings> extends Routable {
  readonly id: string
  readonly summary: string
  readonly step: Step<Settings>
  /** Whether there is such an operation under these settings; there always is if left out. */
  isThere?(settings: Settings): boolean
}

/** Something that owns targets below a path. */
export interface Mounted<Owner, Target extends Routable> {
  readonly owner: Owner
  /** Prefix of every path, without a trailing slash; may be empty. */
  readonly mount: string
  readonly targets: readonly Target[]
}

/** The target a request is for, or why there is none. */
export type Route<Owner, Target extends Routable> =
  | {
      readonly kind: 'found'
      readonly owner: Owner
      readonly target: Target
      readonly params: { readonly [name: string]: string }
    }
  | { readonly kind: 'wrong-method'; readonly owner: Owner; readonly allow: readonly string[] }
  | { readonly kind: 'unknown' }

interface Place<Owner, Target extends Routable> {
  readonly owner: Owner
  readonly targets: Target[]
}

const noParams = Object.freeze({})
const unknown = Object.freeze({ kind: 'unknown' as const })

/** Finds targets by method and path: whole paths by one look-up, paths with placeholders after them. */
export class Router<Owner, Target extends Routable> {
  readonly #fixed = new Map<string, Place<Owner, Target>>()
  readonly #patterns: { path: string; pattern: RegExp; names: readonly string[]; place: Place<Owner, Target> }[] = []

  constructor(mounted: Iterable<Mounted<Owner, Target>>) {
    for (const { owner, mount, targets } of mounted) {
      for (const target of targets) {
        for (const path of target.paths) this.#place(owner, mount + path).targets.push(target)
      }
    }
  }

  find(method: string, path: string): Route<Owner, Target> {
    const fixed = this.#fixed.get(path)
    if (fixed !== undefined) return choose(fixed, method, noParams)
    for (const { pattern, names, place } of this.#patterns) {
      const match = pattern.exec(path)
      if (match !== null) return choose(place, method, paramsOf(names, match))
    }
    return unknown
  }

  #place(owner: Owner, path: string): Place<Owner, Target> {
    const known = this.#fixed.get(path) ?? this.#patterns.find((each) => each.path === path)?.place
    if (known !== undefined) return known
    const place: Place<Owner, Target> = { owner, targets: [] }
    // A request may spell a placeholder out, which is a value like any other.
    if (path.includes('{')) this.#patterns.push({ path, ...toPattern(path), place })
    else this.#fixed.set(path, place)
    return place
  }
}

function choose<Owner, Target extends Routable>(
  place: Place<Owner, Target>,
  method: string,
  params: { readonly [name: string]: string },
): Route<Owner, Target> {
  const { owner, targets } = place
  for (const target of targets) {
    if (target.methods.length === 0 || target.methods.includes(method)) return { kind: 'found', owner, target, params }
  }
  return { kind: 'wrong-method', owner, allow: targets.flatMap((target) => target.methods) }
}

/** By place, as groups that have names are not known to every engine of a phone. */
function toPattern(path: string): { readonly pattern: RegExp; readonly names: readonly string[] } {
  const parts = path.split(/\{(\w+)\}/)
  const source = parts.map((part, index) => (index % 2 === 1 ? '([^/]+)' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
  return { pattern: new RegExp(`^${source.join('')}$`), names: parts.filter((_, index) => index % 2 === 1) }
}

function paramsOf(names: readonly string[], match: RegExpExecArray): { readonly [name: string]: string } {
  const params: { [name: string]: string } = {}
  names.forEach((name, index) => (params[name] = match[index + 1] ?? ''))
  return params
}
