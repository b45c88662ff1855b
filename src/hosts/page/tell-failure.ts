import { messageOf } from '../../core/thrown.ts'

/**
 * Shows in a page why it has no mocks: without them an app often renders nothing, and what was thrown is only in the
 * browser's tools. Elsewhere nothing happens.
 */
export function tellFailure(error: unknown): void {
  if (typeof document === 'undefined') return
  const shown = document.createElement('pre')
  shown.setAttribute('role', 'alert')
  shown.textContent = `auth-understudy: ${messageOf(error)}`
  shown.style.cssText =
    'margin:1em;padding:1em;border:2px solid #b00020;color:#b00020;background:#fff;white-space:pre-wrap'
  const show = (): void => document.body.prepend(shown)
  // The script may stand before there is a body.
  if (document.body === null) document.addEventListener('DOMContentLoaded', show, { once: true })
  else show()
}
