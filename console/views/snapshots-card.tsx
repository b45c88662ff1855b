import type { JSX } from 'preact'
import { Button, IconButton } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { change } from '../model/actions.ts'
import { server, snapshots } from '../model/live.ts'
import { act } from '../model/messages.ts'
import { saveFile } from '../model/save-file.ts'

/** The world as it is now, to come back to. */
export function SnapshotsCard(): JSX.Element {
  return (
    <section aria-labelledby="snapshots-title">
      <h2 id="snapshots-title">Snapshots</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          const form = event.currentTarget
          const name = String(new FormData(form).get('name')).trim()
          void save(name).then((worked) => worked && form.reset())
        }}
      >
        <label>
          <span>Keep this world as</span>
          <input name="name" required placeholder="before-the-block" autocomplete="off" />
        </label>
        <Button type="submit" look="main" icon="plus">
          Save
        </Button>
      </form>
      {snapshots.value.length === 0 ? (
        <Empty>None was saved. A snapshot brings all of a world back, sessions too.</Empty>
      ) : null}
      <ul class="rows lines">
        {snapshots.value.map(({ name, takenAt, scenario }) => (
          <li key={name} class="row">
            <b>{name}</b>
            <span class="facts">
              {scenario}, {takenAt.replace('T', ' ').replace('Z', '')}
            </span>
            <Button
              onClick={() =>
                void change(
                  () => server.request('POST /snapshots/{name}/restore', { params: { name } }),
                  `${name} is back`,
                )
              }
            >
              Restore
            </Button>
            <IconButton icon="download" label={`Download ${name}`} onClick={() => void download(name)} />
            <IconButton
              icon="x"
              label={`Forget ${name}`}
              onClick={() => void change(() => server.request('DELETE /snapshots/{name}', { params: { name } }))}
            />
          </li>
        ))}
      </ul>
      <p class="hint">
        A snapshot holds the test users' passwords. To pass a world on, share it: secrets are replaced then.
      </p>
    </section>
  )
}

function save(name: string): Promise<boolean> {
  return change(() => server.request('POST /snapshots', { body: { name } }), `${name} was saved`)
}

function download(name: string): Promise<boolean> {
  return act(async () => {
    const snapshot = await server.request('GET /snapshots/{name}', { params: { name } })
    saveFile(`${name}.json`, 'application/json', `${JSON.stringify(snapshot, null, 2)}\n`)
  })
}
