import { useSignal } from '@preact/signals'
import type { TargetedEvent } from 'preact'
import { useId } from 'preact/hooks'
import type { Problem } from '../server/problem.ts'
import { toast } from './messages.ts'

/** A form whose errors stand at the fields that they are about, and go when these are written anew. */
export interface Form {
  readonly id: string
  readonly wrong: (name: string) => string | undefined
  readonly onInput: (event: TargetedEvent<HTMLFormElement>) => void
  readonly onSubmit: (event: TargetedEvent<HTMLFormElement>) => void
}

/** Sends what the form holds; what is wrong with none of `names` is told at `rest`. `isEmptied` once that worked. */
export function useForm(
  names: readonly string[],
  rest: string,
  send: (text: (name: string) => string) => Promise<Problem | undefined>,
  isEmptied = false,
): Form {
  const id = useId()
  const wrong = useSignal<ReadonlyMap<string, string>>(new Map())
  const run = async (form: HTMLFormElement): Promise<void> => {
    const data = new FormData(form)
    const problem = await send((name) => String(data.get(name) ?? '').trim())
    if (problem === undefined && isEmptied) form.reset()
    wrong.value = problem === undefined ? new Map() : problem.byField(names, rest)
    // Some forms have no such field at times.
    if (problem !== undefined && problem.status !== 401)
      for (const [name, why] of wrong.value) if (!form.elements.namedItem(name)) toast('bad', problem.title, why)
  }
  return {
    id,
    wrong: (name) => wrong.value.get(name),
    onInput: () => {
      wrong.value = new Map()
    },
    onSubmit: (event) => {
      event.preventDefault()
      void run(event.currentTarget)
    },
  }
}
