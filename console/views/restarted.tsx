import type { JSX } from 'preact'
import { Button } from '../parts/button.tsx'
import { loss, putBack } from '../model/restart.ts'

/** Most people read no more than so many. */
const told = 3

/** That the server was started again, what it does not know any more, and a way to have what can be put back. */
export function Restarted(): JSX.Element | null {
  const lost = loss.value
  if (lost === undefined) return null
  const { requests, changes, users, settings } = lost
  const counts = [count(requests, 'request'), count(changes.length, 'change')]
    .filter((each) => each !== '')
    .join(' and ')
  const some = changes.slice(-told).join('; ')
  const more = changes.length > told ? `; and ${changes.length - told} before` : ''
  return (
    <div class="restarted" role="alert">
      <p>
        <strong>The server was started again, and {counts} are gone.</strong> {some === '' ? '' : `${some}${more}.`}
      </p>
      {users.length + settings.length === 0 ? null : (
        <Button onClick={() => void putBack(lost)}>
          Restore {[count(users.length, 'user'), settings.length === 0 ? '' : 'settings'].filter(Boolean).join(' and ')}
        </Button>
      )}
      <Button
        look="quiet"
        onClick={() => {
          loss.value = undefined
        }}
      >
        Leave it
      </Button>
    </div>
  )
}

function count(many: number, what: string): string {
  return many === 0 ? '' : `${many} ${what}${many === 1 ? '' : 's'}`
}
