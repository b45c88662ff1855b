import type { JSX } from 'preact'
import { controlOf, FormPart, type FormPartProps } from './form-part.tsx'

/** One of several words in a form, with what is wrong with it. */
export function FormSelect({
  form,
  name,
  label,
  words,
  value,
  usual,
  choose,
}: FormPartProps & {
  readonly words: readonly (readonly [word: string, shown: string])[]
  readonly value?: string
  /** What is chosen at first, where nobody follows what is. */
  readonly usual?: string
  readonly choose?: (word: string) => void
}): JSX.Element {
  return (
    <FormPart form={form} name={name} label={label}>
      <select
        {...controlOf({ form, name })}
        name={name}
        {...(value === undefined ? {} : { value })}
        onChange={(event) => choose?.(event.currentTarget.value)}
      >
        {words.map(([word, shown]) => (
          <option key={word} value={word} selected={value === undefined ? word === usual : word === value}>
            {shown}
          </option>
        ))}
      </select>
    </FormPart>
  )
}
