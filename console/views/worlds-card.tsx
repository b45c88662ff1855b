import type { JSX } from 'preact'
import { Badge } from '../parts/badge.tsx'
import { Button, IconButton } from '../parts/button.tsx'
import { change } from '../model/actions.ts'
import { server, worlds } from '../model/live.ts'
import { enterWorld, show, worldName } from '../model/place.ts'

/** The copies of the scenario that requests pick by header or cookie. */
export function WorldsCard(): JSX.Element {
  return (
    <section aria-labelledby="worlds-title">
      <h2 id="worlds-title">Worlds</h2>
      <p>
        Requests with the header or cookie <code>x-understudy-world</code> meet a world of that name; all others meet
        main.
      </p>
      <ul class="rows lines">
        {worlds.value.map(({ name, scenario, requests }) => (
          <li key={name} class="row">
            <b>{name}</b>
            <span class="facts">
              {scenario}, {requests} {requests === 1 ? 'request' : 'requests'}
            </span>
            {name === worldName.value ? (
              <Badge tone="info">shown</Badge>
            ) : (
              <Button onClick={() => enter(name)}>Show</Button>
            )}
            {name === 'main' ? null : (
              <IconButton
                icon="x"
                label={`Drop world ${name}`}
                onClick={() => {
                  if (name === worldName.value) enterWorld('main')
                  void change(() => server.request('DELETE /worlds/{name}', { params: { name } }))
                }}
              />
            )}
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          enter(String(new FormData(event.currentTarget).get('name')).trim())
        }}
      >
        <label>
          <span>A world of its own</span>
          <input
            name="name"
            required
            pattern="[\w.\-]{1,64}"
            title="Up to 64 letters, digits, dots, hyphens and underscores"
            placeholder="my-test"
            autocomplete="off"
          />
        </label>
        <Button type="submit">Make and show</Button>
      </form>
    </section>
  )
}

function enter(name: string): void {
  enterWorld(name)
  show('users')
}
