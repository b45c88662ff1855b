import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { IconButton } from './button.tsx'

/** A modal dialog while it is shown; Escape, the cross and a click beside it close it. */
export function Dialog({
  title,
  close,
  children,
}: {
  readonly title: string
  readonly close: () => void
  readonly children: ComponentChildren
}): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const opener = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (opener instanceof HTMLElement) opener.focus()
    }
  }, [])
  return (
    <dialog ref={dialog} aria-labelledby={id} closedby="any" onClose={close}>
      <div class="dialog">
        <header>
          <h2 id={id}>{title}</h2>
        </header>
        {children}
        {/* Last, so that the focus begins at what the dialog is for. */}
        <span class="close">
          <IconButton icon="x" label="Close" onClick={() => dialog.current?.close()} />
        </span>
      </div>
    </dialog>
  )
}
