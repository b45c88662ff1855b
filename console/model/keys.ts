import { advance, freeze, toNextEvent } from './actions.ts'
import { clock } from './clock.ts'
import { dialog } from './dialogs.ts'
import { goOn, paused } from './stream.ts'
import { shortcuts } from './preferences.ts'
import { show, view, type View } from './place.ts'
import { takeBack } from './undo.ts'

/** A key, what it does in words, and how. */
export interface Shortcut {
  readonly key: string
  readonly what: string
  readonly press: () => void
}

const go =
  (name: View): (() => void) =>
  () => {
    show(name)
    document.querySelector<HTMLElement>('#main')?.focus()
  }

/** Every key that does something. */
export const keys: readonly Shortcut[] = [
  { key: 'u', what: 'users', press: go('users') },
  { key: 'r', what: 'requests', press: go('requests') },
  { key: 's', what: 'the sequence of a user', press: go('sequence') },
  { key: 'f', what: 'faults', press: go('faults') },
  { key: 'e', what: 'settings', press: go('settings') },
  { key: 'w', what: 'scenarios, snapshots and worlds', press: go('worlds') },
  { key: '/', what: 'look for a user or a request', press: focusSearch },
  { key: '+', what: 'the clock, one minute on', press: () => void advance('1m') },
  { key: ']', what: 'the clock, thirty minutes on', press: () => void advance('30m') },
  { key: 'n', what: 'the clock, to the next event', press: () => void toNextEvent() },
  {
    key: 'z',
    what: 'freeze the clock, or let it run',
    press: () => void freeze(clock.value?.frozen !== true),
  },
  {
    key: 'p',
    what: 'hold the stream of requests, or let it run',
    press: () => {
      if (paused.value) goOn()
      else paused.value = true
    },
  },
  {
    key: 'l',
    what: 'share this world',
    press: () => {
      dialog.value = { kind: 'share' }
    },
  },
  { key: 'Ctrl+Z', what: 'take back the latest change', press: () => void takeBack() },
  {
    key: '?',
    what: 'these keys',
    press: () => {
      dialog.value = { kind: 'shortcuts' }
    },
  },
]

/** Does what a key is for, unless somebody is writing or a dialog is open. */
export function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || (event.ctrlKey && event.shiftKey)) return
  if (dialog.value !== undefined || isWriting(event.target)) return
  const pressed = event.ctrlKey || event.metaKey ? `Ctrl+${event.key.toUpperCase()}` : event.key
  if (shortcuts.value === 'off' && pressed !== '?' && pressed.length === 1) return
  const shortcut = keys.find(({ key }) => key === pressed)
  if (shortcut === undefined) return
  event.preventDefault()
  shortcut.press()
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select')
}

function focusSearch(): void {
  if (view.value !== 'users' && view.value !== 'requests') show('users')
  setTimeout(() => document.querySelector<HTMLElement>('main input[type=search]')?.focus())
}
