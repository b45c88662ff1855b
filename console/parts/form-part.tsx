import type { ComponentChildren, JSX } from 'preact'
import { Wrong, type Said } from './field-frame.tsx'

/** What belongs to one name of a form. */
export interface FormPartProps {
  /** Whose part it is: what ids begin with, and what is wrong by the name of a part. */
  readonly form: { readonly id: string; readonly wrong: (name: string) => string | undefined }
  readonly name: string
  readonly label: string
}

/** What a control of a form is called, and how it points at what is said of it. */
export function controlOf({ form, name }: Pick<FormPartProps, 'form' | 'name'>): { readonly id: string } & Said {
  const id = idOf({ form, name })
  return { id, ...(form.wrong(name) === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': `${id}-wrong` }) }
}

/** A control of a form under its label, with what is wrong with it. */
export function FormPart({
  form,
  name,
  label,
  children,
}: FormPartProps & { readonly children: ComponentChildren }): JSX.Element {
  const id = idOf({ form, name })
  return (
    <div class="form-field">
      <label for={id}>{label}</label>
      {children}
      <Wrong id={id} why={form.wrong(name)} />
    </div>
  )
}

function idOf({ form, name }: Pick<FormPartProps, 'form' | 'name'>): string {
  return `${form.id}-${name}`
}
