import type { JSX } from 'preact'
import { Button } from '../parts/button.tsx'
import { FieldInput } from '../parts/field-input.tsx'
import { resetApi, tryApi } from '../model/actions.ts'
import { apis } from '../model/live.ts'

/** Every setting of every API, in force as soon as it is set. */
export function SettingsView(): JSX.Element {
  return (
    <div class="settings">
      <p class="hint">
        A text is in force with Enter or <i>Set</i>, everything else at once. What differs from the scenario says so,
        and goes back one by one.
      </p>
      {apis.value.map((api) => (
        <section key={api.id} aria-labelledby={`settings-${api.id}`}>
          <div class="bar">
            <h2 id={`settings-${api.id}`}>{api.title}</h2>
            {Object.keys(api.changed).length === 0 ? null : (
              <Button icon="reset" onClick={() => void resetApi(api.id)}>
                All {Object.keys(api.changed).length} back to scenario
              </Button>
            )}
          </div>
          <div class="fields">
            {Object.entries(api.fields.settings).map(([name, field]) => (
              <FieldInput
                key={name}
                name={name}
                field={field}
                value={api.settings[name]}
                {...(name in api.changed
                  ? { before: api.changed[name] ?? null, back: () => void resetApi(api.id, name) }
                  : {})}
                set={async (value) => (await tryApi(api.id, { [name]: value }))?.byField([], name).get(name)}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  )
}
