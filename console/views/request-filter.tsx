import type { JSX } from 'preact'
import { Button } from '../parts/button.tsx'
import { Choice } from '../parts/choice.tsx'
import { Empty } from '../parts/empty.tsx'
import { isNarrowed, wrongRequests } from '../model/filter.ts'
import { apis, requests, state } from '../model/live.ts'
import { requestWords, seek, seekAll, sought, type SoughtWord } from '../model/place.ts'

const statuses = ['2xx', '3xx', '4xx', '401', '403', '5xx'].map((word) => [word, word] as const)
const times = [
  ['1m', 'the last minute'],
  ['5m', 'the last 5 minutes'],
  ['1h', 'the last hour'],
] as const

/** How requests are looked for beside words: by status, user, clause, operation and time. */
export function RequestFilter(): JSX.Element {
  const { status, operation, since } = sought.value
  const operations = apis.value.flatMap(({ id, fields }) =>
    [`${id}.*`, ...fields.operations.map((each) => `${id}.${each.id}`)].map((word) => [word, word] as const),
  )
  return (
    <div class="filter" role="group" aria-label="Which requests">
      <Choice
        label="Status"
        none="any status"
        words={statuses}
        value={status}
        choose={(word) => seek({ status: word })}
      />
      <Written word="user" label="User" />
      <Written word="clause" label="Clause" />
      <Choice
        label="Operation"
        none="any operation"
        words={operations}
        value={operation}
        choose={(word) => seek({ operation: word })}
      />
      <Choice label="Time" none="any time" words={times} value={since} choose={(word) => seek({ since: word })} />
      {isNarrowed.value && requests.value.length > 0 ? (
        <Button look="quiet" onClick={() => seekAll(requestWords)}>
          Show all
        </Button>
      ) : null}
    </div>
  )
}

/** A word of which a part means nothing: looked for once it is written. */
function Written({ word, label }: { readonly word: SoughtWord; readonly label: string }): JSX.Element {
  return (
    <input
      type="text"
      aria-label={label}
      placeholder={label}
      autocomplete="off"
      value={sought.value[word]}
      onChange={(event) => seek({ [word]: event.currentTarget.value.trim() })}
    />
  )
}

/** What there is none of, and the way back. */
export function NoRequests(): JSX.Element {
  if (!isNarrowed.value) return <Empty>No requests yet. They show here as the app sends them.</Empty>
  const { total = 0, evicted = 0 } = state.value?.requests ?? {}
  const { match } = sought.value
  const kept = total - evicted
  const what = match.trim() === '' ? 'is one of these' : `has "${match.trim()}" in it`
  return (
    <Empty>
      {wrongRequests.value ?? (kept === 0 ? 'No requests yet.' : `None of the ${kept} requests ${what}.`)}{' '}
      <Button look="quiet" onClick={() => seekAll(requestWords)}>
        Show all
      </Button>
    </Empty>
  )
}
