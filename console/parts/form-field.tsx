import type { JSX } from 'preact'
import type { Form } from '../model/form.ts'
import { Wrong } from './field-frame.tsx'

/** A field of a form, with what is wrong with it. */
export function FormField({
  form,
  name,
  label,
  ...input
}: {
  readonly form: Form
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
