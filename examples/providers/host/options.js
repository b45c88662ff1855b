// @ts-check

/** Where every server listens and what it keeps; each adds its own. */
export const hostOptions = { host: '127.0.0.1', port: 0, database: ':memory:' }

/**
 * The options of a server, complete; a wrong one is an error that says what would be right.
 *
 * @template {object} Options
 * @param {Partial<Options>} given
 * @param {Options} defaults
 * @param {{ readonly [name: string]: readonly string[] }} choices the words that an option may be
 * @returns {Options}
 */
export function completeOptions(given, defaults, choices) {
  for (const [name, value] of Object.entries(given)) {
    const fallback = /** @type {{ [name: string]: unknown }} */ (defaults)[name]
    if (!Object.hasOwn(defaults, name)) {
      throw new TypeError(`no option ${name}; there are: ${Object.keys(defaults).join(', ')}`)
    }
    const words = choices[name]
    if (words !== undefined && !words.includes(String(value))) {
      throw new TypeError(`${name}: ${JSON.stringify(value)} is not ${words.join(' or ')}`)
    }
    if (kindOf(value) !== kindOf(fallback)) {
      throw new TypeError(`${name}: ${JSON.stringify(value)} is no ${kindOf(fallback)}`)
    }
  }
  return { ...defaults, ...given }
}

/** @param {unknown} value */
function kindOf(value) {
  return Array.isArray(value) ? 'list' : typeof value
}
