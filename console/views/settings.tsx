import type { JSX } from 'preact'
import { FieldInput } from '../parts/field-input.tsx'
import { tryApi } from '../model/actions.ts'
import { apis } from '../model/live.ts'

/** Every setting of every API, in force as soon as it is set. */
export function SettingsView(): JSX.Element {
  return (
    <div class="settings">
      <p class="hint">
        A text is in force with Enter or <i>Set</i>, everything else at once. Reset brings back what the scenario says.
      </p>
      {apis.value.map((api) => (
        <section key={api.id} aria-labelledby={`settings-${api.id}`}>
          <h2 id={`settings-${api.id}`}>{api.title}</h2>
          <div class="fields">
            {Object.entries(api.fields.settings).map(([name, field]) => (
              <FieldInput
                key={name}
                name={name}
                field={field}
                value={api.settings[name]}
                set={async (value) => (await tryApi(api.id, { [name]: value }))?.byField([], name).get(name)}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  )
}
