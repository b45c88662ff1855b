import { formatDuration } from '../core/duration.ts'
import { button, h, showText } from './element.ts'
import type { PanelContext, PanelPart } from './part.ts'

/** The world's clock: what it shows, and steps forward. */
export function clockPart({ world, attempt }: PanelContext): PanelPart {
  const { clock } = world
  const now = h('code')
  const sign = h('span', { class: 'quiet' })
  const note = h('p', { class: 'quiet' })
  const next = h('p', { class: 'quiet' })
  const by = h('input', { type: 'text', value: '30m', 'aria-label': 'How far' })
  const tell = ({ now: at }: { readonly now: string }): string => `The server's clock shows ${at}`
  const standing = button('', () => attempt(() => tell(clock.view().frozen ? clock.resume() : clock.freeze())))
  const element = h(
    'details',
    {},
    h('summary', {}, h('span', {}, 'Clock'), ' ', sign),
    h(
      'div',
      { class: 'body' },
      h('p', {}, now),
      note,
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
    const away = awayFrom(clock.driftMs)
    showText(sign, [...(view.frozen ? ['stands'] : []), ...(away === undefined ? [] : [away])].join(', '))
    showText(note, noteOn(view.frozen, away))
    const event = clock.next()
    showText(next, event === undefined ? '' : `In ${event.in}: ${event.what}`)
  }
  return { element, update }
}

/** A second or two are the network's. */
const noticedMs = 60_000

/** How far it is from this device's clock; undefined where nobody would notice. */
function awayFrom(driftMs: number): string | undefined {
  if (Math.abs(driftMs) < noticedMs) return undefined
  const unitMs = Math.abs(driftMs) < 86_400_000 ? 60_000 : 86_400_000
  const far = formatDuration(Math.floor(Math.abs(driftMs) / unitMs) * unitMs)
  return `${far} ${driftMs > 0 ? 'ahead' : 'behind'}`
}

/** What it means to a page, which has a clock of its own. */
function noteOn(frozen: boolean, away: string | undefined): string {
  const where =
    away === undefined
      ? ''
      : `The server's clock is ${away}${away.endsWith('ahead') ? ' of' : ''} this device's: count by the server's time. `
  return where + (frozen ? 'It stands: countdowns of the page go on, blocks do not end.' : '')
}
