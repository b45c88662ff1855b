import { signal, type Signal } from '@preact/signals'

/** The views there are, in the order of the navigation. */
export const views = ['users', 'requests', 'sequence', 'faults', 'settings', 'worlds'] as const
export type View = (typeof views)[number]

/** The world that is looked at. */
export const worldName: Signal<string> = signal(new URLSearchParams(location.search).get('world') ?? 'main')

/** The view that is shown; in the fragment, so that it has a link and the back button works. */
export const view: Signal<View> = signal(viewOf(location.hash))

/** The request that the address names: `#request=r12`. */
export const linked: Signal<string | undefined> = signal(requestOf(location.hash))

addEventListener('hashchange', () => {
  view.value = viewOf(location.hash)
  linked.value = requestOf(location.hash)
})

function requestOf(hash: string): string | undefined {
  return /^#request=(r\d{1,15})$/.exec(hash)?.[1]
}

/** The address of one request of this world. */
export function linkTo(id: string): string {
  return `${location.origin}${location.pathname}${location.search}#request=${id}`
}

function viewOf(hash: string): View {
  if (requestOf(hash) !== undefined) return 'requests'
  return views.find((name) => hash === `#${name}`) ?? 'users'
}

export function show(next: View): void {
  if (view.value !== next) location.hash = next
}

/** Looks at another world, and says so in the address. */
export function enterWorld(name: string): void {
  const url = new URL(location.href)
  if (name === 'main') url.searchParams.delete('world')
  else url.searchParams.set('world', name)
  history.replaceState(null, '', url)
  worldName.value = name
}
