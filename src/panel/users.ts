import type { AnyApi, UserView } from '../core/api.ts'
import { formatDuration } from '../core/duration.ts'
import type { ApiHandle, UserHandle } from '../world/api-handle.ts'
import { button, h, showText } from './element.ts'
import type { PanelContext, PanelPart } from './part.ts'

/** So many users are listed at once. */
const listed = 50

/** The users of one API, each with its state, what one signs in with, and buttons that force another state. */
export function usersPart(context: PanelContext, api: AnyApi, isOpen: boolean): PanelPart {
  const handle = context.world.api(api.id)
  const list = h('div')
  const more = h('p', { class: 'quiet body' })
  const rows = new Map<string, UserRow>()
  const update = (): void => {
    const { items, total } = handle.users({ limit: listed })
    const names = new Set(items.map(({ username }) => username))
    for (const [name, row] of rows) {
      if (names.has(name)) continue
      row.element.remove()
      rows.delete(name)
    }
    for (const view of items) {
      const row = rows.get(view.username) ?? new UserRow(context, handle, api, view)
      if (!rows.has(view.username)) {
        rows.set(view.username, row)
        list.append(row.element)
      }
      row.update(view, context.world.clock.now)
    }
    showText(more, total > listed ? `… and ${total - listed} more` : '')
    more.hidden = total <= listed
  }
  return { element: h('details', { open: isOpen }, h('summary', {}, api.title), list, more), update }
}

class UserRow {
  readonly element: HTMLElement
  readonly #state = h('span', { class: 'state' })
  readonly #count = h('span', { class: 'quiet' })
  readonly #facts = h('p', { class: 'quiet' })
  readonly #code = h('code')
  readonly #failures = h('input', { type: 'number', min: '0' })
  readonly #user: () => UserHandle

  constructor({ attempt }: PanelContext, handle: ApiHandle, api: AnyApi, { username, failures }: UserView) {
    this.#user = () => handle.user(username)
    const force = (change: { [member: string]: unknown }): void =>
      attempt(() => {
        const { state, until } = this.#user().set(change)
        return `${username} is ${state}${until === undefined ? '' : ` until ${timeOf(until)}`}`
      })
    const choices: readonly string[] =
      (api.userChange as { [name: string]: { choices?: readonly string[] } })['state']?.choices ?? []
    const states = choices.map((state) => button(state, () => force({ state })))
    const count =
      failures === undefined
        ? []
        : [
            h('label', {}, 'failures', this.#failures),
            button('set', () => force({ failures: Number(this.#failures.value) })),
          ]
    const unblock = failures === undefined ? [] : [button('unblock', () => force({ unblock: true }))]
    const code = button('code now', () => {
      void this.#user()
        .code()
        .then((digits) => showText(this.#code, digits))
    })
    this.element = h(
      'details',
      {},
      h('summary', {}, h('b', {}, username), this.#count, this.#state),
      h(
        'div',
        { class: 'body' },
        this.#facts,
        h('div', { class: 'row', role: 'group', 'aria-label': `State of ${username}` }, ...states, ...unblock),
        h('div', { class: 'row' }, ...count, code, this.#code),
      ),
    )
  }

  update({ state, failures, limit, until, details }: UserView, now: number): void {
    const left = until === undefined ? '' : ` ${formatDuration(Math.max(0, Math.ceil((until - now) / 1000) * 1000))}`
    showText(this.#state, state + left)
    this.#state.className = `state ${state}`
    showText(this.#count, failures === undefined || failures === 0 ? '' : `${failures} of ${limit}`)
    const facts = Object.entries(details).filter(([, value]) => typeof value !== 'object')
    showText(this.#facts, facts.map(([name, value]) => `${name} ${String(value)}`).join(' · '))
    if (!this.#failures.matches(':focus') && this.#failures.value !== String(failures))
      this.#failures.value = String(failures)
  }
}

/** The time of day by the server's clock. */
function timeOf(instant: number): string {
  return new Date(instant).toISOString().slice(11, 19)
}
