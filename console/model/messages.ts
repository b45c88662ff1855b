import { signal, type Signal } from '@preact/signals'
import { toProblem, type Problem } from '../server/problem.ts'

/** A message that stays until it is dismissed, or for a while. */
export interface Toast {
  readonly id: number
  readonly tone: 'bad' | 'good'
  readonly title: string
  readonly detail?: string
  /** Takes back what it tells of. */
  readonly undo?: () => void
}

export const toasts: Signal<readonly Toast[]> = signal([])
/** What a screen reader is told, politely. */
export const announcement: Signal<string> = signal('')

const shownMs = 4000
/** Long enough to read it, and to get there. */
const offeredMs = 10_000
const quietMs = 1200
let lastId = 0

export function toast(tone: Toast['tone'], title: string, detail?: string): void {
  const id = ++lastId
  const next = { id, tone, title, ...(detail === undefined ? {} : { detail }) }
  toasts.value = [...toasts.value.filter((each) => each.title !== title || each.detail !== detail), next].slice(-3)
  // What went wrong stays: it has to be read.
  if (tone === 'good') setTimeout(() => dismiss(id), shownMs)
}

/** Tells of a change that can be taken back: of the latest only, so that nothing piles up while somebody works. */
export function offer(title: string, detail: string | undefined, undo: () => void): void {
  const id = ++lastId
  dismissOffers()
  toasts.value = [...toasts.peek(), { id, tone: 'good', title, ...(detail === undefined ? {} : { detail }), undo }]
  letGo(id)
}

const ends = new Map<number, ReturnType<typeof setTimeout>>()

/** Somebody is about to press it: it stays. */
export function holdOffer(id: number): void {
  clearTimeout(ends.get(id))
}

/** Goes after a while. */
export function letGo(id: number): void {
  holdOffer(id)
  ends.set(
    id,
    setTimeout(() => dismiss(id), offeredMs),
  )
}

export function dismissOffers(): void {
  if (toasts.peek().some(({ undo }) => undo !== undefined))
    toasts.value = toasts.peek().filter(({ undo }) => undo === undefined)
}

export function dismiss(id: number): void {
  ends.delete(id)
  toasts.value = toasts.value.filter((each) => each.id !== id)
}

/** What went wrong before is of no use any more: it was put right, or somebody went elsewhere. */
export function dismissWrong(): void {
  if (toasts.peek().some(({ tone }) => tone === 'bad'))
    toasts.value = toasts.peek().filter(({ tone }) => tone !== 'bad')
}

/** Does something, for whoever tells what is wrong with it in its own place. */
export async function attempt(what: () => Promise<unknown>): Promise<Problem | undefined> {
  try {
    await what()
    dismissWrong()
    return undefined
  } catch (error) {
    return toProblem(error)
  }
}

/** Does something, and shows what is wrong if it fails; whether it worked. */
export async function act(what: () => Promise<unknown>, done?: string): Promise<boolean> {
  const problem = await attempt(what)
  // A token is asked for in place of the page.
  if (problem !== undefined && problem.status !== 401) toast('bad', problem.title, problem.message)
  if (problem === undefined && done !== undefined) toast('good', done)
  return problem === undefined
}

let waiting: string[] = []
let timer: ReturnType<typeof setTimeout> | undefined

/** Tells a screen reader what has changed: at once, and then no more than once in a while. */
export function announce(what: string): void {
  waiting.push(what)
  if (timer !== undefined) return
  const tell = (): void => {
    timer = undefined
    if (waiting.length === 0) return
    const more = waiting.length > 2 ? `, and ${waiting.length - 2} more changes` : ''
    announcement.value = waiting.slice(-2).join('; ') + more
    waiting = []
    timer = setTimeout(tell, quietMs)
  }
  timer = setTimeout(tell, 150)
}
