import type { JSX } from 'preact'
import { Button, IconButton } from '../parts/button.tsx'
import { Countdown } from '../parts/countdown.tsx'
import { Empty } from '../parts/empty.tsx'
import { change } from '../model/actions.ts'
import { now } from '../model/clock.ts'
import { server, state } from '../model/live.ts'
import type { State } from '../server/types.ts'
import { FaultForm } from './fault-form.tsx'

type Fault = State['faults'][number]

/** What goes wrong on purpose. */
export function FaultsView(): JSX.Element {
  const faults = state.value?.faults ?? []
  return (
    <div class="columns">
      <section aria-labelledby="faults-title">
        <div class="bar">
          <h2 id="faults-title">Faults in force</h2>
          {faults.length === 0 ? null : (
            <Button onClick={() => void change(() => server.request('DELETE /faults'))}>Take all off</Button>
          )}
        </div>
        {faults.length === 0 ? <Empty>None. Every request is answered as the contract says.</Empty> : null}
        <ul class="rows faults">
          {faults.map((fault) => (
            <FaultRow key={fault.id} fault={fault} />
          ))}
        </ul>
      </section>
      <FaultForm />
    </div>
  )
}

/** One fault: what it does, how often it did, and the way to take it off. */
export function FaultRow({ fault: { id, what, seen, struck, until } }: { readonly fault: Fault }): JSX.Element {
  return (
    <li class="row fault">
      <code>{id}</code>
      <span class="what">{what}</span>
      <span class="counts">
        struck {struck} of {seen}
      </span>
      {until === undefined ? null : <Countdown until={until} now={now} what="ends at" />}
      <IconButton
        icon="x"
        label={`Take fault ${id} off`}
        onClick={() => void change(() => server.request('DELETE /faults/{id}', { params: { id } }))}
      />
    </li>
  )
}
