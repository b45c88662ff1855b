import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { metState } from '../../src/core/met-state.ts'
import { Ruler } from '../parts/ruler.ts'
import { lookOf, toneOfAnswer } from '../parts/tone.ts'
import { timeOf } from '../model/clock.ts'
import type { Sequence, SequenceRequest, SequenceStep } from '../server/types.ts'
import { layOut, sizes, type Band } from './sequence-layout.ts'

/** Places from left to right, for the room there is. */
interface Lanes {
  /** No room at the left for times and for the states of sessions. */
  readonly isNarrow: boolean
  readonly width: number
  readonly client: number
  readonly server: number
  readonly user: number
  readonly ruler: Ruler
}

/** As `views.css` has them. */
const fonts = {
  plain: '400 12px',
  small: '400 11px',
  note: '400 11.5px',
  name: '650 12.5px',
  strong: '650 12px',
} as const

/** The states beside the user's lane get the room they need, up to two fifths of the picture. */
function lanesFor(width: number, userBands: readonly Band[]): Lanes {
  const ruler = new Ruler()
  const isNarrow = width < 640
  const toUser = isNarrow ? 14 : 60
  const labels = userBands.flatMap(({ state, note }) => [
    ruler.width(state, fonts.strong),
    ruler.width(note, fonts.small),
  ])
  const wanted = toUser + 18 + Math.ceil(Math.max(0, ...labels)) + 4
  const server = width - Math.min(Math.max(wanted, isNarrow ? 104 : 220), Math.floor(width * 0.4))
  return { isNarrow, width, client: isNarrow ? 24 : 140, server, user: server + toUser, ruler }
}

