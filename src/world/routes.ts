import type { AnyApi } from '../core/api.ts'
import { Router, type Operation } from '../core/route.ts'
import type { AnySettings } from './any-settings.ts'

/** The routes of some APIs, made anew when settings have changed. */
export class Routes {
  readonly #apis: readonly AnyApi[]
  #router: Router<AnyApi, Operation<AnySettings>> | undefined
  #routedFor: readonly AnySettings[] = []

  constructor(apis: readonly AnyApi[]) {
    this.#apis = apis
  }

  under(settings: (api: AnyApi) => AnySettings): Router<AnyApi, Operation<AnySettings>> {
    if (this.#router !== undefined && this.#isFor(settings)) return this.#router
    const routedFor = this.#apis.map((api) => ({ api, settings: settings(api) }))
    this.#routedFor = routedFor.map((each) => each.settings)
    this.#router = new Router(
      routedFor.map(({ api, settings: own }) => ({
        owner: api,
        mount: api.mount(own),
        targets: api.operations.filter((operation) => operation.isThere?.(own) ?? true),
      })),
    )
    return this.#router
  }

  /** Asked for each request: a loop that makes nothing. */
  #isFor(settings: (api: AnyApi) => AnySettings): boolean {
    for (let index = 0; index < this.#apis.length; index++) {
      if (settings(this.#apis[index] as AnyApi) !== this.#routedFor[index]) return false
    }
    return true
  }
}
