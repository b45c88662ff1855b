import type { JSX } from 'preact'
import { Button } from './button.tsx'
import { saidOf } from './field-frame.tsx'

/** A text that is taken over on Enter or by *Set*, never on leaving it; Escape gives it up. */
export function TextEntry({
  id,
  text,
  isChanged,
  wrong,
  write,
  set,
  giveUp,
  placeholder = '',
  rows,
  isNumber = false,
}: {
  readonly id: string
  readonly text: string
  /** Whether there is something to take over. */
  readonly isChanged: boolean
  readonly wrong: string | undefined
  readonly write: (text: string) => void
  readonly set: () => void
  readonly giveUp: () => void
  readonly placeholder?: string
  /** Of a text of several lines, where Enter begins another one, and takes it over with Ctrl. */
  readonly rows?: number | undefined
  readonly isNumber?: boolean
}): JSX.Element {
  const common = {
    id,
    ...saidOf(id, wrong),
    spellcheck: false,
    placeholder,
    value: text,
    onInput: (event: { readonly currentTarget: { readonly value: string } }) => write(event.currentTarget.value),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Escape' && isChanged) giveUp()
      else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && isChanged) set()
      else return
      event.preventDefault()
    },
  }
  return (
    <form
      class="entry"
      onSubmit={(event) => {
        event.preventDefault()
        if (isChanged) set()
      }}
    >
      {rows === undefined ? (
        <input type="text" inputMode={isNumber ? 'numeric' : 'text'} autocomplete="off" {...common} />
      ) : (
        <textarea rows={rows} {...common} />
      )}
      {isChanged ? <Button type="submit">Set</Button> : null}
    </form>
  )
}
