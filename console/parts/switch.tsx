import type { JSX } from 'preact'
import type { Said } from './field-frame.tsx'

/** On or off, told by its place and its word. */
export function Switch({
  id,
  on,
  change,
  said = {},
  label,
}: {
  readonly id?: string
  readonly on: boolean
  readonly change: (on: boolean) => void
  /** How it points at what is said of it. */
  readonly said?: Said
  readonly label?: string
}): JSX.Element {
  return (
    <button
      type="button"
      role="switch"
      class="switch"
      aria-checked={on}
      {...(id === undefined ? {} : { id })}
      {...said}
      {...(label === undefined ? {} : { 'aria-label': label })}
      onClick={() => change(!on)}
    >
      <span class="track" aria-hidden="true" />
      <span class="word">{on ? 'on' : 'off'}</span>
    </button>
  )
}
