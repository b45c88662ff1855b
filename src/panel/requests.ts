import { h } from './element.ts'
import type { PanelContext, PanelPart } from './part.ts'

/** So many requests are listed. */
const listed = 15

/** The latest requests, each with why it was answered as it was. */
export function requestsPart({ world }: PanelContext): PanelPart {
  const list = h('div')
  let latest = ''
  const update = (): void => {
    const requests = world.requests.slice(-listed).toReversed()
    const [first] = requests
    const key = `${first?.id} ${requests.length}`
    if (key === latest) return
    latest = key
    const open = new Set([...list.querySelectorAll('details[open]')].map(({ id }) => id))
    list.replaceChildren(
      ...requests.map(({ id, method, path, status, clause, because }) => {
        const { rule } = world.why(id)
        return h(
          'details',
          { id, open: open.has(id) },
          h(
            'summary',
            {},
            h('b', {}, `${method} ${path.split('/').slice(-2).join('/')}`),
            h('span', { class: status < 400 ? 'state' : 'refused' }, String(status)),
            h('span', { class: 'quiet' }, clause),
          ),
          h(
            'div',
            { class: 'body' },
            h('p', {}, because),
            h('p', { class: 'quiet' }, `${rule['origin']}: ${rule['text']}`),
          ),
        )
      }),
    )
  }
  return { element: h('details', {}, h('summary', {}, 'Requests'), list), update }
}
