import { signal, type Signal } from '@preact/signals'

/** The user whose sequence is shown. */
export const chosen: Signal<{ readonly api: string; readonly username: string } | undefined> = signal(undefined)
