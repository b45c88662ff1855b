import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import type { FieldView, Json } from '../server/types.ts'
import { fromText, toText } from './field-text.ts'

/** What to do with a value that was entered, or with why it could not be read. */
export interface FieldEvents {
  readonly change: (value: Json) => void
  readonly wrong: (why: string) => void
}

/** One value that can be set, by whatever suits its kind. Text is taken over on Enter and when it is left. */
export function FieldInput({
  name,
  field,
  value,
  change,
  wrong,
}: { readonly name: string; readonly field: FieldView; readonly value: Json | undefined } & FieldEvents): JSX.Element {
  const id = useId()
  return (
    <div class={`field ${field.kind}`}>
      <label for={id}>{name}</label>
      <Control id={id} field={field} value={value} change={change} wrong={wrong} />
      <p id={`${id}-about`} class="about">
        {field.about}
        {defaultNote(field, value)}
        {field.assumed === undefined ? '' : ` Assumed (${field.assumed}).`}
      </p>
    </div>
  )
}

function defaultNote(field: FieldView, value: Json | undefined): string {
  if (field.default === undefined || value === undefined) return '.'
  const usual = toText(field, field.default)
  return usual === toText(field, value) || usual === ''
    ? '.'
    : `. Usually ${usual.length > 60 ? 'something else' : usual}.`
}

function Control({
  id,
  field,
  value,
  change,
  wrong,
}: { readonly id: string; readonly field: FieldView; readonly value: Json | undefined } & FieldEvents): JSX.Element {
  const described = `${id}-about`
  if (field.kind === 'boolean') return <Switch id={id} described={described} on={value === true} change={change} />
  if (field.kind === 'choice') {
    return (
      <select
        id={id}
        aria-describedby={described}
        value={String(value ?? '')}
        onChange={(event) => change(event.currentTarget.value)}
      >
        {value === undefined ? <option value="">–</option> : null}
        {field.choices?.map((word) => (
          <option key={word} value={word}>
            {word}
          </option>
        ))}
      </select>
    )
  }
  return <Text id={id} described={described} field={field} value={value} change={change} wrong={wrong} />
}

/** A text that is being written stays as it is while the page around it changes. */
function Text({
  id,
  described,
  field,
  value,
  change,
  wrong,
}: {
  readonly id: string
  readonly described: string
  readonly field: FieldView
  readonly value: Json | undefined
} & FieldEvents): JSX.Element {
  const draft = useSignal<string | undefined>(undefined)
  const sent = useRef<string | undefined>(undefined)
  const text = toText(field, value)
  // What was entered stays until it is in force; what was refused, until it is corrected; what is being written since
  // then, until it is entered.
  useEffect(() => {
    if (draft.value === sent.current) draft.value = undefined
    sent.current = undefined
  }, [text])
  const take = (): void => {
    const entered = draft.value
    if (entered === undefined || entered === (sent.current ?? text)) return
    sent.current = entered
    const read = fromText(field, entered)
    if (read.wrong === undefined) change(read.value)
    else wrong(read.wrong)
  }
  const common = {
    id,
    'aria-describedby': described,
    spellcheck: false,
    placeholder: exampleOf(field),
    value: draft.value ?? text,
    onInput: (event: { readonly currentTarget: { readonly value: string } }): void => {
      draft.value = event.currentTarget.value
    },
    onChange: take,
  }
  if (field.kind === 'list' || field.kind === 'map' || field.kind === 'object') {
    return <textarea rows={Math.min(8, Math.max(2, text.split('\n').length))} {...common} />
  }
  return <input type="text" inputMode={field.kind === 'integer' ? 'numeric' : 'text'} autocomplete="off" {...common} />
}

/** What could stand in an empty field. */
function exampleOf({ kind, fields }: FieldView): string {
  if (kind === 'duration') return 'such as 30m'
  if (kind === 'moment') return 'such as +30m'
  if (kind === 'object')
    return `{ ${Object.keys(fields ?? {})
      .map((name) => `"${name}": …`)
      .join(', ')} }`
  return ''
}

/** On or off, told by its place and its word. */
export function Switch({
  id,
  on,
  change,
  described,
  label,
}: {
  readonly id?: string
  readonly on: boolean
  readonly change: (on: boolean) => void
  readonly described?: string
  readonly label?: string
}): JSX.Element {
  return (
    <button
      type="button"
      role="switch"
      class="switch"
      aria-checked={on}
      {...(id === undefined ? {} : { id })}
      {...(described === undefined ? {} : { 'aria-describedby': described })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      onClick={() => change(!on)}
    >
      <span class="track" aria-hidden="true" />
      <span class="word">{on ? 'on' : 'off'}</span>
    </button>
  )
}