/** Requests and answers between the app and the server, coloured by outcome, with the states of session and user beside. */
export function SequencePicture({
  user,
  steps,
  title,
}: {
  readonly user: Sequence
  readonly steps: readonly SequenceStep[]
  readonly title: string
}): JSX.Element {
  const frame = useRef<HTMLDivElement>(null)
  const room = useSignal(800)
  const id = useId()
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) room.value = Math.max(300, Math.min(1080, Math.floor(entry.contentRect.width)))
    })
    if (frame.current !== null) observer.observe(frame.current)
    return () => observer.disconnect()
  }, [])
  const {
    height,
    requests,
    changes,
    user: userBands,
    session,
  } = layOut(steps, { state: metState(user), until: user.until })
  const lanes = lanesFor(room.value, userBands)
  const { client, server, ruler } = lanes
  const foot = height - sizes.bottom
  return (
    <div ref={frame} class="frame">
      <svg
        class="lanes"
        viewBox={`0 0 ${lanes.width} ${height}`}
        width={lanes.width}
        height={height}
        role="img"
        aria-labelledby={id}
      >
        <title
          id={id}
        >{`Sequence of ${user.username} at ${title}: ${requests.length} requests, now ${metState(user)}`}</title>
        <Lane x={client} foot={foot} name="app" anchor="middle" />
        <Lane x={server} foot={foot} name={title} anchor={lanes.isNarrow ? 'end' : 'middle'} />
        <text class="lane-name" x={lanes.user} y={22} text-anchor="start">
          {ruler.clip(user.username.replace(/^.*\//, ''), lanes.width - lanes.user, fonts.name)}
        </text>
        {userBands.map((band) => (
          <UserBand key={band.from} band={band} lanes={lanes} />
        ))}
        {session.map((band) => (
          <SessionBand key={`${band.from}-${band.note}`} band={band} lanes={lanes} />
        ))}
        {changes.map(({ step, y }, index) => (
          <g key={index} class="note">
            <line x1={0} x2={server + 8} y1={y + sizes.change / 2} y2={y + sizes.change / 2} />
            <text x={client + 10} y={y + sizes.change / 2 - 5}>
              {ruler.clip(`${timeOf(step.at)} ${step.what}`, server - client - 14, fonts.note)}
            </text>
          </g>
        ))}
        {requests.map(({ step, y }) => (
          <Exchange key={step.id} step={step} y={y} lanes={lanes} />
        ))}
      </svg>
    </div>
  )
}

function Lane({
  x,
  foot,
  name,
  anchor,
}: {
  readonly x: number
  readonly foot: number
  readonly name: string
  readonly anchor: 'middle' | 'end'
}): JSX.Element {
  return (
    <g class="lane">
      <text class="lane-name" x={anchor === 'end' ? x + 6 : x} y={22} text-anchor={anchor}>
        {name}
      </text>
      <line x1={x} x2={x} y1={34} y2={foot} />
    </g>
  )
}

/** The state of the session, on the app's lane: the app is what holds it. */
function SessionBand({ band, lanes }: { readonly band: Band; readonly lanes: Lanes }): JSX.Element {
  const { state, from, to } = band
  const { isNarrow, client } = lanes
  return (
    <g>
      <rect class={`band ${lookOf(state).tone}`} x={client - 5} y={from} width={10} height={to - from} rx={3} />
      <text
        class="small"
        x={isNarrow ? client + 13 : client - 16}
        y={from + (isNarrow ? 33 : 22)}
        text-anchor={isNarrow ? 'start' : 'end'}
      >
        session {state}
      </text>
    </g>
  )
}

function UserBand({ band, lanes }: { readonly band: Band; readonly lanes: Lanes }): JSX.Element {
  const { state, from, to, note } = band
  const room = lanes.width - lanes.user - 18
  return (
    <g>
      <rect class={`band ${lookOf(state).tone}`} x={lanes.user} y={from} width={12} height={to - from} rx={4} />
      <text class="state" x={lanes.user + 18} y={from + 14} text-anchor="start">
        {lanes.ruler.clip(state, room, fonts.strong)}
      </text>
      {note === '' || to - from < 34 ? null : (
        <text class="small" x={lanes.user + 18} y={from + 29} text-anchor="start">
          {lanes.ruler.clip(note, room, fonts.small)}
        </text>
      )}
    </g>
  )
}

function Exchange({
  step,
  y,
  lanes,
}: {
  readonly step: SequenceRequest
  readonly y: number
  readonly lanes: Lanes
}): JSX.Element {
  const { at, method, path, status, clause, because, outcome, before, after } = step
  const tone = toneOfAnswer(step)
  const [asked, answered] = [y + 26, y + 58]
  const [left, right] = [lanes.client + 9, lanes.server - 4]
  const start = `${method} `
  const methodWidth = lanes.ruler.width(start, fonts.plain)
  const failures =
    after?.failures !== undefined && after.failures !== before?.failures ? ` · ${after.failures}/${after.limit}` : ''
  return (
    <g class="exchange">
      {lanes.isNarrow ? null : (
        <text class="small" x={lanes.client - 16} y={asked + 4} text-anchor="end">
          {timeOf(at)}
        </text>
      )}
      <text class="asked" x={left + 4} y={asked - 6}>
        {start}
        {lanes.ruler.clip(path, right - left - 8 - methodWidth, fonts.plain, 'start')}
      </text>
      <line class="arrow" x1={left} x2={right} y1={asked} y2={asked} />
      <path class="head" d={`M${right} ${asked}l-8 -4v8z`} />
      <text class={`answered ${tone}`} x={left + 14} y={answered - 6}>
        {lanes.ruler.clip(
          `${status} ${outcome === undefined || outcome === 'OK' ? '' : `${outcome} `}${clause}${failures} · ${because}`,
          right - left - 18,
          fonts.strong,
        )}
      </text>
      <line class={`arrow back ${tone}`} x1={left} x2={right} y1={answered} y2={answered} />
      <path class={`head ${tone}`} d={`M${left} ${answered}l8 -4v8z`} />
    </g>
  )
}
