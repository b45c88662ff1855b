import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals'

/** The views there are, in the order of the navigation. */
export const views = ['users', 'requests', 'sequence', 'faults', 'settings', 'worlds'] as const
export type View = (typeof views)[number]

/** What users are looked for by, and what requests are; each is written so in the address. */
export const userWords = ['find', 'state', 'api'] as const
export const requestWords = ['match', 'status', 'user', 'clause', 'operation', 'since'] as const
const words = [...userWords, ...requestWords]
export type SoughtWord = (typeof words)[number]
export type Sought = { readonly [word in SoughtWord]: string }

/** The world that is looked at. */
export const worldName: Signal<string> = signal(new URLSearchParams(location.search).get('world') ?? 'main')

/** The view that is shown; in the fragment, so that it has a link and the back button works. */
export const view: Signal<View> = signal(viewOf(location.hash))

/** The request that the address names: `#request=r12`. */
export const linked: Signal<string | undefined> = signal(requestOf(location.hash))

/** What is looked for, in the fragment as well. */
export const sought: Signal<Sought> = signal(soughtOf(location.hash))

addEventListener('hashchange', () => {
  batch(() => {
    view.value = viewOf(location.hash)
    sought.value = soughtOf(location.hash)
    linked.value = requestOf(location.hash)
  })
})

function requestOf(hash: string): string | undefined {
  return /^#request=(r\d{1,15})$/.exec(hash)?.[1]
}

/** The address of one request of this world. */
export function linkToRequest(id: string): string {
  return `${location.origin}${location.pathname}${location.search}#request=${id}`
}

function viewOf(hash: string): View {
  if (requestOf(hash) !== undefined) return 'requests'
  return views.find((name) => hash.split('?', 1)[0] === `#${name}`) ?? 'users'
}

function soughtOf(hash: string): Sought {
  const given = new URLSearchParams(hash.includes('?') ? hash.slice(hash.indexOf('?')) : '')
  return Object.fromEntries(words.map((word) => [word, given.get(word) ?? ''])) as Sought
}

const query: ReadonlySignal<string> = computed(() => {
  const given = Object.entries(sought.value).filter(([, text]) => text.trim() !== '')
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
})

/** Where a view is, with what is looked for. */
export function linkTo(name: View): string {
  return `#${name}${query.value}`
}

export function show(next: View): void {
  if (view.value !== next) location.hash = linkTo(next)
}

/** Looks for something else, and says so in the address. */
export function seek(what: Partial<Sought>): void {
  sought.value = { ...sought.peek(), ...what }
  history.replaceState(null, '', linkTo(view.peek()))
}

/** Looks for none of these any more. */
export function seekAll(of: readonly SoughtWord[]): void {
  seek(Object.fromEntries(of.map((word) => [word, ''])))
}

/** What is looked for by some of the words, as a control call takes it. */
export function soughtBy<Word extends SoughtWord>(of: readonly Word[]): { readonly [word in Word]?: string } {
  const given = of.map((word) => [word, sought.value[word].trim()] as const)
  return Object.fromEntries(given.filter(([, text]) => text !== '')) as { readonly [word in Word]?: string }
}

/** Looks at another world, and says so in the address. */
export function enterWorld(name: string): void {
  const url = new URL(location.href)
  if (name === 'main') url.searchParams.delete('world')
  else url.searchParams.set('world', name)
  history.replaceState(null, '', url)
  worldName.value = name
}
