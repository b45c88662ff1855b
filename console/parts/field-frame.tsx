import type { ComponentChildren, JSX } from 'preact'

/** A field with its name, what it is, and what is wrong with what was entered. */
export function FieldFrame({
  id,
  name,
  kind,
  about,
  wrong,
  back,
  children,
}: {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly about: string
  readonly wrong: string | undefined
  /** The way back to what it was, where it is something else by now. */
  readonly back?: ComponentChildren
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <div class={`field ${kind}${back === undefined ? '' : ' changed'}`}>
      <label for={id}>{name}</label>
      {children}
      <Wrong id={id} why={wrong} />
      <p id={`${id}-about`} class="about">
        {about}
      </p>
      {back}
    </div>
  )
}

/** What is wrong with the value of a field; said at once to whoever listens. */
export function Wrong({ id, why }: { readonly id: string; readonly why: string | undefined }): JSX.Element {
  return (
    <p id={`${id}-wrong`} class="refused" role="alert">
      {why}
    </p>
  )
}

/** How a control points at what is said of it. */
export interface Said {
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: boolean
}

export function saidOf(id: string, wrong: string | undefined): Said {
  return wrong === undefined
    ? { 'aria-describedby': `${id}-about` }
    : { 'aria-describedby': `${id}-wrong ${id}-about`, 'aria-invalid': true }
}
