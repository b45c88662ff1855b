import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { toFragment } from '../../src/scenario/link.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { copy } from '../model/copy.ts'
import { Switch } from '../parts/switch.tsx'
import { closeDialog } from '../model/dialogs.ts'
import { server, state } from '../model/live.ts'
import { token } from '../model/token.ts'
import { act } from '../model/messages.ts'
import { saveFile } from '../model/save-file.ts'

/** More would make a link that is too long for most places. */
const mostRequests = 20

/** The world as it is now, to pass on: as one link or one file, without its secrets. */
export function ShareDialog(): JSX.Element {
  const note = useSignal('')
  const withRequests = useSignal(false)
  const codes = useSignal(false)
  const shared = useSignal<{ readonly link: string; readonly file: string } | undefined>(undefined)
  const field = useRef<HTMLTextAreaElement>(null)
  const make = (): Promise<boolean> =>
    act(async () => {
      const body = { note: note.value.trim(), requests: withRequests.value ? mostRequests : 0, codes: codes.value }
      const { world, file } = await server.request('POST /share', { body })
      const { origin, pathname } = location
      shared.value = { link: `${origin}${pathname}${await toFragment(world)}`, file }
    })
  useEffect(() => {
    void make()
  }, [])
  const link = shared.value?.link ?? ''
  return (
    <Dialog title="Share this world" close={closeDialog}>
      <label class="stacked">
        <span>What is wrong?</span>
        <input
          value={note.value}
          placeholder={state.value?.scenario.description ?? ''}
          autocomplete="off"
          onInput={(event) => {
            note.value = event.currentTarget.value
            void make()
          }}
        />
      </label>
      <p class="together">
        <Switch
          label="With requests"
          on={withRequests.value}
          change={(on) => {
            withRequests.value = on
            codes.value = on && codes.value
            void make()
          }}
        />
        <span>With the latest {mostRequests} requests, masked</span>
      </p>
      {withRequests.value ? (
        <p class="together">
          <Switch
            label="With codes"
            on={codes.value}
            change={(on) => {
              codes.value = on
              void make()
            }}
          />
          <span>With what their users sign in with, so that it can be done again</span>
        </p>
      ) : null}
      <label class="stacked">
        <span>A link to it, which any console opens</span>
        <textarea ref={field} readOnly rows={3} value={link} spellcheck={false} />
      </label>
      <div class="buttons">
        <Button
          look="main"
          icon="copy"
          disabled={link === ''}
          onClick={() => void copy(link, 'The link', field.current)}
        >
          Copy the link
        </Button>
        {token.value === '' ? null : (
          <Button
            icon="key"
            disabled={link === ''}
            title="Lets one person in who has no token, once and within an hour"
            onClick={() => void copyForOne(link)}
          >
            Copy a link for one use
          </Button>
        )}
        <Button
          icon="download"
          disabled={link === ''}
          onClick={() => saveFile('repro.yaml', 'application/yaml', shared.value?.file ?? '')}
        >
          Download repro.yaml
        </Button>
        <span class="size">{link === '' ? '' : `${link.length} characters`}</span>
      </div>
      <p class="hint">
        Passwords, PINs, tokens and the ids of sessions are replaced by made-up ones
        {codes.value ? ', but for those' : ''}. Names and e-mail addresses stay. A developer plays the file with{' '}
        <code>understudy serve repro.yaml</code>, in a test with <code>createWorld('./repro.yaml')</code>, or opens the
        link.
      </p>
    </Dialog>
  )
}

async function copyForOne(link: string): Promise<void> {
  await act(async () => {
    const { pass } = await server.request('POST /passes')
    await copy(link.replace('#', `#pass=${pass}&`), 'The link for one use')
  })
}
