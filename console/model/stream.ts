import { batch, computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals'
import type { ChangeView, RequestView } from '../server/types.ts'
import { changes, requests, requestTotal } from './live.ts'
import { isNarrowed, requestQuery } from './filter.ts'
import { sought, worldName } from './place.ts'

/** A line of the stream: a request, or something that was changed from outside. */
export type Line =
  | ({ readonly kind: 'request' } & RequestView)
  | ({ readonly kind: 'change'; readonly id: string } & ChangeView)

/** Whether the stream stands still for somebody who reads. */
export const paused: Signal<boolean> = signal(false)
/** The requests that are open. */
export const opened: Signal<ReadonlySet<string>> = signal(new Set())

/** Lines that a page shows without getting slow. */
const mostLines = 200

const all: ReadonlySignal<readonly Line[]> = computed(() =>
  isNarrowed.value
    ? mergeByTime(requests.value, changes.value.filter(isSought))
    : merge(requests.value, changes.value, requestTotal.value),
)

/** A change has words; it has no status, user or clause by which it could be looked for. */
function isSought({ what }: ChangeView): boolean {
  const { find: _find, state: _state, api: _api, match, ...others } = sought.value
  if (Object.values(others).some((text) => text !== '')) return false
  const told = what.toLowerCase()
  return match
    .toLowerCase()
    .split(/\s+/)
    .every((word) => told.includes(word))
}

/** Where somebody is with what is shown: the mouse or the focus on a line, or the page scrolled to older ones. */
export const attended: Signal<{ readonly pointed: boolean; readonly focused: boolean; readonly scrolled: boolean }> =
  signal({
    pointed: false,
    focused: false,
    scrolled: false,
  })

export function attend(how: Partial<typeof attended.value>): void {
  const next = { ...attended.peek(), ...how }
  const isSame = next.pointed === attended.peek().pointed && next.focused === attended.peek().focused
  if (!isSame || next.scrolled !== attended.peek().scrolled) attended.value = next
}

/** Whether the stream stands still: for whoever said so, and for whoever has a line open or is about to open one. */
export const holding: ReadonlySignal<boolean> = computed(() => {
  const { pointed, focused, scrolled } = attended.value
  return paused.value || pointed || focused || scrolled || opened.value.size > 0
})

const caughtUp: Signal<number> = signal(0)
let shownUpTo = 0
let held: readonly Line[] | undefined
/** What the stream shows: all, or what there was when it began to stand still. */
const shown: ReadonlySignal<readonly Line[]> = computed(() => {
  const upTo = caughtUp.value
  const latest = all.value
  // Lines that the page began with are no news to anybody.
  if (!holding.value || held === undefined || held.length === 0 || upTo !== shownUpTo) held = latest
  shownUpTo = upTo
  return held
})

/** The lines, latest first. */
export const lines: ReadonlySignal<readonly Line[]> = computed(() => shown.value.slice(0, mostLines))

/** The requests that have come since the stream stood still, of those that are looked for. */
export const missed: ReadonlySignal<{ readonly count: number; readonly isMore: boolean }> = computed(() => {
  const seen = shown.value.find(({ kind }) => kind === 'request')?.id
  const there = all.value
  const place = there.findIndex(({ id }) => id === seen)
  const fresh = there.slice(0, place < 0 ? there.length : place).filter((line) => line.kind === 'request')
  return { count: fresh.length, isMore: place < 0 && seen !== undefined }
})

/** Shows what has come meanwhile, and goes on standing still if there is reason to. */
export function catchUp(): void {
  caughtUp.value = caughtUp.peek() + 1
}

/** Lets the stream run: nobody holds it, and nothing is open. */
export function goOn(): void {
  batch(() => {
    paused.value = false
    opened.value = new Set()
    catchUp()
  })
}

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

/** Those of which there are others between. */
function mergeByTime(asked: readonly RequestView[], made: readonly ChangeView[]): readonly Line[] {
  const notes = made.map((change, index) => ({ kind: 'change', id: `c${index}-${change.after}`, ...change }) as const)
  const told = [...notes, ...asked.map((request) => ({ kind: 'request', ...request }) as const)]
  return told.sort((one, other) => Date.parse(one.at) - Date.parse(other.at)).toReversed()
}

export function toggle(id: string): void {
  const next = new Set(opened.value)
  if (!next.delete(id)) next.add(id)
  opened.value = next
}

// Nothing is open in another world, and what is looked for anew is shown.
effect(() => {
  void worldName.value
  void requestQuery.value
  goOn()
})
