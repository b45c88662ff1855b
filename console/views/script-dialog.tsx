import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import type { ScriptKind } from '../../src/control/script-routes.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { useAsked } from '../model/asked.ts'
import { copy } from '../model/copy.ts'
import { closeDialog } from '../model/dialogs.ts'
import { server } from '../model/live.ts'
import { saveFile } from '../model/save-file.ts'

const kinds: { readonly [kind in ScriptKind]: string } = {
  cli: 'a shell script, of commands and curl',
  vitest: 'a test for Vitest',
  playwright: 'a test for Playwright',
  scenario: 'a scenario: the world as it is now',
}

/** What was forced and asked, as a file that does it again. */
export function ScriptDialog({ as }: { readonly as: ScriptKind }): JSX.Element {
  const kind = useSignal(as)
  const field = useRef<HTMLTextAreaElement>(null)
  const { value, wrong } = useAsked(() => server.request('GET /script', { query: { as: kind.value } }), [kind.value])
  return (
    <Dialog title="What I did" close={closeDialog}>
      <label class="stacked">
        <span>As</span>
        <select
          value={kind.value}
          onChange={(event) => {
            kind.value = event.currentTarget.value as ScriptKind
          }}
        >
          {Object.entries(kinds).map(([each, words]) => (
            <option key={each} value={each}>
              {words}
            </option>
          ))}
        </select>
      </label>
      {wrong === undefined ? null : <p class="wrong">{wrong}</p>}
      <label class="stacked">
        <span>{value === undefined ? '…' : value.name}</span>
        <textarea ref={field} readOnly rows={12} class="code" value={value?.file ?? ''} spellcheck={false} wrap="off" />
      </label>
      <div class="buttons">
        <Button
          look="main"
          icon="download"
          disabled={value === undefined}
          onClick={() => saveFile(value?.name ?? '', 'text/plain', value?.file ?? '')}
        >
          Download
        </Button>
        <Button
          icon="copy"
          disabled={value === undefined}
          onClick={() => void copy(value?.file ?? '', 'The text', field.current)}
        >
          Copy
        </Button>
        <span class="size">
          {value === undefined || kind.value === 'scenario'
            ? ''
            : `${value.changes} forced, ${value.requests} asked${value.remarks.length === 0 ? '' : `, ${value.remarks.length} left out`}`}
        </span>
      </div>
      <p class="hint">
        Passwords and PINs of the scenario's users stand in it. What was typed and is nobody's is replaced by something
        of the same form. It begins where the world last began: with the scenario, or a snapshot.
      </p>
    </Dialog>
  )
}
