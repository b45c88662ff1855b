import { toast } from './messages.ts'

/** Puts a text on the clipboard; where that is not allowed, what shows it is selected. `what` is it in words: *The link*. */
export async function copy(text: string, what: string, field?: HTMLTextAreaElement | null): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast('good', `${what} was copied`)
  } catch {
    // Only pages of this machine, or with HTTPS, may write there.
    field?.select()
    const instead = field ? `; ${what.toLowerCase()} is selected, so Ctrl+C copies it` : ''
    toast('bad', `${what} was not copied`, `The browser does not allow it here${instead}.`)
  }
}
