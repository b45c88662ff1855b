/**
 * As deep as data may be nested. What walks through it does so by calling itself, and there is an end to that: with
 * its stack full, Node cannot even compile a regular expression, and gives up the whole process.
 */
export const deepest = 200

const [quote, backslash] = [0x22, 0x5c]

/** Whether a text that may be JSON is nested deeper than that. */
export function isNestedDeeply(json: string): boolean {
  let depth = 0
  let inString = false
  for (let index = 0; index < json.length; index++) {
    const code = json.charCodeAt(index)
    if (code === quote) inString = !inString
    else if (inString) index += code === backslash ? 1 : 0
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > deepest) return true
    } else if (code === 0x5d || code === 0x7d) depth--
  }
  return false
}

/**
 * Whether a text that may be YAML is nested deeper than that. Told before it is parsed, so by its looks: brackets that
 * are open, and the steps by which lines are indented.
 */
export function isYamlNestedDeeply(yaml: string): boolean {
  let brackets = 0
  const steps: number[] = []
  for (const line of yaml.split('\n')) {
    const [start = ''] = /^[-?: ]*/.exec(line) ?? []
    const columns = [...start.matchAll(/[-?:](?= )/g)].map(({ index }) => index)
    for (const column of [...columns, start.length]) {
      while ((steps.at(-1) ?? -1) >= column) steps.pop()
      steps.push(column)
      if (steps.length > deepest) return true
    }
    for (const [bracket] of line.matchAll(/[[\]{}]/g)) {
      brackets += bracket === '[' || bracket === '{' ? 1 : -1
      if (brackets > deepest) return true
    }
  }
  return false
}
