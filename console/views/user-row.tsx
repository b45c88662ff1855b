import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useId, useMemo } from 'preact/hooks'
import { StateBadge } from '../parts/badge.tsx'
import { Countdown } from '../parts/countdown.tsx'
import { Opener } from '../parts/opener.tsx'
import { Pips } from '../parts/pips.tsx'
import { Segments, type Action } from '../parts/segments.tsx'
import { now } from '../model/clock.ts'
import { Lasting } from '../model/lasting.ts'
import type { ApiView, User } from '../server/types.ts'
import { UserDetails } from './user-details.tsx'

/** One user: who, in which state, how close to a lock, and any other state at one click. */
export function UserRow({
  api,
  user,
  isOfPerson = false,
}: {
  readonly api: ApiView
  readonly user: User
  /** Below the name of a person, the API says which of their users it is. */
  readonly isOfPerson?: boolean
}): JSX.Element {
  const open = useSignal(false)
  const lasting = useMemo(() => new Lasting(), [])
  const id = useId()
  const { username, state, meets, failures, limit, until } = user
  return (
    <li class="row user">
      <Opener
        id={id}
        isOpen={open.value}
        toggle={() => {
          open.value = !open.value
          // What nobody sees any more must not count.
          lasting.clear()
        }}
      >
        <span class="name">{isOfPerson ? api.title : username}</span>
        <span class="signs">{signsOf(user)}</span>
      </Opener>
      <span class="state">
        <StateBadge state={state} meets={meets} />
      </span>
      <span class="failures">
        {failures === undefined || limit === undefined ? null : <Pips failures={failures} limit={limit} />}
      </span>
      <span class="until">
        {until === undefined ? null : <Countdown until={until} now={now} what={`${state} until`} />}
      </span>
      <Segments
        label={isOfPerson ? `Set ${username} of ${api.title} to` : `Set ${username} to`}
        words={api.fields.states}
        pressed={state}
        {...(api.fields.states.includes('expired') ? { action: endingOf(user) } : {})}
        choose={(word) => void lasting.force(api, username, word)}
      />
      <div id={id} class="details" hidden={!open.value}>
        {open.value ? <UserDetails api={api} user={user} lasting={lasting} /> : null}
      </div>
    </li>
  )
}

/** What `expired` is: no state, as sessions end at once. */
function endingOf({ sessions }: User): Action {
  return {
    word: 'expired',
    label: `end ${sessions}`,
    what: sessions === 1 ? 'session' : 'sessions',
    isIdle: sessions === 0,
  }
}

/** What one signs in with. */
function signsOf(user: User): string {
  const { password, pin, code, totp } = user
  const second = pin ?? code
  const parts = [
    password === undefined ? '' : `password ${String(password)}`,
    second === undefined ? '' : `PIN ${String(second)}`,
    totp === undefined ? '' : 'PIN from an app',
  ]
  return parts.filter((part) => part !== '').join(' · ')
}
