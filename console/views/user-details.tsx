import type { JSX } from 'preact'
import { StateBadge } from '../parts/badge.tsx'
import { Button } from '../parts/button.tsx'
import { FieldInput } from '../parts/field-input.tsx'
import type { ApiView, Fields, User } from '../server/types.ts'
import { removeUser, setUser, tryUser } from '../model/actions.ts'
import { useAsked } from '../model/asked.ts'
import { now } from '../model/clock.ts'
import { dialog } from '../model/dialogs.ts'
import { changes, requestTotal, server } from '../model/live.ts'
import { lockOf, type Lasting } from '../model/lasting.ts'
import { requestWords, seek, seekAll, show } from '../model/place.ts'
import { chosen } from '../model/sequence.ts'
import { HowLong } from './how-long.tsx'
import { NextAnswer } from './next-answer.tsx'

/** Everything else of one user: what an authenticator app shows, sessions, and every fact that can be set. */
export function UserDetails({
  api,
  user,
  lasting,
}: {
  readonly api: ApiView
  readonly user: User
  readonly lasting: Lasting
}): JSX.Element {
  const { username, failures, limit } = user
  const lock = lockOf(api)
  const { value: told } = useAsked(
    () => server.request('GET /sessions', { query: { limit: 1000 } }),
    // Requests open and end sessions, changes do, and so does time.
    [requestTotal.value, changes.value, user],
  )
  const open = (told?.sessions ?? []).filter((session) => session.api === api.id && session.username === username)
  return (
    <>
      <div class="facts">
        <dl>
          {nameOf(user) === '' ? null : <Fact name="name">{nameOf(user)}</Fact>}
          <CodeFact api={api} user={user} />
          {failures === undefined || limit === undefined ? null : (
            <Fact name="failures">
              <span class="stepper">
                <Button
                  disabled={failures === 0}
                  title="One failure less"
                  onClick={() => void setUser(api.id, username, { failures: failures - 1 })}
                >
                  −
                </Button>
                {failures} of {limit}
                <Button
                  disabled={failures >= limit - 1}
                  title="One failure more"
                  onClick={() => void setUser(api.id, username, { failures: failures + 1 })}
                >
                  +
                </Button>
                <Button
                  disabled={failures === limit - 1}
                  onClick={() => void setUser(api.id, username, { failures: limit - 1 })}
                >
                  One before the limit
                </Button>
              </span>
            </Fact>
          )}
          <Fact name="sessions">
            {open.length === 0 ? 'none' : null}
            <ul class="sessions">
              {open.map((session) => (
                <li key={session.id}>
                  <code>{session.id}</code> <StateBadge state={session.state} meets={session.meets} />
                </li>
              ))}
            </ul>
          </Fact>
        </dl>
        <p class="links">
          <Button
            onClick={() => {
              chosen.value = { api: api.id, username }
              show('sequence')
            }}
          >
            Sequence of {username}
          </Button>
          <Button
            onClick={() => {
              seekAll(requestWords)
              seek({ user: username })
              show('requests')
            }}
          >
            Requests of {username}
          </Button>
          <Button
            title="Has something happen to this user later"
            onClick={() => {
              dialog.value = { kind: 'schedule', user: user.person === undefined ? username : `${api.id}/${username}` }
            }}
          >
            Schedule…
          </Button>
          <Button
            icon="copy"
            onClick={() => {
              dialog.value = { kind: 'clone', api: api.id, username }
            }}
          >
            Clone…
          </Button>
          <Button icon="bin" onClick={() => void removeUser(api.id, username)}>
            Remove
          </Button>
        </p>
      </div>
      <NextAnswer whose={{ api, username }} />
      <div class="fields">
        {lock === undefined ? null : <HowLong api={api} username={username} lock={lock} lasting={lasting} />}
        {Object.entries(settable(api.fields.user)).map(([name, field]) => (
          <FieldInput
            key={name}
            name={name}
            field={field}
            value={field.secret === true ? undefined : user[name]}
            set={async (next) => (await tryUser(api.id, username, { [name]: next }))?.byField([], name).get(name)}
          />
        ))}
      </div>
    </>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: preact.ComponentChildren }): JSX.Element {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** The code that the user's authenticator app shows now; it changes every half minute of the world's clock. */
function CodeFact({ api, user }: { readonly api: ApiView; readonly user: User }): JSX.Element | null {
  const period = Math.floor(now.value / 30_000)
  const { value } = useAsked(
    async () =>
      user['totp'] === undefined
        ? undefined
        : server.request('GET /users/{api}/{username}', { params: { api: api.id, username: user.username } }),
    [api.id, user.username, user['totp'] === undefined, period],
  )
  if (user['totp'] === undefined) return null
  return (
    <Fact name="code in the app">
      <code class="code">{value?.code}</code>
    </Fact>
  )
}

/** What has no control of its own. */
function settable(fields: Fields): Fields {
  const others = new Set(['state', 'failures', 'unblock', 'for', 'until'])
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !others.has(name)))
}

function nameOf({ displayName, firstName, lastName, emailAddress, email }: User): string {
  const name = displayName ?? [firstName, lastName].filter((part) => part !== undefined).join(' ')
  return [name, emailAddress ?? email].filter((part) => part !== undefined && part !== '').join(', ')
}
