import { signal, type Signal } from '@preact/signals'
import type { ScriptKind } from '../../src/control/script-routes.ts'

/** The dialog that is open, if any. */
export const dialog: Signal<
  | { readonly kind: 'share' }
  | { readonly kind: 'edit' }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'schedule'; readonly user?: string }
  | { readonly kind: 'add' }
  | { readonly kind: 'import' }
  | { readonly kind: 'clone'; readonly api: string; readonly username: string }
  | { readonly kind: 'script'; readonly as: ScriptKind }
  | { readonly kind: 'open'; readonly text: string }
  | undefined
> = signal(location.hash.startsWith('#world=') ? { kind: 'open', text: location.hash } : undefined)

addEventListener('hashchange', () => {
  if (location.hash.startsWith('#world=')) dialog.value = { kind: 'open', text: location.hash }
})

export function closeDialog(): void {
  dialog.value = undefined
  // A shared world is opened once, not with every reload.
  if (location.hash.startsWith('#world=')) history.replaceState(null, '', `${location.pathname}${location.search}`)
}
