import type { JSX } from 'preact'

/** One of several words, or none of them; a word that is not among them is shown as it is. */
export function Choice({
  label,
  none,
  words,
  value,
  choose,
}: {
  readonly label: string
  /** What stands there where nothing is chosen. */
  readonly none: string
  readonly words: readonly (readonly [word: string, shown: string])[]
  readonly value: string
  readonly choose: (word: string) => void
}): JSX.Element {
  const isOther = value !== '' && !words.some(([word]) => word === value)
  return (
    <select class="choice" aria-label={label} value={value} onChange={(event) => choose(event.currentTarget.value)}>
      <option value="">{none}</option>
      {isOther ? <option value={value}>{value}</option> : null}
      {words.map(([word, shown]) => (
        <option key={word} value={word}>
          {shown}
        </option>
      ))}
    </select>
  )
}
