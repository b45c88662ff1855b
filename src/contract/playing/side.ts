import { CookieJar, type Cookie, type RefusedCookie } from '../../core/cookie-jar.ts'
import { headerValues, type HeaderList } from '../../core/http.ts'
import { readJson, isJsonObject, type Json } from '../../core/json.ts'
import type { ArrangeStep, ExpectedAnswer, OpenStep, SendStep } from '../../core/journey.ts'
import type { Account } from '../../core/kit.ts'
import type { Answered } from '../comparing/answered.ts'
import type { Difference } from '../comparing/difference.ts'
import type { Captured } from '../comparing/sameness.ts'
import type { Call, Player } from './player.ts'
import { fill, fillJson, fillValue, writingFor } from '../target/template.ts'

/** One of the two that play a journey: a player with the sessions and the values it has met so far. */
export class Side {
  readonly player: Player
  readonly #cast: ReadonlyMap<string, Account>
  readonly #jars = new Map<string, CookieJar>()
  readonly #headers = new Map<string, HeaderList>()
  readonly #owners = new Map<string, string>()
  readonly #given: Iterable<readonly [name: string, value: string]>
  readonly #captured = new Map<string, Captured>()
  /** The right codes that were sent last, by username. */
  readonly #pins = new Map<string, string>()

  /** `given` are values that every step may name. */
  constructor(player: Player, cast: ReadonlyMap<string, Account>, given: { readonly [name: string]: string } = {}) {
    this.player = player
    this.#cast = cast
    this.#given = Object.entries(given)
  }

