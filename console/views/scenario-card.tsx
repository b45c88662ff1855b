import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { Button } from '../parts/button.tsx'
import { useAsked } from '../model/asked.ts'
import { play, reset } from '../model/actions.ts'
import { dialog } from '../model/dialogs.ts'
import { server, state } from '../model/live.ts'

/** What is played, and what could be. */
export function ScenarioCard(): JSX.Element {
  const chosen = useSignal('')
  const scenarios = useAsked(() => server.request('GET /scenarios'), []).value?.scenarios ?? []
  const playing = state.value?.scenario
  const selected = chosen.value === '' ? (playing?.name ?? '') : chosen.value
  return (
    <section aria-labelledby="scenario-title">
      <h2 id="scenario-title">Scenario</h2>
      <p>
        <b>{playing?.name}</b> is played. {playing?.description}
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void play(selected, `${selected} is played`)
        }}
      >
        <label>
          <span>Another one</span>
          <select
            value={selected}
            onChange={(event) => {
              chosen.value = event.currentTarget.value
            }}
          >
            {scenarios.some(({ name }) => name === playing?.name) ? null : (
              <option value={playing?.name}>{playing?.name}</option>
            )}
            {scenarios.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <Button type="submit" look="main" icon="play">
          Play
        </Button>
        <Button icon="reset" onClick={() => void reset()}>
          Start again
        </Button>
        <Button
          onClick={() => {
            dialog.value = { kind: 'edit' }
          }}
        >
          Edit…
        </Button>
      </form>
      <p class="hint">{scenarios.find(({ name }) => name === selected)?.description}</p>
    </section>
  )
}
