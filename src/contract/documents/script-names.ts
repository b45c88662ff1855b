import type { Journey, SendStep } from '../../core/journey.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Account } from '../../core/kit.ts'
import { fill, writingFor } from '../target/template.ts'
import { anotherCode } from '../playing/side.ts'
import type { Call } from '../playing/player.ts'
import type { CheckedApi } from '../target/checked-api.ts'

/** A name in a text: a value that is known beforehand, or one that an answer gives. */
export type Meant =
  | { readonly is: 'known'; readonly name: string; readonly value: string }
  | { readonly is: 'captured'; readonly name: string }

/** What the names in a journey's texts stand for, where everybody in it is made up. */
export class ScriptNames {
  readonly api: CheckedApi
  readonly #accounts: ReadonlyMap<string, Account>
  readonly #settings: JsonObject
  readonly #captured: ReadonlySet<string>

  constructor(api: CheckedApi, settings: JsonObject, { steps }: Journey, accounts: ReadonlyMap<string, Account>) {
    this.api = api
    this.#settings = settings
    this.#accounts = accounts
    this.#captured = new Set(steps.flatMap((step) => (step.do === 'send' ? Object.keys(step.capture ?? {}) : [])))
  }

  /** What a name stands for to an actor. What is neither known nor captured is what a provider state gives back. */
  of(name: string, actor: string | undefined): Meant {
    if (this.#captured.has(name)) return { is: 'captured', name }
    const [owner, known] = this.#known(name, actor)
    return known === undefined ? { is: 'captured', name } : { is: 'known', name: nameOf(owner, name), value: known }
  }

  /** Names that a text has, each once. */
  in(...texts: readonly string[]): string[] {
    return [...new Set(texts.flatMap((text) => [...text.matchAll(/\{([a-z]\w*)\}/gi)].map(([, name = '']) => name)))]
  }

  /** Those that a request has. */
  sentIn({ path, body = '', headers = {} }: Pick<SendStep, 'path' | 'body' | 'headers'>): string[] {
    return this.in(path, body, ...Object.values(headers))
  }

  /** The step that passes the first factor; undefined where there is none, or Basic credentials do. */
  loginStep(): Pick<SendStep, 'method' | 'path' | 'headers' | 'body'> | undefined {
    const { login } = this.api.kit
    if (login === undefined) return undefined
    const { method, path, type, body, needs = {} } = login
    if (Object.entries(needs).some(([name, value]) => this.#settings[name] !== value)) return undefined
    return { method, path, headers: { 'content-type': type }, body }
  }

  /** The same as an actor sends it. */
  loginCall(actor: string): Call | undefined {
    const step = this.loginStep()
    if (step === undefined) return undefined
    const type = step.headers?.['content-type'] ?? ''
    const values = new Map(this.in(step.body ?? '').map((name) => [name, this.#known(name, actor)[1] ?? '']))
    return {
      method: step.method,
      path: step.path,
      headers: ['content-type', type],
      body: fill(step.body ?? '', values, writingFor(type)),
    }
  }

  #known(name: string, actor: string | undefined): [owner: string, value: string | undefined] {
    const account = this.#accounts.get(actor ?? '')
    if (account !== undefined) {
      const { username, password = username, pin = '', facts = {} } = account
      const fact = facts[name]
      if (fact !== undefined) return [username, String(fact)]
      const own: { readonly [name: string]: string } = {
        username,
        password,
        pin,
        usedPin: pin,
        wrongPin: anotherCode(pin),
      }
      if (Object.hasOwn(own, name)) return [username, own[name]]
    }
    for (const [other, { username, password = username }] of this.#accounts) {
      if (name === `${other}Username`) return [other, username]
      if (name === `${other}Password`) return [other, password]
    }
    return ['', this.api.kit.values?.(this.#settings)[name]]
  }
}

/** The right code that was sent before is the right code. */
function nameOf(owner: string, name: string): string {
  const plain = name === 'usedPin' ? 'pin' : name
  const short = plain.startsWith(owner)
    ? plain.charAt(owner.length).toLowerCase() + plain.slice(owner.length + 1)
    : plain
  return owner === '' ? plain : `${owner}_${short}`
}
