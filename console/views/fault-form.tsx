import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { effectList } from '../../src/core/effects.ts'
import { writtenValue } from '../../src/core/written-effect.ts'
import { merge } from '../../src/scenario/merge.ts'
import { Button } from '../parts/button.tsx'
import { FormField } from '../parts/form-field.tsx'
import { tryChange } from '../model/actions.ts'
import { useForm } from '../model/form.ts'
import { apis, server } from '../model/live.ts'
import type { ApiView, JsonObject } from '../server/types.ts'
import { EffectFields, readEffect } from './effect-fields.tsx'

/** Whose answers a fault is about, where it is put in force beside a user. */
export interface Whose {
  readonly api: ApiView
  readonly username: string
}

const limits = ['user', 'times', 'for', 'nth', 'probability'] as const

/** Puts a fault in force: of anybody, or for the next answer of somebody. */
export function FaultForm({ whose }: { readonly whose?: Whose }): JSX.Element {
  const title = useId()
  /** Which effects are chosen, by their places in the list of offers. */
  const chosen = useSignal<readonly number[]>([0])
  const form = useForm([...limits, ...effectList.map(([name]) => name)], effectList[0]?.[0] ?? '', async (text) => {
    const limited = limits.flatMap((name): [string, JsonObject[string]][] => {
      const isNumber = name !== 'user' && name !== 'for'
      const written = text(name)
      return written === '' ? [] : [[name, isNumber ? writtenValue({ kind: 'number', about: '' }, written) : written]]
    })
    const effect = chosen.value.map((index) => readEffect(index, text)).reduce<JsonObject>(merge, {})
    const body = {
      on: text('on'),
      ...effect,
      ...Object.fromEntries(limited),
      ...(text('processed') === '' ? {} : { processed: true }),
      ...(whose === undefined ? {} : { user: whose.username }),
    }
    return tryChange(() => server.request('POST /faults', { body }))
  })
  const Title = whose === undefined ? 'h2' : 'h3'
  return (
    <section aria-labelledby={title} class="new-fault">
      <Title id={title}>{whose === undefined ? 'New fault' : `The next answer of ${whose.username}`}</Title>
      <form class="stacked" onSubmit={form.onSubmit} onInput={form.onInput}>
        <label>
          <span>Which request</span>
          <select name="on">
            {whose === undefined ? <option value="*">any</option> : null}
            {(whose === undefined ? apis.value : [whose.api]).map((api) => (
              <optgroup key={api.id} label={api.title}>
                <option value={`${api.id}.*`}>any of {api.title}</option>
                {api.fields.operations.map(({ id, summary }) => (
                  <option key={id} value={id}>
                    {id}: {summary}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </label>
        <EffectFields
          form={form}
          chosen={chosen.value}
          choose={(next) => {
            chosen.value = next
          }}
        />
        <div class="together">
          <FormField
            form={form}
            name="times"
            label="At most (times)"
            inputMode="numeric"
            placeholder="always"
            defaultValue={whose === undefined ? '' : '1'}
          />
          <FormField form={form} name="for" label="For" placeholder="such as 10m" />
          {whose === undefined ? (
            <FormField form={form} name="user" label="Only for user" placeholder="everybody" />
          ) : null}
        </div>
        <details>
          <summary>More</summary>
          <div class="together">
            <FormField form={form} name="nth" label="Only the n-th" inputMode="numeric" placeholder="each" />
            <FormField form={form} name="probability" label="How often, 0 to 1" placeholder="each time" />
            <label class="check">
              <input type="checkbox" name="processed" />
              <span>The server does its work first</span>
            </label>
          </div>
        </details>
        <Button type="submit" look="main" icon="plus">
          Put in force
        </Button>
      </form>
    </section>
  )
}
