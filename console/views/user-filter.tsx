import type { JSX } from 'preact'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { Choice } from '../parts/choice.tsx'
import { wrongUsers } from '../model/filter.ts'
import { apis, state } from '../model/live.ts'
import { seek, seekAll, sought, userWords } from '../model/place.ts'

/** How users are looked for: by words, by their state, by whose they are. */
export function UserFilter(): JSX.Element {
  const { find, state: wanted, api } = sought.value
  const states = new Set(apis.value.flatMap(({ fields }) => fields.states.filter((word) => word !== 'expired')))
  return (
    <>
      <input
        type="search"
        aria-label="Look for a user"
        placeholder="Name, address, state …"
        value={find}
        onInput={(event) => seek({ find: event.currentTarget.value })}
      />
      <Choice
        label="State"
        none="any state"
        words={[...states].map((word) => [word, word])}
        value={wanted}
        choose={(word) => seek({ state: word })}
      />
      {apis.value.length > 1 ? (
        <Choice
          label="API"
          none="every API"
          words={apis.value.map(({ id, title }) => [id, title])}
          value={api}
          choose={(word) => seek({ api: word })}
        />
      ) : null}
    </>
  )
}

/** What there is none of, and the way back. */
export function NoUsers(): JSX.Element {
  const { find, state: wanted, api } = sought.value
  const whose = apis.value.find(({ id }) => id === api)?.title
  const words = [
    `No user${whose === undefined ? '' : ` of ${whose}`}`,
    find.trim() === '' ? '' : `with "${find.trim()}" in the username, a name or an address`,
    wanted === '' ? '' : `is ${wanted}`,
  ]
  const told = words.filter((part) => part !== '').join(' ')
  return (
    <Empty>
      {wrongUsers.value ?? `${told}${wanted === '' && find.trim() !== '' ? ' was found' : ''}.`}{' '}
      <Button look="quiet" onClick={() => seekAll(userWords)}>
        Show all {state.value?.users}
      </Button>
    </Empty>
  )
}
