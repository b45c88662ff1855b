import type { ReadonlySignal } from '@preact/signals'
import type { JSX } from 'preact'
import { Icon } from './icon.tsx'
import { countdown } from './time-left.ts'

/** What is left until an instant, second by second. */
export function Countdown({
  until,
  now,
  what = 'until',
}: {
  readonly until: string
  readonly now: ReadonlySignal<number>
  readonly what?: string
}): JSX.Element {
  return (
    <time class="countdown" dateTime={until} title={`${what} ${until}`}>
      <Icon name="hourglass" />
      {countdown(Date.parse(until) - now.value)}
    </time>
  )
}
