import type { JSX } from 'preact'

/** More than so many would be counted by nobody. */
const mostPips = 10

/** Failures so far, towards the number that locks. */
export function Pips({ failures, limit }: { readonly failures: number; readonly limit: number }): JSX.Element {
  const words = `${failures} of ${limit} ${limit === 1 ? 'failure' : 'failures'}`
  const full = failures >= limit ? 'pips full' : 'pips'
  if (limit > mostPips) {
    return (
      <span class={full} title={words}>
        <meter min={0} max={limit} value={failures} aria-label={words} />
        <span class="count" aria-hidden="true">
          {failures}/{limit}
        </span>
      </span>
    )
  }
  return (
    <span class={full} role="img" aria-label={words} title={words}>
      {Array.from({ length: limit }, (_, index) => (
        <i key={index} class={index < failures ? 'pip on' : 'pip'} />
      ))}
      <span class="count" aria-hidden="true">
        {failures}/{limit}
      </span>
    </span>
  )
}
