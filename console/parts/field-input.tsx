import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useId } from 'preact/hooks'
import type { FieldView, Json } from '../server/types.ts'
import { Button } from './button.tsx'
import { FieldFrame, saidOf } from './field-frame.tsx'
import { fromText, toText } from './field-text.ts'
import { Switch } from './switch.tsx'
import { TextEntry } from './text-entry.tsx'

/** One value that can be set, by whatever suits its kind; `set` says what is wrong with a value. */
export function FieldInput({
  name,
  field,
  value,
  set,
  before,
  back,
}: {
  readonly name: string
  readonly field: FieldView
  readonly value: Json | undefined
  readonly set: (value: Json) => Promise<string | undefined>
  /** What it was at first, and how it gets back there; left out where it is that. */
  readonly before?: Json
  readonly back?: () => void
}): JSX.Element {
  const id = useId()
  const draft = useSignal<string | undefined>(undefined)
  const taken = useSignal<string | undefined>(undefined)
  const wrong = useSignal<string | undefined>(undefined)
  const text = toText(field, value)
  // What was taken over stays as it was written until it is in force; what is being written since then, until it is set.
  useEffect(() => {
    if (draft.value === taken.value) draft.value = undefined
    taken.value = undefined
  }, [text])
  const enter = async (next: Json): Promise<void> => {
    wrong.value = await set(next)
  }
  const write = (written: string | undefined): void => {
    draft.value = written
    wrong.value = undefined
  }
  const take = async (written: string): Promise<void> => {
    const read = fromText(field, written)
    if (read.wrong !== undefined) {
      wrong.value = read.wrong
      return
    }
    // At once: what is written while it is on its way is written after it.
    taken.value = written
    await enter(read.value)
    if (wrong.value !== undefined) {
      if (taken.value === written) taken.value = undefined
      return
    }
    // Nobody tells that a secret is in force.
    if (field.secret === true && draft.value === written) draft.value = undefined
  }
  const written = draft.value
  const shown = written ?? text
  const isLong = field.kind === 'list' || field.kind === 'map' || field.kind === 'object'
  return (
    <FieldFrame
      id={id}
      name={name}
      kind={field.kind}
      about={aboutOf(field, value)}
      wrong={wrong.value}
      {...(back === undefined ? {} : { back: <Back name={name} to={toText(field, before)} back={back} /> })}
    >
      {field.kind === 'boolean' ? (
        <Switch id={id} said={saidOf(id, wrong.value)} on={value === true} change={(on) => void enter(on)} />
      ) : field.kind === 'choice' ? (
        <select
          id={id}
          {...saidOf(id, wrong.value)}
          value={String(value ?? '')}
          onChange={(event) => void enter(event.currentTarget.value)}
        >
          {value === undefined ? <option value="">–</option> : null}
          {field.choices?.map((word) => (
            <option key={word} value={word}>
              {word}
            </option>
          ))}
        </select>
      ) : (
        <TextEntry
          id={id}
          text={shown}
          isChanged={written !== undefined && written !== (taken.value ?? text)}
          wrong={wrong.value}
          write={write}
          set={() => void take(shown)}
          giveUp={() => write(undefined)}
          placeholder={exampleOf(field)}
          rows={isLong ? Math.min(8, Math.max(2, text.split('\n').length)) : undefined}
          isNumber={field.kind === 'integer'}
        />
      )}
    </FieldFrame>
  )
}

function Back({
  name,
  to,
  back,
}: {
  readonly name: string
  readonly to: string
  readonly back: () => void
}): JSX.Element {
  const short = to.length > 40 ? `${to.slice(0, 40)}…` : to
  return (
    <p class="back">
      <span>
        The scenario says <b>{short === '' ? 'nothing' : short}</b>.
      </span>
      <Button icon="reset" title={`Puts ${name} back`} onClick={back}>
        Back to scenario
      </Button>
    </p>
  )
}

function aboutOf(field: FieldView, value: Json | undefined): string {
  const assumed = field.assumed === undefined ? '' : ` Assumed (${field.assumed}).`
  const meaning = field.meanings?.[String(value)]
  const means = meaning === undefined ? '' : ` ${String(value)}: ${meaning}.`
  return `${field.about}${defaultNote(field, value)}${means}${assumed}`
}

function defaultNote(field: FieldView, value: Json | undefined): string {
  if (field.default === undefined || value === undefined) return '.'
  const usual = toText(field, field.default)
  return usual === toText(field, value) || usual === ''
    ? '.'
    : `. Usually ${usual.length > 60 ? 'something else' : usual}.`
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
