import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { Button, IconButton } from '../parts/button.tsx'
import { countdown } from '../parts/time-left.ts'
import { change } from '../model/actions.ts'
import { clock, now } from '../model/clock.ts'
import { schedule, server } from '../model/live.ts'

/** A line has room for no more. */
const shown = 4

/** What is scheduled, the next first, as a line below the clock. */
export function Coming(): JSX.Element | null {
  const all = useSignal(false)
  const events = schedule.value
  if (events.length === 0) return null
  const more = events.length - shown
  return (
    <section class="coming" aria-labelledby="coming-title">
      <h2 id="coming-title">To come</h2>
      <ul>
        {events.slice(0, all.value ? events.length : shown).map(({ id, at, what }) => (
          <li key={id} title={at}>
            <b>{countdown(Date.parse(at) - worldNow())}</b>
            <span>{what}</span>
            <IconButton
              icon="x"
              label={`Take off: ${what}`}
              onClick={() => void change(() => server.request('DELETE /schedule/{id}', { params: { id } }))}
            />
          </li>
        ))}
        {more > 0 ? (
          <li>
            <Button
              look="quiet"
              aria-expanded={all.value}
              onClick={() => {
                all.value = !all.value
              }}
            >
              {all.value ? 'Fewer' : `and ${more} more`}
            </Button>
          </li>
        ) : null}
      </ul>
    </section>
  )
}

/** The schedule goes by the world's clock; the page shows the server's, which may be off. */
function worldNow(): number {
  const told = clock.value
  return told === undefined ? now.value : now.value - (Date.parse(told.now) - Date.parse(told.world))
}
