import type { AnyApi } from '../core/api.ts'
import type { World } from '../world/world.ts'
import { button, h } from './element.ts'
import { announce, whenMocking } from '../hosts/page/mocking.ts'
import { clockPart } from './clock.ts'
import type { PanelContext, PanelPart } from './part.ts'
import { requestsPart } from './requests.ts'
import { scenarioPart } from './scenario.ts'
import { panelStyle } from './style.ts'
import { usersPart } from './users.ts'
import { isProduction } from '../hosts/production.ts'

const tag = 'understudy-panel'

/**
 * Shows the panel for a world. `handlers(world)` does so by itself; under `NODE_ENV=production` nothing does.
 *
 * @example
 * ```ts
 * import { createWorld } from 'auth-understudy'
 * import { enable } from 'auth-understudy/panel'
 *
 * enable(await createWorld())
 * ```
 * @since 0.1.0
 */
export function enable(world: World): void {
  if (!isProduction()) announce(world)
}

/**
 * Defines `<understudy-panel>`, and adds one to the page as soon as a world answers its requests, if it has none.
 * Does nothing where there is no page, and under `NODE_ENV=production`.
 */
export function definePanel(): void {
  if (typeof customElements === 'undefined' || isProduction() || customElements.get(tag) !== undefined) return
  customElements.define(tag, createElementClass())
  whenMocking(() => {
    if (document.querySelector(tag) === null) document.body.append(document.createElement(tag))
  })
}

/** Made when it is wanted: outside of a page there is no HTMLElement to extend. */
function createElementClass(): CustomElementConstructor {
  return class UnderstudyPanel extends HTMLElement {
    #stopWaiting: () => void = () => undefined
    #stopFollowing: () => void = () => undefined

    connectedCallback(): void {
      const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' })
      this.#stopWaiting = whenMocking((world) => {
        this.#stopFollowing()
        this.#stopFollowing = showWorld(root, world)
      })
    }

    disconnectedCallback(): void {
      this.#stopWaiting()
      this.#stopFollowing()
    }
  }
}

/** Fills the panel for a world; what was open for the last one stays so. The result stops following it. */
function showWorld(root: ShadowRoot, world: World): () => void {
  const wasOpen = root.querySelector('#panel')?.hasAttribute('hidden') === false
  const openParts = [...root.querySelectorAll('details[open]')].map(titleOf)
  const status = h('div', { role: 'status' })
  const attempt: PanelContext['attempt'] = (act) => {
    const run = async (): Promise<void> => {
      try {
        status.textContent = await act()
      } catch (error) {
        status.textContent = error instanceof Error ? error.message : String(error)
      }
      update()
    }
    void run()
  }
  const context = { world, attempt }
  const parts: PanelPart[] = [
    ...apisOf(world).map((api, index) => usersPart(context, api, index === 0)),
    clockPart(context),
    scenarioPart(context),
    requestsPart(context),
  ]
  const panel = h('section', { id: 'panel', 'aria-label': 'Mocked states', hidden: true })
  const toggle = button('understudy', () => open(panel.hasAttribute('hidden')), {
    class: 'toggle',
    'aria-expanded': 'false',
    'aria-controls': 'panel',
  })
  const open = (isOpen: boolean): void => {
    panel.toggleAttribute('hidden', !isOpen)
    toggle.setAttribute('aria-expanded', String(isOpen))
    update()
    if (!isOpen) toggle.focus()
  }
  const update = (): void => {
    if (!panel.hasAttribute('hidden')) for (const part of parts) part.update()
  }
  panel.append(
    h(
      'header',
      {},
      h('h2', {}, 'auth-understudy'),
      button('close', () => open(false)),
    ),
    ...parts.map(({ element }) => element),
    status,
  )
  panel.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') open(false)
  })
  root.replaceChildren(h('style', {}, panelStyle), panel, toggle)
  if (wasOpen) {
    for (const part of root.querySelectorAll('details')) part.open = openParts.includes(titleOf(part))
    open(true)
  }
  return follow(world, update)
}

function titleOf(part: Element): string | null | undefined {
  return part.querySelector('summary')?.firstChild?.textContent
}

/** The APIs in the order in which the scenario names them, the others after those. */
function apisOf(world: World): AnyApi[] {
  const named = Object.keys(world.scenario.source)
  const place = ({ id }: AnyApi): number => (named.includes(id) ? named.indexOf(id) : named.length)
  return world.playing.toSorted((one, other) => place(one) - place(other))
}

/** Calls back after changes, once for many, and every second, as clocks go on. */
function follow(world: World, update: () => void): () => void {
  let frame = 0
  const soon = (): void => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(update)
  }
  const timer = setInterval(soon, 1000)
  const stops = [world.listen(soon), world.records.watch(soon), () => clearInterval(timer)]
  return () => {
    for (const stop of stops) stop()
  }
}
