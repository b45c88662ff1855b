import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { Button } from '../parts/button.tsx'
import { useAsked } from '../model/asked.ts'
import { change } from '../model/actions.ts'
import { apis, server } from '../model/live.ts'
import { toast } from '../model/messages.ts'
import { fromText } from '../parts/field-text.ts'
import type { JsonObject, Situation } from '../server/types.ts'

/** The provider states of the contracts: situations with a name, arranged at one click. */
export function SituationCard(): JSX.Element {
  const name = useSignal('')
  const situations = useAsked(() => server.request('GET /pact/states'), []).value?.states ?? []
  const chosen = situations.find((each) => each.name === name.value) ?? situations[0]
  return (
    <section aria-labelledby="situation-title">
      <h2 id="situation-title">Situations</h2>
      <form
        class="stacked"
        onSubmit={(event) => {
          event.preventDefault()
          if (chosen !== undefined) arrange(chosen, new FormData(event.currentTarget))
        }}
      >
        <label>
          <span>Arrange</span>
          <select
            value={chosen?.name ?? ''}
            onChange={(event) => {
              name.value = event.currentTarget.value
            }}
          >
            {apis.value.map((api) => (
              <optgroup key={api.id} label={api.title}>
                {situations
                  .filter((each) => each.api === api.id)
                  .map((each) => (
                    <option key={each.name} value={each.name}>
                      {each.name}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        </label>
        <div class="together" key={chosen?.name ?? ''}>
          {Object.entries(chosen?.params ?? {}).map(([param, field]) => (
            <label key={param}>
              <span>{param}</span>
              <input name={param} title={field.about} placeholder={String(field.default ?? '')} autocomplete="off" />
            </label>
          ))}
        </div>
        <Button type="submit" look="main" icon="play">
          Arrange
        </Button>
      </form>
      <p class="hint">{chosen?.about}</p>
    </section>
  )
}

function arrange(situation: Situation, data: FormData): void {
  const params: { [name: string]: JsonObject[string] } = {}
  for (const [name, field] of Object.entries(situation.params)) {
    const text = String(data.get(name) ?? '').trim()
    if (text === '') continue
    const read = field.kind === 'boolean' ? { value: text === 'true' } : fromText(field, text)
    if (read.value === undefined) {
      toast('bad', `${name} was not understood`, read.wrong)
      return
    }
    params[name] = read.value
  }
  void change(
    () => server.request('POST /pact/states', { body: { state: situation.name, params } }),
    `Arranged: ${situation.name}`,
  )
}
