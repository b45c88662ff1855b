const dayMs = 86_400_000

/** What ISO-8601 can tell with four digits for the year: 0 to 9999. */
export const earliestInstant = -62_167_219_200_000
export const latestInstant = 253_402_300_799_999

/** Whether a number is an instant that can be told: a whole number of milliseconds in the years 0 to 9999. */
export function isInstant(ms: number): boolean {
  return Number.isSafeInteger(ms) && ms >= earliestInstant && ms <= latestInstant
}

/** The instant nearest to a number of milliseconds: what lies beyond the years 0 to 9999 comes at their end. */
export function nearestInstant(ms: number): number {
  return Math.min(Math.max(ms, earliestInstant), latestInstant)
}

/**
 * An instant (milliseconds since 1970-01-01T00:00:00Z) as ISO-8601 in GMT with second precision: `2026-01-15T09:00:00Z`.
 * Fractions are cut off, not rounded. What lies beyond the years 0 to 9999 is told as their end.
 *
 * Written out here because the engines may not touch `Date`: nothing left of the hosts can read a clock by accident.
 */
export function toIso(ms: number): string {
  const instant = Math.floor(nearestInstant(ms) / 1000) * 1000
  if (instant === latest.instant) return latest.text
  const days = Math.floor(instant / dayMs)
  const second = Math.floor((instant - days * dayMs) / 1000)
  const [year, month, day] = civilDate(days)
  const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${pad(Math.floor(second / 3600), 2)}:${pad(Math.floor(second / 60) % 60, 2)}:${pad(second % 60, 2)}Z`
  latest = { instant, text }
  return text
}

/** What was told last: whoever tells the time tells it many times a second. */
let latest = { instant: NaN, text: '' }

const weekdays = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** An instant as an HTTP `Date` header has it: `Thu, 15 Jan 2026 09:00:00 GMT` (RFC 9110). */
export function toHttpDate(ms: number): string {
  const instant = nearestInstant(ms)
  const days = Math.floor(instant / dayMs)
  const [year, month, day] = civilDate(days)
  const weekday = weekdays[((days % 7) + 7) % 7]
  return `${weekday}, ${pad(day, 2)} ${months[month - 1]} ${pad(year, 4)} ${toIso(instant).slice(11, 19)} GMT`
}

const isoPattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:([Zz])|([+-])(\d{2}):?(\d{2}))?)?$/

/** Reads an ISO-8601 date or date-time; without a zone it is GMT. Undefined when it is no such instant. */
export function fromIso(text: string): number | undefined {
  const match = isoPattern.exec(text.trim())
  if (match === null) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return undefined
  const days = daysFromCivil(year, month, day)
  const [, , sameDay] = civilDate(days)
  if (sameDay !== day) return undefined
  const fractionMs = Math.floor(Number(`0.${match[7] ?? '0'}`) * 1000)
  const [zoneHours, zoneMinutes] = [Number(match[10] ?? 0), Number(match[11] ?? 0)]
  if (zoneHours > 23 || zoneMinutes > 59) return undefined
  const offsetMs = (zoneHours * 60 + zoneMinutes) * 60_000 * (match[9] === '-' ? -1 : 1)
  const instant = days * dayMs + hour * 3_600_000 + minute * 60_000 + second * 1000 + fractionMs - offsetMs
  return isInstant(instant) ? instant : undefined
}

// The proleptic Gregorian calendar, counted in 400-year eras that start on 1 March so that leap days come last.
const eraDays = 146_097
const epochShift = 719_468

function civilDate(daysSinceEpoch: number): [year: number, month: number, day: number] {
  const shifted = daysSinceEpoch + epochShift
  const era = Math.floor(shifted / eraDays)
  const dayOfEra = shifted - era * eraDays
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day]
}

function daysFromCivil(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * eraDays + dayOfEra - epochShift
}

function pad(value: number, width: number): string {
  const text = String(value)
  return text.length >= width ? text : '0'.repeat(width - text.length) + text
}