  /** The same as it is now, for one of several ways in which it may go on. */
  fork(): Side {
    const side = new Side(this.player, this.#cast, Object.fromEntries(this.#given))
    for (const [session, jar] of this.#jars) side.#jars.set(session, this.#jar(jar.all))
    for (const [session, headers] of this.#headers) side.#headers.set(session, headers)
    for (const [session, owner] of this.#owners) side.#owners.set(session, owner)
    for (const [name, value] of this.#captured) side.#captured.set(name, value)
    for (const [username, pin] of this.#pins) side.#pins.set(username, pin)
    return side
  }

  /** What the steps so far have captured, by name. */
  get captured(): ReadonlyMap<string, Captured> {
    return this.#captured
  }

  async open({ session, as }: OpenStep): Promise<void> {
    const opened = await this.player.open(this.#actor(as))
    this.#owners.set(session, as)
    this.#jars.set(session, this.#jar(opened.cookies))
    this.#headers.set(session, opened.headers)
  }

  /** The request of a step as this side sends it: its own session, its own values. */
  async call(step: SendStep): Promise<Call> {
    const texts = [step.path, step.body ?? '', ...Object.values(step.headers ?? {})]
    const values = await this.#values(step, texts)
    const type = Object.entries(step.headers ?? {}).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
    const headers = Object.entries(step.headers ?? {}).flatMap(([name, value]) => [name, fill(value, values, 'plain')])
    const path = fill(step.path, values, 'path')
    const line = this.#jars.get(step.in ?? '')?.lineFor(this.player.baseUrl + path)
    const cookie = line === undefined ? [] : ['cookie', line]
    return {
      method: step.method,
      path,
      headers: [...headers, ...(this.#headers.get(step.in ?? '') ?? []), ...cookie],
      body: step.body === undefined ? undefined : fill(step.body, values, writingFor(type)),
      ...(step.from === undefined ? {} : { from: step.from }),
    }
  }

  /** What a step expects of the answer to this side, with its own values. */
  async expectation(step: SendStep): Promise<ExpectedAnswer> {
    const { status, headers = {}, body, parts } = step.expect ?? {}
    const values = await this.#values(step, [])
    return {
      ...(status === undefined ? {} : { status }),
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fill(value, values, 'plain')])),
      ...(body === undefined ? {} : { body: fillValue(body, values) }),
      ...(parts === undefined ? {} : { parts }),
    }
  }

  /** Takes what an answer sets and a step captures. Gives back the cookies that no browser would have taken. */
  take(step: SendStep, answered: Answered): RefusedCookie[] {
    const jar = this.#jars.get(step.in ?? '') ?? this.#jar()
    const lines = step.in === undefined ? [] : headerValues(answered.headers, 'set-cookie')
    const refused = jar.take(lines, this.player.baseUrl + step.path, answered.at)
    if (step.in !== undefined) this.#jars.set(step.in, jar)
    for (const [name, from] of Object.entries(step.capture ?? {})) {
      this.#captured.set(name, { from, value: find(from, answered, jar), at: answered.at })
    }
    return refused
  }

  /** What a step wanted to capture and the answer had not. */
  uncaptured({ capture = {} }: SendStep): Difference[] {
    return Object.entries(capture).flatMap(([name, from]): Difference[] =>
      this.#captured.get(name)?.value === ''
        ? [
            {
              where: `capture ${name}`,
              how: 'missing',
              expected: `a value at ${from.replace(/^body/, '$')}`,
              received: 'none',
            },
          ]
        : [],
    )
  }

  #jar(cookies: readonly Cookie[] = []): CookieJar {
    return new CookieJar(() => this.player.now(), cookies)
  }

  async arrange({ state, params = {} }: ArrangeStep): Promise<void> {
    const values = await this.player.arrange(state, fillJson(params, await this.#values({}, [JSON.stringify(params)])))
    for (const [name, value] of Object.entries(values)) {
      this.#captured.set(name, { from: state, value: String(value), at: this.player.now() })
    }
  }

  #actor(name: string): Account {
    const account = this.#cast.get(name)
    if (account === undefined) throw new Error(`a journey has no actor ${name}`)
    return account
  }

  /** What texts of a step may name. Codes are asked for when they are sent, for they change. */
  async #values(step: Pick<SendStep, 'as' | 'in'>, texts: readonly string[]): Promise<Map<string, string>> {
    const values = new Map(this.#given)
    for (const [name, { value }] of this.#captured) values.set(name, value)
    for (const [name, account] of this.#cast) {
      values.set(`${name}Username`, account.username)
      values.set(`${name}Password`, passwordOf(account))
    }
    const actor = step.as ?? this.#owners.get(step.in ?? '') ?? [...this.#cast.keys()][0]
    if (actor !== undefined) {
      const account = this.#actor(actor)
      for (const [name, fact] of Object.entries(account.facts ?? {})) values.set(name, String(fact))
      values.set('username', account.username).set('password', passwordOf(account))
      const names = (name: string): boolean => texts.some((text) => text.includes(`{${name}}`))
      const used = this.#pins.get(account.username)
      if (used !== undefined) values.set('usedPin', used)
      if (names('wrongPin')) values.set('wrongPin', anotherCode(await this.player.code(account)))
      if (names('pin')) {
        const pin = await (this.player.freshCode?.(account) ?? this.player.code(account))
        this.#pins.set(account.username, pin)
        values.set('pin', pin)
      }
    }
    return values
  }
}

function passwordOf({ username, password }: Account): string {
  return password ?? username
}

/** A code of the same form that is not the right one. */
export function anotherCode(right: string): string {
  return right.replace(/.$/s, (last) => (/\d/.test(last) ? String((Number(last) + 5) % 10) : last === 'x' ? 'y' : 'x'))
}

function find(from: string, { headers, body }: Answered, jar: CookieJar): string {
  if (from === 'body') return body
  if (from.startsWith('cookie.')) return jar.value(from.slice('cookie.'.length)) ?? ''
  if (from.startsWith('header.')) return headerValues(headers, from.slice('header.'.length))[0] ?? ''
  let value: Json | undefined
  try {
    value = readJson(body)
  } catch {
    return ''
  }
  for (const name of from.split('.').slice(1)) {
    if (Array.isArray(value)) value = (value as readonly Json[])[Number(name)]
    else value = isJsonObject(value) ? value[name] : undefined
  }
  return value === undefined || value === null ? '' : String(value)
}
