import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { readUserFile } from '../../src/control/user-file.ts'
import { StateBadge } from '../parts/badge.tsx'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { tryChange } from '../model/actions.ts'
import { useAsked } from '../model/asked.ts'
import { closeDialog } from '../model/dialogs.ts'
import { apis, server } from '../model/live.ts'
import type { JsonObject } from '../server/types.ts'
import { toProblem } from '../server/problem.ts'
import { ApiSelect } from './people-dialogs.tsx'

/** More is told by how many there are. */
const shown = 20

/** Users of a CSV file: who would come is shown before, and all of them come, or nobody. */
export function ImportDialog(): JSX.Element {
  const id = useId()
  const api = useSignal(apis.value.find(({ fields }) => 'pin' in fields.newUser)?.id ?? apis.value[0]?.id ?? '')
  const file = useSignal('users.csv')
  const text = useSignal('')
  const refused = useSignal<string | undefined>(undefined)
  const fields = apis.value.find((each) => each.id === api.value)?.fields.newUser ?? {}
  const { value, wrong } = useAsked(
    async () =>
      text.value.trim() === '' ? undefined : preview(api.value, readUserFile(file.value, text.value, fields)),
    [api.value, text.value],
  )
  const coming = wrong === undefined && text.value.trim() !== '' ? value?.coming : undefined
  const bring = async (users: readonly JsonObject[]): Promise<void> => {
    const problem = await tryChange(() => server.request('POST /users', { body: { api: api.value, users } }))
    refused.value = problem?.message
    if (problem === undefined) closeDialog()
  }
  return (
    <Dialog title="Users of a CSV file" close={closeDialog}>
      <div class="stacked">
        <ApiSelect
          form={{ id, wrong: () => undefined }}
          value={api.value}
          choose={(chosen) => {
            api.value = chosen
          }}
        />
        <label class="file">
          <span>A file</span>
          <input
            type="file"
            accept=".csv,text/csv"
            onChange={async ({ currentTarget: { files } }) => {
              const [given] = files ?? []
              if (given === undefined) return
              file.value = given.name
              text.value = await given.text()
              refused.value = undefined
            }}
          />
        </label>
        <label class="stacked">
          <span>or its lines</span>
          <textarea
            rows={5}
            spellcheck={false}
            placeholder={'username,pin,state\ntess,123456,enter'}
            aria-describedby={`${id}-told`}
            value={text.value}
            onInput={(event) => {
              text.value = event.currentTarget.value
              refused.value = undefined
            }}
          />
        </label>
        <p class="hint">
          The first line names members: username, {Object.keys(fields).join(', ')}. An empty cell says nothing.
        </p>
        <div id={`${id}-told`} role="status">
          {text.value.trim() === '' || (refused.value ?? wrong) === undefined ? null : (
            <p class="wrong">{refused.value ?? wrong}</p>
          )}
          {coming === undefined ? null : <Coming users={coming} />}
        </div>
        <Button
          look="main"
          icon="plus"
          disabled={coming === undefined || coming.length === 0}
          onClick={() => void bring(value?.users ?? [])}
        >
          {coming === undefined ? 'Import' : `Import ${many(coming.length)}`}
        </Button>
      </div>
    </Dialog>
  )
}

type Preview = Awaited<ReturnType<typeof preview>>

/** Who would come. Throws what is wrong with them, by line and column. */
async function preview(api: string, { users, wrong }: ReturnType<typeof readUserFile>) {
  try {
    const { users: coming } = await server.request('POST /users', { body: { api, users, preview: true } })
    return { users, coming }
  } catch (error) {
    const { issues } = toProblem(error)
    throw issues.length === 0 ? error : wrong(issues)
  }
}

function Coming({ users }: { readonly users: Preview['coming'] }): JSX.Element {
  return (
    <>
      <p class="hint">{many(users.length)} would come; nobody has yet.</p>
      <ul class="rows coming-users">
        {users.slice(0, shown).map((user) => (
          <li key={user.username} class="row">
            <b>{user.username}</b> <StateBadge state={user.state} />
          </li>
        ))}
        {users.length > shown ? <li class="row">and {users.length - shown} more</li> : null}
      </ul>
    </>
  )
}

const many = (count: number): string => (count === 1 ? '1 user' : `${count} users`)
