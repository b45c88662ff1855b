import { fromIso } from './instant.ts'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * Reads the `Expires` of a cookie as browsers do (RFC 6265, 5.1.1): the parts in any order, whatever stands between
 * them, in GMT. Milliseconds since 1970; undefined when it is no date.
 */
export function fromCookieDate(text: string): number | undefined {
  let [time, day, month, year]: (string | undefined)[] = []
  for (const token of text.split(/[\t\x20-\x2f;-@[-`{-~]+/)) {
    const clock: RegExpExecArray | null = time === undefined ? /^(\d{1,2}):(\d{1,2}):(\d{1,2})(?!\d)/.exec(token) : null
    if (clock !== null) time = clock.slice(1).map(pad).join(':')
    else if (day === undefined && /^\d{1,2}(?!\d)/.test(token)) day = pad(digitsOf(token))
    else if (month === undefined && months.includes(token.slice(0, 3).toLowerCase()))
      month = pad(String(months.indexOf(token.slice(0, 3).toLowerCase()) + 1))
    else if (year === undefined && /^\d{2,4}(?!\d)/.test(token)) year = fullYear(Number(digitsOf(token)))
  }
  if (time === undefined || day === undefined || month === undefined || year === undefined) return undefined
  return Number(year) < 1601 ? undefined : fromIso(`${year}-${month}-${day}T${time}Z`)
}

function fullYear(year: number): string {
  const full = year < 70 ? year + 2000 : year < 100 ? year + 1900 : year
  return String(full).padStart(4, '0')
}

function digitsOf(token: string): string {
  return /^\d+/.exec(token)?.[0] ?? ''
}

function pad(digits: string): string {
  return digits.padStart(2, '0')
}
