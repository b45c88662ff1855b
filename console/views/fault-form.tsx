import { useSignal } from '@preact/signals'
import type { JSX, TargetedEvent } from 'preact'
import { effectList } from '../../src/core/effects.ts'
import { writtenEffect } from '../../src/core/written-effect.ts'
import { Button } from '../parts/button.tsx'
import { change } from '../model/actions.ts'
import { apis, server } from '../model/live.ts'
import type { JsonObject } from '../server/types.ts'

/** What can happen, one after the other. */
const offers = effectList.flatMap(([name, effect]) => effect.offers.map((offer) => ({ name, ...offer })))

/** Puts a fault in force. */
export function FaultForm(): JSX.Element {
  const index = useSignal(0)
  const chosen = offers[index.value]
  const add = (event: TargetedEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const text = (name: string): string => String(data.get(name) ?? '').trim()
    const limits: JsonObject = {
      ...(text('user') === '' ? {} : { user: text('user') }),
      ...(text('times') === '' ? {} : { times: Number(text('times')) }),
      ...(text('for') === '' ? {} : { for: text('for') }),
    }
    if (chosen === undefined) return
    const value = 'value' in chosen ? chosen.value : text('value')
    const effect = writtenEffect(chosen.name, chosen.at, value)
    void change(() => server.request('POST /faults', { body: { on: text('on'), ...effect, ...limits } }))
  }
  return (
    <section aria-labelledby="new-fault">
      <h2 id="new-fault">New fault</h2>
      <form class="stacked" onSubmit={add}>
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
          <label key={chosen.words}>
            <span>{chosen.label}</span>
            <input name="value" required defaultValue={chosen.usual} autocomplete="off" />
          </label>
        )}
        <div class="together">
          <label>
            <span>At most (times)</span>
            <input name="times" inputMode="numeric" placeholder="always" autocomplete="off" />
          </label>
          <label>
            <span>For</span>
            <input name="for" placeholder="such as 10m" autocomplete="off" />
          </label>
          <label>
            <span>Only for user</span>
            <input name="user" placeholder="everybody" autocomplete="off" />
          </label>
        </div>
        <Button type="submit" look="main" icon="plus">
          Put in force
        </Button>
      </form>
    </section>
  )
}
