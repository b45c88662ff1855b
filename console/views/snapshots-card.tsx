import type { JSX } from 'preact'
import { Button, IconButton } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { FormField } from '../parts/form-field.tsx'
import { change, tryChange } from '../model/actions.ts'
import { dialog } from '../model/dialogs.ts'
import { useForm } from '../model/form.ts'
import { server, snapshots } from '../model/live.ts'
import { act } from '../model/messages.ts'
import { saveFile } from '../model/save-file.ts'
import type { Problem } from '../server/problem.ts'

/** The world as it is now, to come back to. */
export function SnapshotsCard(): JSX.Element {
  const form = useForm(['name'], 'name', (text) => save(text('name')), true)
  return (
    <section aria-labelledby="snapshots-title">
      <h2 id="snapshots-title">Snapshots</h2>
      <form onSubmit={form.onSubmit} onInput={form.onInput}>
        <FormField form={form} name="name" label="Keep this world as" required placeholder="before-the-block" />
        <Button type="submit" look="main" icon="plus">
          Save
        </Button>
        <Button
          icon="download"
          onClick={() => {
            dialog.value = { kind: 'script', as: 'scenario' }
          }}
        >
          Save as scenario
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

function save(name: string): Promise<Problem | undefined> {
  return tryChange(() => server.request('POST /snapshots', { body: { name } }), `${name} was saved`)
}

function download(name: string): Promise<boolean> {
  return act(async () => {
    const snapshot = await server.request('GET /snapshots/{name}', { params: { name } })
    saveFile(`${name}.json`, 'application/json', `${JSON.stringify(snapshot, null, 2)}\n`)
  })
}
