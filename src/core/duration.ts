type Part = `${number}${keyof typeof unitMs}`

/** A duration as it is spelt: `30m`, `1h30m`. */
export type DurationText = Part | `${Part}${Part}` | `${Part}${Part}${Part}`

/** A duration as a program writes it, so that a misspelt one does not compile. What is only known to be a text may be one. */
export type DurationAsWritten<By extends string | number> = string extends By
  ? By
  : By extends DurationText | number
    ? By
    : DurationText

const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

/** Ten thousand years: as far as instants can be told, and sums of such still are exact. */
const longestMs = 315_576_000_000_000

const partPattern = /(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)/gy

/**
 * Milliseconds of a spelling such as `30m`, `1h30m`, `90s` or `250ms`; undefined when it is none, or longer than ten
 * thousand years. A sign is allowed.
 */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim()
  const sign = trimmed.startsWith('-') ? -1 : 1
  const body = trimmed.replace(/^[+-]\s*/, '')
  let total = 0
  partPattern.lastIndex = 0
  let end = 0
  for (let part = partPattern.exec(body); part !== null; part = partPattern.exec(body)) {
    total += Number(part[1]) * unitMs[part[2] as keyof typeof unitMs]
    end = partPattern.lastIndex
  }
  if (end === 0 || end !== body.length || total > longestMs) return undefined
  return sign * Math.round(total)
}

/** The shortest exact spelling of a duration: `1h30m`, `250ms`, `0s`. */
export function formatDuration(ms: number): string {
  if (ms === 0) return '0s'
  let rest = Math.abs(ms)
  let text = ms < 0 ? '-' : ''
  for (const unit of ['d', 'h', 'm', 's', 'ms'] as const) {
    const count = Math.floor(rest / unitMs[unit])
    if (count > 0) text += `${count}${unit}`
    rest -= count * unitMs[unit]
  }
  return text
}
