import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals'
import type { ChangeView, RequestView } from '../server/types.ts'
import { changes, requests, requestTotal } from './live.ts'

/** A line of the stream: a request, or something that was changed from outside. */
export type Line =
  | ({ readonly kind: 'request' } & RequestView)
  | ({ readonly kind: 'change'; readonly id: string } & ChangeView)

/** Whether the stream stands still for somebody who reads. */
export const paused: Signal<boolean> = signal(false)
/** What the stream is narrowed to: a user, a path, a clause, a word of the reason. */
export const filter: Signal<string> = signal('')
/** The requests that are open. */
export const opened: Signal<ReadonlySet<string>> = signal(new Set())

/** Lines that a page shows without getting slow. */
const mostLines = 200

const all: ReadonlySignal<readonly Line[]> = computed(() => merge(requests.value, changes.value, requestTotal.value))

let held: readonly Line[] = []
/** The lines, latest first. */
export const lines: ReadonlySignal<readonly Line[]> = computed(() => {
  const sought = filter.value.trim().toLowerCase()
  if (!paused.value) held = all.value
  return held.filter((line) => sought === '' || textOf(line).includes(sought)).slice(0, mostLines)
})

/** How many requests have come since the stream was paused. */
export const missed: ReadonlySignal<number> = computed(() => {
  const latest = requests.value.at(-1)?.id
  if (!paused.value || latest === undefined) return 0
  const seen = held.find(({ kind }) => kind === 'request')?.id
  const place = requests.value.findIndex(({ id }) => id === seen)
  return requests.value.length - 1 - place
})

/** Both in the order in which they happened: a change tells how many requests there had been. */
function merge(asked: readonly RequestView[], made: readonly ChangeView[], total: number): readonly Line[] {
  const before = Math.max(0, total - asked.length)
  const notes = made.map((change, index) => ({ kind: 'change', id: `c${index}-${change.after}`, ...change }) as const)
  const merged: Line[] = []
  let next = notes.length - 1
  for (let place = asked.length; place >= 0; place--) {
    for (let note = notes[next]; note !== undefined && note.after >= before + place; note = notes[--next])
      merged.push(note)
    const request = asked[place - 1]
    if (request !== undefined) merged.push({ kind: 'request', ...request })
  }
  return merged
}

function textOf(line: Line): string {
  if (line.kind === 'change') return line.what.toLowerCase()
  const { method, path, user, clause, because, status, outcome, operation, fault } = line
  return [method, path, user, clause, because, status, outcome, operation, fault].join(' ').toLowerCase()
}

export function toggle(id: string): void {
  const next = new Set(opened.value)
  if (!next.delete(id)) next.add(id)
  opened.value = next
}
