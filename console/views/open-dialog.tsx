import type { JSX } from 'preact'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import type { Json, JsonObject, Shared } from '../server/types.ts'
import { play } from '../model/actions.ts'
import { useAsked } from '../model/asked.ts'
import { closeDialog } from '../model/dialogs.ts'
import { server } from '../model/live.ts'
import { enterWorld, show, worldName } from '../model/place.ts'

/** Shows what a shared world is, and offers to play it: nothing is changed before that. */
export function OpenDialog({ text }: { readonly text: string }): JSX.Element {
  const { value: shared, wrong } = useAsked(() => server.request('POST /share/read', { body: { text } }), [text])
  return (
    <Dialog title="A shared world" close={closeDialog}>
      {wrong === undefined ? null : <p class="wrong">{wrong}</p>}
      {shared === undefined ? null : <Offer shared={shared} />}
    </Dialog>
  )
}

function Offer({ shared }: { readonly shared: Shared }): JSX.Element {
  const { world, description } = shared
  const isSnapshot = world['kind'] !== undefined
  return (
    <>
      <p class="description">{description === '' ? 'Nobody wrote what it is about.' : description}</p>
      <dl>
        {isSnapshot ? (
          <>
            <dt>taken at</dt>
            <dd>{String(world['takenAt']).replace('T', ' ').replace('Z', ' GMT')}, by the world's clock</dd>
            <dt>scenario</dt>
            <dd>{String(world['name'])}</dd>
            <dt>changed since its start</dt>
            <dd>{changedIn(world['records'] as JsonObject)}</dd>
          </>
        ) : (
          <>
            <dt>it is</dt>
            <dd>a scenario, which begins at its start</dd>
          </>
        )}
      </dl>
      <Requests all={world['requests']} />
      <form
        class="play"
        onSubmit={(event) => {
          event.preventDefault()
          void playApart(world, String(new FormData(event.currentTarget).get('name')).trim())
        }}
      >
        <Button look="main" icon="play" onClick={() => void playHere(world)}>
          Play it here, in world {worldName.value}
        </Button>
        <span>or</span>
        <label>
          <span>in a world of its own</span>
          <input name="name" required defaultValue="repro" pattern="[\w.\-]{1,64}" autocomplete="off" />
        </label>
        <Button type="submit">Play it there</Button>
      </form>
      <p class="hint">Playing it here takes the place of what this world is now. A snapshot brings that back.</p>
    </>
  )
}

const shownMembers = ['id', 'method', 'path', 'status', 'clause', 'because']

/** What was asked before it was shared, to read. */
function Requests({ all }: { readonly all: Json | undefined }): JSX.Element | null {
  if (!Array.isArray(all) || all.length === 0) return null
  const lines = all.map((each: Json) => {
    const told = each as JsonObject
    const [id = '', method = '', path = '', status = '', clause = '', because = ''] = shownMembers.map((name) =>
      String(told[name]),
    )
    return `${id}  ${method} ${path} → ${status} ${clause}: ${because}`
  })
  return (
    <details>
      <summary>
        {lines.length} {lines.length === 1 ? 'request' : 'requests'} before that
      </summary>
      <pre class="code">{lines.join('\n')}</pre>
    </details>
  )
}

async function playApart(world: JsonObject, name: string): Promise<void> {
  enterWorld(name)
  await playHere(world)
}

async function playHere(world: JsonObject): Promise<void> {
  if (!(await play(world, 'The shared world is played'))) return
  closeDialog()
  show('users')
}

function changedIn(records: JsonObject): string {
  const keys = Object.keys(records).filter((key) => key.includes('/'))
  if (keys.length === 0) return 'nothing'
  const names = keys.filter((key) => key.includes('/user:')).map((key) => key.replace(/^.*?\/user:/, ''))
  const others = keys.length - names.length
  return [...names, ...(others === 0 ? [] : [`${others} other ${others === 1 ? 'record' : 'records'}`])].join(', ')
}
