import type { ComponentChildren, JSX } from 'preact'
import { Icon } from './icon.tsx'

/** What opens and closes the rest of a row, by its id. */
export function Opener({
  id,
  isOpen,
  toggle,
  children,
}: {
  readonly id: string
  readonly isOpen: boolean
  readonly toggle: () => void
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <button type="button" class="who" aria-expanded={isOpen} aria-controls={id} onClick={toggle}>
      <Icon name="chevron" />
      {children}
    </button>
  )
}
