import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Button, IconButton } from '../parts/button.tsx'
import { dialog } from '../model/dialogs.ts'
import { timeOf } from '../model/clock.ts'
import { clearRequests } from '../model/actions.ts'
import { connection } from '../model/live.ts'
import { linked, requestWords, seek, sought, soughtBy } from '../model/place.ts'
import { attend, catchUp, goOn, holding, lines, missed, opened, paused, toggle } from '../model/stream.ts'
import { RequestDetails } from './request-details.tsx'
import { NoRequests, RequestFilter } from './request-filter.tsx'
import { RequestRow } from './request-row.tsx'

/** Requests as they come, latest first, with what was changed from outside between them. */
export function RequestsView(): JSX.Element {
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    // Whoever has scrolled past the latest line reads an older one.
    const look = (): void => attend({ scrolled: (list.current?.getBoundingClientRect().top ?? 0) < 0 })
    addEventListener('scroll', look, { passive: true })
    return () => {
      removeEventListener('scroll', look)
      attend({ pointed: false, focused: false, scrolled: false })
    }
  }, [])
  const isEmpty = lines.value.length === 0
  const isShown = lines.value.some(({ id }) => id === linked.value)
  useEffect(() => {
    const id = linked.value
    if (id === undefined || !isShown) return
    if (!opened.peek().has(id)) toggle(id)
    document.querySelector(`#${id}`)?.scrollIntoView({ block: 'nearest' })
  }, [linked.value, isShown])
  const filtering = useSignal<boolean | undefined>(undefined)
  const { match: _match, ...others } = soughtBy(requestWords)
  // A link that looks for something shows by what.
  const isFiltering = filtering.value ?? Object.keys(others).length > 0
  useEffect(() => {
    // What is gone tells nobody that it was left.
    if (isEmpty) attend({ pointed: false, focused: false, scrolled: false })
  }, [isEmpty])
  return (
    <section class="requests" aria-labelledby="requests-title">
      <div class="bar">
        <h2 id="requests-title">Requests</h2>
        <Liveness />
        <input
          type="search"
          aria-label="Narrow the requests down"
          placeholder="User, path, clause …"
          value={sought.value.match}
          onInput={(event) => seek({ match: event.currentTarget.value })}
        />
        <Button
          icon="download"
          title="What was forced and asked, as a script or a test"
          onClick={() => {
            dialog.value = { kind: 'script', as: 'cli' }
          }}
        >
          What I did
        </Button>
        <Button
          aria-expanded={isFiltering}
          title="By status, user, clause, operation and time"
          onClick={() => {
            filtering.value = !isFiltering
          }}
        >
          Filter
        </Button>
        {paused.value || opened.value.size > 0 ? (
          <Button icon="play" title="Shows requests as they come, and closes what is open" onClick={goOn}>
            Go on
          </Button>
        ) : (
          <Button
            icon="pause"
            title="Lets the list stand still"
            onClick={() => {
              paused.value = true
            }}
          >
            Hold
          </Button>
        )}
        <IconButton icon="bin" label="Clear the requests, and nothing else" onClick={() => void clearRequests()} />
      </div>
      {linked.value === undefined || isShown ? null : <LinkedRequest id={linked.value} />}
      {isFiltering ? <RequestFilter /> : null}
      {isEmpty ? (
        <NoRequests />
      ) : (
        <ol
          ref={list}
          class="rows stream"
          aria-label="Requests, latest first"
          onPointerEnter={() => attend({ pointed: true })}
          onPointerLeave={() => attend({ pointed: false })}
          onFocusIn={() => attend({ focused: true })}
          onFocusOut={({ currentTarget, relatedTarget }) =>
            attend({ focused: relatedTarget instanceof Node && currentTarget.contains(relatedTarget) })
          }
        >
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

/** A request that an address names and the list does not show: older than what it shows, of another world, or gone. */
function LinkedRequest({ id }: { readonly id: string }): JSX.Element {
  return (
    <div class="row linked">
      <RequestDetails id={id} />
    </div>
  )
}

/** Whether requests show as they come; how many do not, while the list stands still. */
function Liveness(): JSX.Element {
  const { count, isMore } = missed.value
  return (
    <span class="liveness-place">
      {holding.value && connection.value !== 'lost' ? (
        count === 0 ? (
          <span class="liveness held">held</span>
        ) : (
          <button type="button" class="liveness new" title="Shows them" onClick={catchUp}>
            {count}
            {isMore ? '+' : ''} new
          </button>
        )
      ) : (
        <span class={`liveness ${connection.value}`}>{connection.value}</span>
      )}
    </span>
  )
}
