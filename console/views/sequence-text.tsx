import type { JSX } from 'preact'
import { timeOf } from '../model/clock.ts'
import { opened } from '../model/stream.ts'
import { show } from '../model/place.ts'
import type { SequenceRequest, SequenceStep } from '../server/types.ts'

/** The same as the picture, in words; each request leads to everything that is known of it. */
export function SequenceText({ steps }: { readonly steps: readonly SequenceStep[] }): JSX.Element {
  return (
    <details class="in-words">
      <summary>The picture in words</summary>
      <ol>
        {steps.map((step, index) =>
          step.kind === 'change' ? (
            <li key={index} class="note">
              {timeOf(step.at)} {step.what}
            </li>
          ) : (
            <li key={step.id}>
              {timeOf(step.at)}{' '}
              <button
                type="button"
                class="link"
                onClick={() => {
                  opened.value = new Set([...opened.value, step.id])
                  show('requests')
                }}
              >
                {step.method} {step.path}
              </button>{' '}
              was answered {step.status} ({step.clause}: {step.because}){consequence(step)}
            </li>
          ),
        )}
      </ol>
    </details>
  )
}

function consequence({ before, after, session }: SequenceRequest): string {
  const parts = [
    before === undefined || after === undefined || before.state === after.state
      ? ''
      : `the user goes from ${before.state} to ${after.state}`,
    after?.failures === before?.failures || after?.failures === undefined
      ? ''
      : `${after.failures} of ${after.limit} failures`,
    session === undefined || session.before === session.after
      ? ''
      : session.before === undefined
        ? `session ${session.id} is opened`
        : session.after === undefined
          ? `session ${session.id} ends`
          : `session ${session.id} goes from ${session.before} to ${session.after}`,
  ].filter((part) => part !== '')
  return parts.length === 0 ? '' : `; ${parts.join(', ')}`
}
