import type { JSX } from 'preact'
import { requestTotal, state, worlds } from '../model/live.ts'
import { linkTo, view, views, type View } from '../model/place.ts'

const titles: { readonly [name in View]: string } = {
  users: 'Users',
  requests: 'Requests',
  sequence: 'Sequence',
  faults: 'Faults',
  settings: 'Settings',
  worlds: 'Worlds',
}

/** The views, as links: each has an address, and the back button works. */
export function Navigation(): JSX.Element {
  const counts: { readonly [name in View]?: number | undefined } = {
    users: state.value?.users,
    requests: requestTotal.value,
    faults: state.value?.faults.length,
    worlds: worlds.value.length > 1 ? worlds.value.length : 0,
  }
  return (
    <nav aria-label="Views">
      <ul>
        {views.map((name) => (
          <li key={name}>
            <a href={linkTo(name)} aria-current={view.value === name ? 'page' : undefined}>
              {titles[name]}
              {(counts[name] ?? 0) > 0 ? <span class="count">{counts[name]}</span> : null}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
