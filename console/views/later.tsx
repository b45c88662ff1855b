import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { closeDialog } from '../model/dialogs.ts'
import { toast } from '../model/messages.ts'

/** A dialog whose code is asked for when it is first opened. */
export function Later({ load }: { readonly load: () => Promise<() => JSX.Element> }): JSX.Element | null {
  const loaded = useSignal<{ readonly Dialog: () => JSX.Element } | undefined>(undefined)
  useEffect(() => {
    const run = async (): Promise<void> => {
      try {
        loaded.value = { Dialog: await load() }
      } catch {
        closeDialog()
        toast(
          'bad',
          'That could not be opened',
          'The server does not answer, or is another one by now; reload the page.',
        )
      }
    }
    void run()
  }, [load])
  const Dialog = loaded.value?.Dialog
  return Dialog === undefined ? null : <Dialog />
}
