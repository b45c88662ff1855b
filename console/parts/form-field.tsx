import type { JSX } from 'preact'
import { Wrong } from './field-frame.tsx'

/** A field of a form, with what is wrong with it. */
export function FormField({
  form,
  name,
  label,
  ...input
}: {
  /** Whose field it is: what ids begin with, and what is wrong by the name of a field. */
  readonly form: { readonly id: string; readonly wrong: (name: string) => string | undefined }
  readonly name: string
  readonly label: string
} & Pick<
  JSX.IntrinsicElements['input'],
  'placeholder' | 'required' | 'inputMode' | 'defaultValue' | 'title' | 'pattern'
>): JSX.Element {
  const id = `${form.id}-${name}`
  const wrong = form.wrong(name)
  const said = wrong === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': `${id}-wrong` }
  return (
    <div class="form-field">
      <label for={id}>{label}</label>
      <input id={id} name={name} autocomplete="off" {...said} {...input} />
      <Wrong id={id} why={wrong} />
    </div>
  )
}
