/**
 * The steps of a path such as `$.user.groups[*]['name']`, with `*` for any; the root has none. Undefined for what is more
 * than a path to a place.
 */
export function parsePlace(path: string): readonly string[] | undefined {
  const rest = path.replace(/^\$/, '')
  const step = /\.([^.[\]]+)|\[\s*'((?:[^'\\]|\\.)*)'\s*\]|\[\s*"((?:[^"\\]|\\.)*)"\s*\]|\[\s*(\d+|\*)\s*\]/y
  const steps: string[] = []
  while (step.lastIndex < rest.length) {
    const found = step.exec(rest)
    if (found === null) return undefined
    const [, name, single, double, index] = found
    steps.push(name ?? (single ?? double)?.replaceAll(/\\(.)/g, '$1') ?? index ?? '')
  }
  return steps
}

/** A place in a body, as it is told: `body.groups[0].name`. */
export function tellPlace(path: readonly string[]): string {
  const steps = path.map((step) => {
    if (/^(\d+|\*)$/.test(step)) return `[${step}]`
    return /^[\w-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`
  })
  return `body${steps.join('')}`
}
