import type { ComponentChildren, JSX } from 'preact'

/** What stands where there is nothing yet: why, and what would bring something. */
export function Empty({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <p class="empty">{children}</p>
}
