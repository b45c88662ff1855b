import type { JSX } from 'preact'
import { controlOf, FormPart, type FormPartProps } from './form-part.tsx'

/** A field of a form, with what is wrong with it. */
export function FormField({
  form,
  name,
  label,
  ...input
}: FormPartProps &
  Pick<
    JSX.IntrinsicElements['input'],
    'placeholder' | 'required' | 'inputMode' | 'defaultValue' | 'title' | 'pattern'
  >): JSX.Element {
  return (
    <FormPart form={form} name={name} label={label}>
      <input {...controlOf({ form, name })} name={name} autocomplete="off" {...input} />
    </FormPart>
  )
}
