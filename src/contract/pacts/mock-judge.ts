import type { AnyApi } from '../../core/api.ts'
import type { Origin } from '../../core/clause.ts'
import { checkedApi } from '../target/checked-api.ts'
import type { Difference } from '../comparing/difference.ts'
import { checkSettings } from '../target/settings.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'
import type { Comparable } from './interaction-change.ts'
import { PactGate } from './gate.ts'
import { runOnMock } from './mock-run.ts'
import { PactVerifier } from './verifier.ts'

/** What the mock says of an interaction. */
export interface MockSaying {
  /** Undefined where the mock could not play it, `because` of something. */
  readonly isKept: boolean | undefined
  readonly because: string
  /** The clause that the answer plays. */
  readonly clause?: string
  /** Where that comes from; left out where it is no clause of the API's own. */
  readonly origin?: Origin
  readonly differences: readonly Difference[]
}

/** Tells of interactions whether an API's contract gives what they want: Pact's verifier verifies them on the mock. */
export class MockJudge {
  readonly #loaded: LoadedTarget
  readonly #gate: PactGate
  readonly #verifier: PactVerifier

  private constructor(loaded: LoadedTarget, gate: PactGate, verifier: PactVerifier) {
    this.#loaded = loaded
    this.#gate = gate
    this.#verifier = verifier
  }

  /** `loaded` says how the API is set up; its server is not asked. Throws ERR_USAGE without a verifier. */
  static async open(loaded: LoadedTarget, cwd: string): Promise<MockJudge> {
    const { api, settings, target } = loaded
    const arranged = { ...loaded, target: { ...target, accounts: {}, states: { ...target.states, url: 'the mock' } } }
    const verifier = await PactVerifier.start(cwd)
    return new MockJudge(arranged, await PactGate.open(api.mount(settings)), verifier)
  }

  async say({ document, entry }: Comparable): Promise<MockSaying> {
    if (entry.request === undefined)
      return { isKept: undefined, because: 'it is no HTTP request but a message, or of a plug-in', differences: [] }
    const check = { id: entry.description, document, entry, isPending: false, clauses: [] }
    const { verdict, asked, obstacle } = await runOnMock(this.#loaded, check, this.#gate, this.#verifier)
    const { isKept, differences, trouble } = verdict
    if (obstacle !== undefined) {
      const hint = obstacle.kind === 'unknown state' ? ' In a target, states.map says what it means.' : ''
      return { isKept: undefined, because: obstacle.because + hint, differences: [] }
    }
    const meaning = asked.at(-1)?.meaning
    if (meaning === undefined || (!isKept && differences.length === 0))
      return { isKept: undefined, because: trouble ?? 'the verifier does not send it', differences: [] }
    const { clause, because } = meaning
    const origin = this.#loaded.api.clauses.find(({ id }) => id === clause)?.origin
    const found = isKept ? [] : differences
    return { isKept, because, clause, ...(origin === undefined ? {} : { origin }), differences: found }
  }

  async close(): Promise<void> {
    await this.#gate.close()
    await this.#verifier.close()
  }
}

/**
 * An API as it is set up by default, as if it were a target; undefined for one that cannot be checked. It lies where the
 * paths say that are asked for.
 */
export async function usualTarget(api: AnyApi, paths: readonly string[]): Promise<LoadedTarget | undefined> {
  const checked = await checkedApi(api)
  if (checked === undefined) return undefined
  const mount = paths.map((path) => path.slice(0, Math.max(0, path.search(api.claims)))).find((start) => start !== '')
  const placed = mount !== undefined && Object.hasOwn(api.settings, 'contextPath') ? { contextPath: mount } : {}
  const given = checkSettings(checked, placed).issues.length === 0 ? placed : {}
  const { value: settings = {} } = checkSettings(checked, given)
  return {
    path: api.id,
    api: checked,
    settings,
    secrets: [],
    proxies: { http: '', https: '', except: '' },
    target: {
      api: api.id,
      baseUrl: `http://localhost${api.mount(settings)}`,
      session: { kind: 'jira', values: {} },
      settings: given,
      accounts: {},
      further: [],
      journeys: [],
      states: { map: {} },
      clock: {},
      headers: {},
      tls: { insecure: false },
      timeout: 10_000,
      accept: [],
      pace: 0,
      retries: 0,
    },
  }
}
