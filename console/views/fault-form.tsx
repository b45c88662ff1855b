import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { effectList } from '../../src/core/effects.ts'
import { writtenEffect } from '../../src/core/written-effect.ts'
import { Button } from '../parts/button.tsx'
import { FormField } from '../parts/form-field.tsx'
import { tryChange } from '../model/actions.ts'
import { useForm } from '../model/form.ts'
import { apis, server } from '../model/live.ts'
import type { JsonObject } from '../server/types.ts'

/** What can happen, one after the other. */
const offers = effectList.flatMap(([name, effect]) => effect.offers.map((offer) => ({ name, ...offer })))

/** Puts a fault in force. */
export function FaultForm(): JSX.Element {
  const index = useSignal(0)
  const chosen = offers[index.value]
  const form = useForm(['user', 'times', 'for'], 'value', async (text) => {
    const limits: JsonObject = {
      ...(text('user') === '' ? {} : { user: text('user') }),
      ...(text('times') === '' ? {} : { times: Number(text('times')) }),
      ...(text('for') === '' ? {} : { for: text('for') }),
    }
    if (chosen === undefined) return undefined
    const value = 'value' in chosen ? chosen.value : text('value')
    const effect = writtenEffect(chosen.name, chosen.at, value)
    return tryChange(() => server.request('POST /faults', { body: { on: text('on'), ...effect, ...limits } }))
  })
  return (
    <section aria-labelledby="new-fault">
      <h2 id="new-fault">New fault</h2>
      <form class="stacked" onSubmit={form.onSubmit} onInput={form.onInput}>
        <label>
          <span>Which request</span>
          <select name="on">
            <option value="*">any</option>
            {apis.value.map((api) => (
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
        <label>
          <span>What happens</span>
          <select
            name="effect"
            value={index.value}
            onChange={(event) => {
              index.value = Number(event.currentTarget.value)
            }}
          >
            {offers.map(({ words }, each) => (
              <option key={words} value={each}>
                {words}
              </option>
            ))}
          </select>
        </label>
        {chosen === undefined || 'value' in chosen ? null : (
          <FormField
            key={chosen.words}
            form={form}
            name="value"
            label={chosen.label}
            required
            defaultValue={chosen.usual}
          />
        )}
        <div class="together">
          <FormField form={form} name="times" label="At most (times)" inputMode="numeric" placeholder="always" />
          <FormField form={form} name="for" label="For" placeholder="such as 10m" />
          <FormField form={form} name="user" label="Only for user" placeholder="everybody" />
        </div>
        <Button type="submit" look="main" icon="plus">
          Put in force
        </Button>
      </form>
    </section>
  )
}
