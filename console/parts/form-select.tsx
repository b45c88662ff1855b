import type { JSX } from 'preact'
import { Wrong } from './field-frame.tsx'

/** One of several words in a form, with what is wrong with it. */
export function FormSelect({
  form,
  name,
  label,
  words,
  value,
  usual,
  choose,
}: {
  readonly form: { readonly id: string; readonly wrong: (name: string) => string | undefined }
  readonly name: string
  readonly label: string
  readonly words: readonly (readonly [word: string, shown: string])[]
  readonly value?: string
  /** What is chosen at first, where nobody follows what is. */
  readonly usual?: string
  readonly choose?: (word: string) => void
}): JSX.Element {
  const id = `${form.id}-${name}`
  const wrong = form.wrong(name)
  const said = wrong === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': `${id}-wrong` }
  return (
    <div class="form-field">
      <label for={id}>{label}</label>
      <select
        id={id}
        name={name}
        {...(value === undefined ? {} : { value })}
        {...said}
        onChange={(event) => choose?.(event.currentTarget.value)}
      >
        {words.map(([word, shown]) => (
          <option key={word} value={word} selected={value === undefined ? word === usual : word === value}>
            {shown}
          </option>
        ))}
      </select>
      <Wrong id={id} why={wrong} />
    </div>
  )
}
