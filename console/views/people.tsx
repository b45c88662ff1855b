import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { StateBadge } from '../parts/badge.tsx'
import { Opener } from '../parts/opener.tsx'
import { apis, users } from '../model/live.ts'
import type { User } from '../server/types.ts'
import { UserRow } from './user-row.tsx'

/** Who is in several systems under one name: one row each, with a state per system. */
export function People(): JSX.Element | null {
  const id = useId()
  const people = byPerson(users.value?.users ?? [])
  if (people.size === 0) return null
  return (
    <section class="api people" aria-labelledby={id}>
      <header>
        <h3 id={id}>In several systems</h3>
      </header>
      <ul class="rows">
        {[...people].map(([name, theirs]) => (
          <PersonRow key={name} name={name} theirs={theirs} />
        ))}
      </ul>
    </section>
  )
}

/** One person: the state in each system, and everything else of each once it is opened. */
function PersonRow({ name, theirs }: { readonly name: string; readonly theirs: readonly User[] }): JSX.Element {
  const open = useSignal(false)
  const id = useId()
  const placed = theirs.flatMap((user) => {
    const api = apis.value.find((each) => each.id === user.api)
    return api === undefined ? [] : [{ api, user }]
  })
  return (
    <li class="row person">
      <Opener
        id={id}
        isOpen={open.value}
        toggle={() => {
          open.value = !open.value
        }}
      >
        <span class="name">{name}</span>
        <span class="systems">
          {placed.map(({ api, user }) => (
            <span key={`${api.id} ${user.username}`} class="system">
              <span class="title">{user.username === name ? api.title : `${api.title}, ${user.username}`}</span>
              <StateBadge state={user.state} meets={user.meets} />
            </span>
          ))}
        </span>
      </Opener>
      <div id={id} hidden={!open.value}>
        {open.value ? (
          <ul class="rows">
            {placed.map(({ api, user }) => (
              <UserRow key={`${api.id} ${user.username}`} api={api} user={user} isOfPerson />
            ))}
          </ul>
        ) : null}
      </div>
    </li>
  )
}

function byPerson(found: readonly User[]): ReadonlyMap<string, readonly User[]> {
  const people = new Map<string, User[]>()
  for (const user of found) {
    if (user.person === undefined) continue
    const theirs = people.get(user.person)
    if (theirs === undefined) people.set(user.person, [user])
    else theirs.push(user)
  }
  return people
}
