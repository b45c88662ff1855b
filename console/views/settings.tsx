import type { JSX } from 'preact'
import { FieldInput } from '../parts/field-input.tsx'
import { setApi } from '../model/actions.ts'
import { apis } from '../model/live.ts'
import { toast } from '../model/messages.ts'

/** Every setting of every API, in force as soon as it is changed. */
export function SettingsView(): JSX.Element {
  return (
    <div class="settings">
      <p class="hint">A change is in force at once. Reset brings back what the scenario says.</p>
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
                change={(value) => void setApi(api.id, { [name]: value })}
                wrong={(why) => toast('bad', `${name} was not set`, why)}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  )
}
