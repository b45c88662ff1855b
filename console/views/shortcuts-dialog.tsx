import type { JSX } from 'preact'
import { Dialog } from '../parts/dialog.tsx'
import { Switch } from '../parts/switch.tsx'
import { closeDialog } from '../model/dialogs.ts'
import { keys } from '../model/keys.ts'
import { shortcuts } from '../model/preferences.ts'

/** Every key that does something. */
export function ShortcutsDialog(): JSX.Element {
  return (
    <Dialog title="Keys" close={closeDialog}>
      <dl class="keys">
        {keys.map(({ key, what }) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <h3>In the buttons of a user</h3>
      <dl class="keys">
        <div>
          <dt>
            <kbd>←</kbd> <kbd>→</kbd>
          </dt>
          <dd>another state</dd>
        </div>
        <div>
          <dt>
            <kbd>↑</kbd> <kbd>↓</kbd>
          </dt>
          <dd>another user</dd>
        </div>
        <div>
          <dt>
            <kbd>1</kbd> – <kbd>9</kbd>
          </dt>
          <dd>puts the user into the first, second … state</dd>
        </div>
      </dl>
      <p class="together">
        <Switch
          label="Single keys"
          on={shortcuts.value === 'on'}
          change={(on) => {
            shortcuts.value = on ? 'on' : 'off'
          }}
        />
        <span aria-hidden="true">Single keys do something</span>
      </p>
    </Dialog>
  )
}
