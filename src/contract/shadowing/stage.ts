import type { Json, JsonObject } from '../../core/json.ts'
import { splitTarget, type HttpRequest } from '../../core/http.ts'
import type { Account } from '../../core/kit.ts'
import { createRandom } from '../../core/random.ts'
import { Router, type Operation } from '../../core/route.ts'
import { Needs, type Outcome, type Question } from '../../core/step.ts'
import { checkScenario } from '../../scenario/scenario.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import { readSettings } from '../target/settings.ts'

/** Records as a step reads them; never changed, so that possibilities can share them. */
export type RecordMap = ReadonlyMap<string, Json>

/** What comes of a request. */
export interface PlayedStep {
  readonly outcome: Outcome
  readonly after: RecordMap
  /** Whether the step has looked at what is not known: somebody else, or a fact that may be anything. */
  readonly isOpen: boolean
  /** Facts that were set by that, and so may be anything as well; those of sessions as `session.fact`. */
  readonly tainted: readonly string[]
  /** Whether something was counted by it. */
  readonly isLoose: boolean
}

/** Who asks, when, and the how many-th time. */
export interface PlayedBy {
  readonly username: string
  readonly now: number
  readonly turn: number
  /** Whether it is in a session that is none of theirs. */
  readonly isElsewhere: boolean
  /** Facts that may be anything. */
  readonly open: readonly string[]
}

/** An API that plays on records of anybody's, without a world around it. */
export class BareStage {
  readonly api: CheckedApi
  readonly given: JsonObject
  readonly settings: JsonObject
  readonly mount: string
  readonly #router: Router<CheckedApi, Operation<JsonObject>>

  constructor(api: CheckedApi, given: JsonObject) {
    this.api = api
    this.given = given
    this.settings = readSettings(api, given)
    this.mount = api.mount(this.settings)
    const targets = api.operations.filter((each) => each.isThere?.(this.settings) !== false)
    this.#router = new Router([{ owner: api, mount: this.mount, targets }])
  }

  operation({ method, path }: Pick<HttpRequest, 'method' | 'path'>): Operation<JsonObject> | undefined {
    const route = this.#router.find(method, path)
    return route.kind === 'found' ? route.target : undefined
  }

  /** The records with an account in them; undefined where no scenario could have such a one. */
  with(account: Account | undefined, now: number): RecordMap | undefined {
    const { api, given } = this
    const section = { ...given, ...api.kit.section(account === undefined ? [] : [account], this.settings) }
    const { setup } = checkScenario({ [api.id]: section }, 'shadow', [api])
    const read = setup?.sections[api.id]
    if (read === undefined) return undefined
    const seed = api.seed(read, { now, seed: 1, answer })
    return new Map([...seed.keys()].map((key) => [key, seed.get(key) as Json]))
  }

  /** Plays a request; undefined where that takes what only a world has. What chance gives is the same in the same turn. */
  play(
    known: RecordMap,
    request: HttpRequest,
    { now, username, turn, isElsewhere, open }: PlayedBy,
  ): PlayedStep | undefined {
    const route = this.#router.find(request.method, request.path)
    if (route.kind !== 'found') return undefined
    let [isOpen, isLoose] = [false, false]
    const tainted: string[] = []
    try {
      const outcome = route.target.step(known, request, {
        now,
        settings: this.settings,
        address: request.address,
        params: route.params,
        random: createRandom(`shadow ${turn}`),
        answer,
        watcher: {
          read: (who, fact) => {
            isOpen ||= who !== username || open.includes(fact)
          },
          readSession: () => {
            isOpen ||= isElsewhere
          },
          wrote: (facts) => {
            if (isOpen) tainted.push(...facts)
          },
          counted: () => {
            isLoose ||= isOpen
          },
        },
      })
      const after = new Map(known)
      for (const { key, value } of outcome.changes) {
        if (value === undefined) after.delete(key)
        else after.set(key, value)
      }
      return { outcome, after, isOpen, tainted, isLoose }
    } catch (error) {
      if (error instanceof Needs) return undefined
      throw error
    }
  }

  /** A request of the kit's own, below the mount. */
  request(method: string, path: string, headers: readonly string[], body: string, address: string): HttpRequest {
    const target = splitTarget(path)
    return {
      method,
      path: this.mount + target.path,
      query: target.query,
      headers,
      body: new TextEncoder().encode(body),
      address,
    }
  }

  /** The user with another code, whatever the API calls it. */
  withCode(known: RecordMap, code: string, now: number): RecordMap | undefined {
    const name = Object.hasOwn(this.api.userChange, 'pin') ? 'pin' : 'code'
    return this.change(known, { [name]: code }, now)
  }

  /** The user with something changed; undefined where the API knows no such change. */
  change(known: RecordMap, change: JsonObject, now: number): RecordMap | undefined {
    const [key, user] = [...known].find(([name]) => name.startsWith('user:')) ?? []
    if (key === undefined) return undefined
    try {
      return new Map(known).set(key, this.api.changeUser(user as JsonObject, change, this.settings, now))
    } catch {
      return undefined
    }
  }
}

/** Nobody made up is told of, and what takes a library is left unknown. */
function answer(question: Question): Json {
  if (question.kind === 'person') return { firstName: 'Some', lastName: 'One', email: 'someone@example.com' }
  throw new Needs(question)
}
