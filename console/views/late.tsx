import { signal, type Signal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { closeDialog } from '../model/dialogs.ts'
import { toast } from '../model/messages.ts'

/** A dialog that is loaded when it is first shown; nothing until then. */
export function late<Props extends object>(
  load: () => Promise<(props: Props) => JSX.Element>,
): (props: Props) => JSX.Element | null {
  const dialog: Signal<((props: Props) => JSX.Element) | undefined> = signal(undefined)
  const ask = async (): Promise<void> => {
    try {
      dialog.value = await load()
    } catch {
      closeDialog()
      toast('bad', 'That could not be opened', 'The server does not answer, or is another one by now; reload the page.')
    }
  }
  return (props) => {
    useEffect(() => {
      if (dialog.peek() === undefined) void ask()
    }, [])
    const Dialog = dialog.value
    return Dialog === undefined ? null : <Dialog {...props} />
  }
}
