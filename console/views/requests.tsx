import type { JSX } from 'preact'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { timeOf } from '../model/clock.ts'
import { connection } from '../model/live.ts'
import { filter, lines, missed, paused } from '../model/stream.ts'
import { RequestRow } from './request-row.tsx'

/** Requests as they come, latest first, with what was changed from outside between them. */
export function RequestsView(): JSX.Element {
  return (
    <section class="requests" aria-labelledby="requests-title">
      <div class="bar">
        <h2 id="requests-title">
          Requests <Liveness />
        </h2>
        <input
          type="search"
          aria-label="Narrow the requests down"
          placeholder="User, path, clause …"
          value={filter.value}
          onInput={(event) => {
            filter.value = event.currentTarget.value
          }}
        />
        <Button
          icon={paused.value ? 'play' : 'pause'}
          aria-pressed={paused.value}
          onClick={() => {
            paused.value = !paused.value
          }}
        >
          {paused.value && missed.value > 0 ? `Hold (${missed.value} more)` : 'Hold'}
        </Button>
      </div>
      {lines.value.length === 0 ? (
        <Empty>
          {filter.value === ''
            ? 'No requests yet. They show here as the app sends them.'
            : `None of the latest requests has "${filter.value}" in it.`}
        </Empty>
      ) : (
        <ol class="rows stream" aria-label="Requests, latest first">
          {lines.value.map((line) =>
            line.kind === 'request' ? (
              <RequestRow key={line.id} request={line} />
            ) : (
              <li key={line.id} class="row note">
                <span class="at">{timeOf(line.at)}</span> {line.what}
              </li>
            ),
          )}
        </ol>
      )}
    </section>
  )
}

function Liveness(): JSX.Element {
  if (paused.value) return <span class="liveness held">held</span>
  return <span class={`liveness ${connection.value}`}>{connection.value}</span>
}
