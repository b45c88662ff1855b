import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { apis, requestTotal, changes, server, users } from '../model/live.ts'
import { useAsked } from '../model/asked.ts'
import { chosen } from '../model/sequence.ts'
import { requests } from '../model/live.ts'
import { saveFile } from '../model/save-file.ts'
import { SequencePicture } from './sequence-picture.tsx'
import { SequenceText } from './sequence-text.tsx'
import { toStandalone } from './standalone-svg.ts'

/** What one user did and met, as a picture from top to bottom. */
export function SequenceView(): JSX.Element {
  const picture = useRef<HTMLDivElement>(null)
  const who = chosen.value ?? busiest()
  const [api, username] = [who?.api ?? '', who?.username ?? '']
  // Both are told with every event.
  const version = `${requestTotal.value}:${changes.value.length}`
  const { value: told, wrong } = useAsked(
    async () =>
      username === ''
        ? undefined
        : server.request('GET /users/{api}/{username}/sequence', { params: { api, username } }),
    [api, username, version],
  )
  const steps = told?.steps ?? []
  return (
    <section class="sequence" aria-labelledby="sequence-title">
      <div class="bar">
        <h2 id="sequence-title">Sequence</h2>
        <UserPicker api={api} username={username} />
        <Button
          icon="download"
          disabled={steps.length === 0}
          onClick={() => {
            const svg = picture.current?.querySelector('svg')
            if (svg !== null && svg !== undefined)
              saveFile(`${username.replaceAll('/', '-')}.svg`, 'image/svg+xml', toStandalone(svg))
          }}
        >
          Save the picture
        </Button>
      </div>
      {wrong === undefined ? null : <Empty>{wrong}</Empty>}
      {told !== undefined && steps.every(({ kind }) => kind === 'change') ? (
        <Empty>{username} has not sent anything yet. What the app does with this user shows here as it happens.</Empty>
      ) : null}
      <div ref={picture} class="picture">
        {told === undefined || steps.length === 0 ? null : (
          <SequencePicture user={told} steps={steps} title={apis.value.find(({ id }) => id === api)?.title ?? api} />
        )}
      </div>
      {steps.length === 0 ? null : <SequenceText steps={steps} />}
    </section>
  )
}

/** Whoever was the last to send something, or the first user there is. */
function busiest(): { readonly api: string; readonly username: string } | undefined {
  const last = requests.value.findLast(({ user, api }) => user !== undefined && api !== undefined && isUser(api, user))
  if (last?.api !== undefined && last.user !== undefined) return { api: last.api, username: last.user }
  return users.value?.users[0]
}

function isUser(api: string, username: string): boolean {
  return users.value?.users.some((user) => user.api === api && user.username === username) ?? false
}

function UserPicker({ api, username }: { readonly api: string; readonly username: string }): JSX.Element {
  return (
    <label class="picker">
      <span>of</span>
      <select
        value={`${api} ${username}`}
        onChange={(event) => {
          const [id = '', ...name] = event.currentTarget.value.split(' ')
          chosen.value = { api: id, username: name.join(' ') }
        }}
      >
        {apis.value.map(({ id, title }) => (
          <optgroup key={id} label={title}>
            {users.value?.users
              .filter((user) => user.api === id)
              .map((user) => (
                <option key={user.username} value={`${id} ${user.username}`}>
                  {user.username}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </label>
  )
}
