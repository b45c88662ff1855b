import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { Button } from '../parts/button.tsx'
import { state } from '../model/live.ts'
import { FaultForm, type Whose } from './fault-form.tsx'
import { FaultRow } from './faults.tsx'

/** What goes wrong for one user: the faults that are in force for nobody else, and the way to another. */
export function NextAnswer({ whose }: { readonly whose: Whose }): JSX.Element {
  const open = useSignal(false)
  const mine = (state.value?.faults ?? []).filter(
    ({ spec: { on, user } }) => user === whose.username && (on === '*' || on.startsWith(`${whose.api.id}.`)),
  )
  return (
    <div class="next-answer">
      <ul class="rows faults">
        {mine.map((fault) => (
          <FaultRow key={fault.id} fault={fault} />
        ))}
      </ul>
      <Button
        aria-expanded={open.value}
        onClick={() => {
          open.value = !open.value
        }}
      >
        The next answer…
      </Button>
      {open.value ? <FaultForm whose={whose} /> : null}
    </div>
  )
}
