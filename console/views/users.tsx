import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useId } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { Switch } from '../parts/switch.tsx'
import { setApi } from '../model/actions.ts'
import { dialog } from '../model/dialogs.ts'
import { userQuery } from '../model/filter.ts'
import { apis, refresh, shownUsers, users } from '../model/live.ts'
import type { ApiView, FieldView, User } from '../server/types.ts'
import { People } from './people.tsx'
import { RequestsView } from './requests.tsx'
import { NoUsers, UserFilter } from './user-filter.tsx'
import { UserRow } from './user-row.tsx'

/** Where the stream of requests has room beside the users. */
const wide = '(min-width: 73.75em)'

/** The users of every API; on a wide screen beside what they do. */
export function UsersView(): JSX.Element {
  const isWide = useSignal(matchMedia(wide).matches)
  useEffect(() => {
    const query = matchMedia(wide)
    const look = (): void => {
      isWide.value = query.matches
    }
    query.addEventListener('change', look)
    return () => query.removeEventListener('change', look)
  }, [])
  return (
    <>
      <section class="users" aria-labelledby="users-title">
        <div class="bar">
          <h2 id="users-title">Users</h2>
          <UserFilter />
          <span class="coming-and-going">
            <Button
              icon="plus"
              title="Another user"
              onClick={() => {
                dialog.value = { kind: 'add' }
              }}
            >
              Add…
            </Button>
            <Button
              title="Users of a CSV file"
              onClick={() => {
                dialog.value = { kind: 'import' }
              }}
            >
              Import…
            </Button>
          </span>
        </div>
        <People />
        {apis.value.map((api) => (
          <ApiUsers key={api.id} api={api} />
        ))}
        {isSearched() && users.value?.users.length === 0 ? <NoUsers /> : null}
        {users.value?.unseen === undefined ? null : (
          <Empty>
            {users.value.unseen} users of a crowd, whom nobody has met, were not looked at. Their usernames find them.
          </Empty>
        )}
      </section>
      {isWide.value ? <RequestsView /> : null}
    </>
  )
}

const isSearched = (): boolean => userQuery.value !== '{}'

function ApiUsers({ api }: { readonly api: ApiView }): JSX.Element | null {
  const id = useId()
  const mine = (users.value?.users ?? []).filter((user) => user.api === api.id && user.person === undefined)
  const headline = Object.entries(api.fields.settings).find(([, field]) => field.headline !== undefined)
  if (mine.length === 0 && isSearched() && !hasMore(api)) return null
  return (
    <section class="api" aria-labelledby={id}>
      <header>
        <h3 id={id}>{api.title}</h3>
        {api.path === '' ? null : <code class="path">{api.path}</code>}
        {headline === undefined ? null : <Headline api={api} name={headline[0]} field={headline[1]} />}
      </header>
      {users.value === undefined ? null : <List api={api} mine={mine} />}
    </section>
  )
}

function Headline({
  api,
  name,
  field,
}: {
  readonly api: ApiView
  readonly name: string
  readonly field: FieldView
}): JSX.Element {
  return (
    <span class="headline" title={field.about}>
      <span aria-hidden="true">{field.headline}</span>
      <Switch
        label={`${api.title}: ${field.headline}`}
        on={api.settings[name] === true}
        change={(on) => void setApi(api.id, { [name]: on })}
      />
    </span>
  )
}

function List({ api, mine }: { readonly api: ApiView; readonly mine: readonly User[] }): JSX.Element {
  const isShared = users.value?.users.some((user) => user.api === api.id) === true
  return (
    <>
      {mine.length > 0 ? (
        <ul class="rows">
          {mine.map((user) => (
            <UserRow key={user.username} api={api} user={user} />
          ))}
        </ul>
      ) : isSearched() ? null : (
        <Empty>
          {isShared ? 'All of them are in several systems, above.' : `The scenario has no users of ${api.title}.`}
        </Empty>
      )}
      {hasMore(api) ? (
        <Button
          look="quiet"
          onClick={() => {
            shownUsers.value += 200
            void refresh()
          }}
        >
          More users of {api.title}
        </Button>
      ) : null}
    </>
  )
}

const hasMore = ({ id }: ApiView): boolean => users.value?.more?.includes(id) === true
