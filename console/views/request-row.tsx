import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { Badge } from '../parts/badge.tsx'
import { Icon } from '../parts/icon.tsx'
import { toneOfAnswer } from '../parts/tone.ts'
import { timeOf } from '../model/clock.ts'
import { lints } from '../model/live.ts'
import { opened, toggle } from '../model/stream.ts'
import type { RequestView } from '../server/types.ts'
import { RequestDetails } from './request-details.tsx'

/** One request in one line; it opens to everything that is known of it. */
export function RequestRow({ request }: { readonly request: RequestView }): JSX.Element {
  const { id, at, method, path, user, status, clause, because, fault, outcome } = request
  const details = useId()
  const isOpen = opened.value.has(id)
  const broken = lints.value.get(id) ?? []
  const [before, last] = splitPath(path)
  return (
    <li class="row request" id={id}>
      <button type="button" class="line" aria-expanded={isOpen} aria-controls={details} onClick={() => toggle(id)}>
        <Icon name="chevron" />
        <span class="at">{timeOf(at)}</span>
        <span class="asked">
          <b>{method}</b>{' '}
          <span class="path">
            <span class="before">{before}</span>
            {last}
          </span>
        </span>
        <span class="whose">{user ?? ''}</span>
        <Badge tone={toneOfAnswer(request)}>{status}</Badge>
        <span class="clause">{clause}</span>
        <span class="because">
          {outcome === undefined || outcome === 'OK' ? null : <b>{outcome} </b>}
          {fault ?? because}
          {broken.map((lint) => (
            <>
              {' '}
              <Badge tone="warn">{lint.id}</Badge>
            </>
          ))}
        </span>
      </button>
      <div id={details} class="details" hidden={!isOpen}>
        {isOpen ? <RequestDetails id={id} /> : null}
      </div>
    </li>
  )
}

/** What comes last in a path tells most. */
function splitPath(path: string): readonly [string, string] {
  const end = path.split('?', 1)[0] as string
  const slash = end.lastIndexOf('/')
  return [path.slice(0, slash + 1), path.slice(slash + 1)]
}
