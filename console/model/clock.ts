import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals'
import type { ClockView } from '../server/types.ts'

/** The clock as the server last told it, and when that was by this page's own. */
const told: Signal<{ readonly clock: ClockView; readonly at: number } | undefined> = signal(undefined)
const tick: Signal<number> = signal(0)

export const clock: ReadonlySignal<ClockView | undefined> = computed(() => told.value?.clock)

/** The mocked server's time in whole seconds, in milliseconds; it runs on between two answers. */
export const now: ReadonlySignal<number> = computed(() => {
  const known = told.value
  if (known === undefined) return 0
  const start = Date.parse(known.clock.now)
  if (known.clock.frozen) return start
  const passed = Math.max(0, Math.max(tick.value, known.at) - known.at) * known.clock.scale
  return start + Math.floor(passed / 1000) * 1000
})

export function tellClock(clockView: ClockView): void {
  const known = told.peek()
  // The same second told again must not set the seconds back.
  const shown = known === undefined || clockView.frozen || known.clock.frozen ? Number.NaN : nowOf(known)
  if (shown === Date.parse(clockView.now) && known?.clock.scale === clockView.scale && sameSkew(known.clock, clockView))
    return
  told.value = { clock: clockView, at: performance.now() }
}

function nowOf(known: { readonly clock: ClockView; readonly at: number }): number {
  const passed = (performance.now() - known.at) * known.clock.scale
  return Date.parse(known.clock.now) + Math.floor(passed / 1000) * 1000
}

function sameSkew(one: ClockView, other: ClockView): boolean {
  return one.skew === other.skew && one.frozen === other.frozen
}

setInterval(() => {
  if (!document.hidden) tick.value = performance.now()
}, 250)

/** `2026-01-15` and `09:00:00` of an instant, both in GMT. */
export function dayAndTime(at: number): { readonly day: string; readonly time: string } {
  const iso = new Date(at).toISOString()
  return { day: iso.slice(0, 10), time: iso.slice(11, 19) }
}

/** The time of an ISO instant: `09:00:00`. */
export function timeOf(iso: string): string {
  return iso.slice(11, 19)
}
