import { fromIso, toIso } from './instant.ts'

/**
 * A time to come as people write it, as a moment is written: `10s` or `2 m` is in so long, `09:05` the next time that a clock
 * shows this in GMT. Whatever else is left as it is, for whoever checks it. `now` is an instant of that clock.
 */
export function comingMoment(written: string, now: string): string {
  const when = written.trim()
  if (/^\d{1,2}:\d{2}(:\d{2})?$/.test(when)) {
    const [hour = '', ...rest] = when.split(':')
    const at = fromIso(`${now.slice(0, 10)}T${[hour.padStart(2, '0'), ...rest].join(':')}Z`)
    if (at === undefined) return when
    return toIso(at < (fromIso(now) ?? at) ? at + 86_400_000 : at)
  }
  return /^\d+(\.\d+)? *[a-z]/.test(when) ? `+${when.replaceAll(' ', '')}` : when
}
