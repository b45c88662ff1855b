import { useSignal } from '@preact/signals'
import type { JSX, TargetedEvent } from 'preact'
import { Button } from '../parts/button.tsx'
import { change } from '../model/actions.ts'
import { apis } from '../model/live.ts'
import type { JsonObject } from '../server/types.ts'

/** What a fault can do, in the words of a person, and how that is written. */
const effects = {
  status: {
    name: 'answers with a status',
    unit: 'status',
    usual: '503',
    spec: (value: string) => ({ reply: { status: Number(value) } }),
  },
  delay: { name: 'answers late', unit: 'after', usual: '5s', spec: (value: string) => ({ delay: value }) },
  reset: { name: 'resets the connection', spec: () => ({ break: 'reset' }) },
  truncate: { name: 'cuts the answer off', spec: () => ({ break: 'truncate' }) },
  malformed: { name: 'spoils the form of the answer', spec: () => ({ break: 'malformed' }) },
  omit: {
    name: 'leaves a member out of the answer',
    unit: 'member',
    usual: 'state',
    spec: (value: string) => ({ omit: value }),
  },
  dropCookie: { name: 'sets no cookie', spec: () => ({ dropCookie: true }) },
} as const satisfies {
  readonly [name: string]: {
    readonly name: string
    readonly unit?: string
    readonly usual?: string
    readonly spec: (value: string) => JsonObject
  }
}
type Effect = keyof typeof effects

/** Puts a fault in force. */
export function FaultForm(): JSX.Element {
  const effect = useSignal<Effect>('status')
  const chosen: { readonly unit?: string; readonly usual?: string; readonly spec: (value: string) => JsonObject } =
    effects[effect.value]
  const add = (event: TargetedEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const text = (name: string): string => String(data.get(name) ?? '').trim()
    const limits: JsonObject = {
      ...(text('user') === '' ? {} : { user: text('user') }),
      ...(text('times') === '' ? {} : { times: Number(text('times')) }),
      ...(text('for') === '' ? {} : { for: text('for') }),
    }
    void change('POST', '/faults', { on: text('on'), ...chosen.spec(text('value')), ...limits })
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
            value={effect.value}
            onChange={(event) => {
              effect.value = event.currentTarget.value as Effect
            }}
          >
            {Object.entries(effects).map(([name, { name: words }]) => (
              <option key={name} value={name}>
                {words}
              </option>
            ))}
          </select>
        </label>
        {chosen.unit === undefined ? null : (
          <label key={effect.value}>
            <span>{chosen.unit}</span>
            <input name="value" required defaultValue={chosen.usual ?? ''} autocomplete="off" />
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
