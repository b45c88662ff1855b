import { effect, signal, type Signal } from '@preact/signals'

export type Theme = 'system' | 'light' | 'dark'

/** The colours to show, and whether single keys do anything; kept in this browser. */
export const theme: Signal<Theme> = signal(read<Theme>('theme', ['system', 'light', 'dark']))
export const shortcuts: Signal<'on' | 'off'> = signal(read<'on' | 'off'>('shortcuts', ['on', 'off']))

effect(() => {
  document.documentElement.dataset['theme'] = theme.value
  write('theme', theme.value)
})
effect(() => write('shortcuts', shortcuts.value))

function read<Word extends string>(name: string, words: readonly [Word, ...Word[]]): Word {
  let kept: string | null = null
  try {
    kept = localStorage.getItem(`understudy-${name}`)
  } catch {
    // Not everywhere may a page keep something.
  }
  return words.find((word) => word === kept) ?? words[0]
}

function write(name: string, value: string): void {
  try {
    localStorage.setItem(`understudy-${name}`, value)
  } catch {
    // See above.
  }
}
