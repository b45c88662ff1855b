import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { toProblem } from '../server/problem.ts'

/** What was asked for: not there yet, there, or why not. */
export interface Asked<Value> {
  readonly value: Value | undefined
  readonly wrong: string | undefined
}

/** Asks when it is first shown and whenever `about` changes; the last answer stays until the next. */
export function useAsked<Value>(ask: () => Promise<Value>, about: readonly unknown[]): Asked<Value> {
  const asked = useSignal<Asked<Value>>({ value: undefined, wrong: undefined })
  useEffect(() => {
    let isLatest = true
    const run = async (): Promise<void> => {
      const next: Asked<Value> = await ask().then(
        (value) => ({ value, wrong: undefined }),
        (error: unknown) => ({ value: undefined, wrong: toProblem(error).message }),
      )
      if (isLatest) asked.value = next
    }
    void run()
    return () => {
      isLatest = false
    }
  }, about)
  return asked.value
}
