import { button, h, showText } from './element.ts'
import type { PanelContext, PanelPart } from './part.ts'

/** The world's clock: what it shows, and steps forward. */
export function clockPart({ world, attempt }: PanelContext): PanelPart {
  const { clock } = world
  const now = h('code')
  const next = h('p', { class: 'quiet' })
  const by = h('input', { type: 'text', value: '30m', 'aria-label': 'How far' })
  const tell = ({ now: at }: { readonly now: string }): string => `The server's clock shows ${at}`
  const standing = button('', () => attempt(() => tell(clock.view().frozen ? clock.resume() : clock.freeze())))
  const element = h(
    'details',
    {},
    h('summary', {}, 'Clock'),
    h(
      'div',
      { class: 'body' },
      h('p', {}, now),
      h(
        'div',
        { class: 'row' },
        button('+1m', () => attempt(() => tell(clock.advance('1m')))),
        button('+1h', () => attempt(() => tell(clock.advance('1h')))),
        by,
        button('advance', () => attempt(() => tell(clock.advance(by.value)))),
        standing,
      ),
      next,
    ),
  )
  const update = (): void => {
    const view = clock.view()
    showText(now, view.now)
    showText(standing, view.frozen ? 'let it run' : 'stop')
    const event = clock.next()
    showText(next, event === undefined ? '' : `In ${event.in}: ${event.what}`)
  }
  return { element, update }
}
