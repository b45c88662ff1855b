import { inAddressRange, isAddressRange } from '../../src/core/address-range.ts'
import { cookiePairs, requestCookie } from '../../src/core/cookie.ts'
import { formatDuration, parseDuration } from '../../src/core/duration.ts'
import { fromIso, toIso } from '../../src/core/instant.ts'
import { nearestWord } from '../../src/core/nearest.ts'
import type { Parser } from './parser.ts'

/** The small spellings: durations, instants, addresses, cookies; what was read is written and read again. */
export const spellings: Parser = {
  name: 'durations, instants, addresses',
  corpus: [
    '30m',
    '1h30m',
    '-90s',
    '250ms',
    '1.5h',
    '2026-01-15T09:00:00Z',
    '2026-01-15 09:00',
    '2026-01-15T09:00:00.123+05:30',
    '0000-02-29',
    '10.0.0.0/8',
    '2001:db8::/32',
    '::ffff:127.0.0.1',
    '127.0.0.1',
    'a=b; c="d"; Path=/',
    'secure-login.auth',
  ],
  words: ['w', 'd', 'h', 'm', 's', 'ms', 'T', 'Z', '+00:00', '::', '/32', '.', ':', '=', ';', '"'],
  open: async () => (input) => {
    const duration = parseDuration(input)
    if (duration !== undefined && parseDuration(formatDuration(duration)) !== duration)
      throw new Error(`${duration} ms is ${formatDuration(duration)}`)
    const instant = fromIso(input)
    if (instant !== undefined) {
      const second = Math.floor(instant / 1000) * 1000
      const shown = toIso(instant)
      if (/^\d{4}-/.test(shown) && fromIso(shown) !== second) throw new Error(`${instant} is ${shown}`)
    }
    const isRange = isAddressRange(input)
    const isIn = inAddressRange('127.0.0.1', input) || inAddressRange(input, '127.0.0.0/8')
    const cookie = requestCookie(['Cookie', input], 'a')
    const pairs = cookiePairs(input).length
    const nearest = nearestWord(input.slice(0, 200), [
      'secure-login.auth',
      'secure-login.user',
      'sirportly.authenticate',
    ])
    const told = [duration, instant, cookie, nearest].map((value) => (value === undefined ? '-' : '+')).join('')
    return `${told} ${isRange} ${isIn} ${Math.min(pairs, 9)}`
  },
}
