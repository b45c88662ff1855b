import type { JSX } from 'preact'
import { Button } from '../parts/button.tsx'
import { dialog } from '../model/dialogs.ts'

/** Opens a world that somebody shared: a link, or a file. */
export function OpenCard(): JSX.Element {
  const open = (text: string): void => {
    dialog.value = { kind: 'open', text }
  }
  return (
    <section aria-labelledby="open-title">
      <h2 id="open-title">Shared worlds</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          open(String(new FormData(event.currentTarget).get('link')))
        }}
      >
        <label>
          <span>Open a link</span>
          <input name="link" required placeholder="http://…/__understudy/#world=…" autocomplete="off" />
        </label>
        <Button type="submit">Open</Button>
      </form>
      <label class="file">
        <span>Open a file</span>
        <input
          type="file"
          accept=".yaml,.yml,.json"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? []
            if (file !== undefined) void file.text().then(open)
          }}
        />
      </label>
      <p class="hint">Share, at the top, makes such links and files.</p>
    </section>
  )
}
