// @ts-check
const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/**
 * A duration in milliseconds, from a number of them or from text such as `30m`.
 *
 * @param {unknown} value
 * @returns {number}
 */
export function durationOf(value) {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(String(value)) ?? []
  if (amount === undefined)
    throw new TypeError(`${JSON.stringify(value)} is no duration; write 30m, 90s or milliseconds`)
  return Number(amount) * units[/** @type {keyof typeof units} */ (unit)]
}

/**
 * An instant in milliseconds, from ISO 8601.
 *
 * @param {unknown} value
 * @returns {number}
 */
export function instantOf(value) {
  const instant = Date.parse(String(value))
  if (Number.isNaN(instant)) throw new TypeError(`${JSON.stringify(value)} is no instant; write 2026-01-15T09:00:00Z`)
  return instant
}
