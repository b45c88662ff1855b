import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { Icon } from './icon.tsx'
import { lookOf } from './tone.ts'

/** A word of a group that does something once, and never is what is pressed. */
export interface Action {
  readonly word: string
  readonly label: string
  /** To what; left to the ears where there is no room for it. */
  readonly what: string
  /** There is nothing to do. */
  readonly isIdle: boolean
}

/**
 * One button for each of some words. One stop for the tab key: the arrow keys go from button to button, and up and down
 * to the same button of the group above or below; a digit presses the button at that place.
 */
export function Segments({
  label,
  words,
  pressed,
  action,
  choose,
}: {
  readonly label: string
  readonly words: readonly string[]
  readonly pressed: string
  readonly action?: Action
  readonly choose: (word: string) => void
}): JSX.Element {
  const press = (word: string): void => {
    if (word !== action?.word || !action.isIdle) choose(word)
  }
  const group = useRef<HTMLDivElement>(null)
  const current = Math.max(0, words.indexOf(pressed))
  const onKeyDown = (event: KeyboardEvent): void => {
    const place = buttonsOf(group.current).findIndex((button) => button === document.activeElement)
    if (place < 0 || event.altKey || event.ctrlKey || event.metaKey) return
    const target = targetOf(event.key, place, group.current)
    if (target === undefined) {
      const digit = /^[1-9]$/.test(event.key) ? words[Number(event.key) - 1] : undefined
      if (digit === undefined) return
      press(digit)
    } else target.focus()
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div class="segments" role="group" aria-label={label} ref={group}>
      {words.map((word, index) => (
        <button
          key={word}
          type="button"
          class={lookOf(word).tone}
          {...(word === action?.word ? { 'aria-disabled': action.isIdle } : { 'aria-pressed': word === pressed })}
          tabIndex={index === current ? 0 : -1}
          onKeyDown={onKeyDown}
          onClick={() => press(word)}
        >
          <Icon name={lookOf(word).icon} />
          {word === action?.word ? action.label : word}
          {word === action?.word ? <span class="what">{` ${action.what}`}</span> : null}
        </button>
      ))}
    </div>
  )
}

function buttonsOf(group: Element | null | undefined): HTMLButtonElement[] {
  return [...(group?.querySelectorAll('button') ?? [])]
}

function targetOf(key: string, place: number, group: HTMLElement | null): HTMLButtonElement | undefined {
  const buttons = buttonsOf(group)
  if (key === 'ArrowRight') return buttons[(place + 1) % buttons.length]
  if (key === 'ArrowLeft') return buttons.at(place - 1)
  if (key === 'Home') return buttons[0]
  if (key === 'End') return buttons.at(-1)
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return undefined
  const groups = [...document.querySelectorAll<HTMLElement>('.segments')]
  const near = groups[groups.indexOf(group as HTMLElement) + (key === 'ArrowUp' ? -1 : 1)]
  const there = buttonsOf(near)
  return there[Math.min(place, there.length - 1)]
}
