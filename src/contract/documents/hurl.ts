import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts'
import { printable } from '../../core/printable.ts'
import { fill, writingFor, type Writing } from '../target/template.ts'
import { keptOf } from './kept.ts'
import { assertsOf, captureQuery, cookieVariable, escaped, oneLine } from './hurl-words.ts'
import type { JourneyScript, ScriptedRequest, ScriptedState, ScriptLine } from './script.ts'
import { cookiesSet } from './set-cookies.ts'

/** Where the control API of the mock is. */
const control = '{{url}}/__understudy'

/**
 * A journey as a file of Hurl, which `hurl --variable url=…` plays on a mock: users are arranged and the clock is moved by the
 * control API. Cookies are written out, as a journey may have several sessions.
 */
export function hurlOf(script: JourneyScript): string {
  const writer = new HurlWriter(script)
  const { journey, api, given, setup, lines } = script
  const entries = [
    ...(Object.keys(given).length === 0
      ? []
      : [writer.control('PATCH', `/apis/${api.id}`, given, 'the settings that it is about')]),
    ...setup.map((state) => writer.state(state)),
    ...lines.map((line) => writer.line(line)),
  ]
  const head = [
    `# ${printable(`${journey.id}: ${journey.title}`)}`,
    `# On a mock: hurl --test --variable url=http://127.0.0.1:4010 <this file>`,
  ]
  return `${[head.join('\n'), ...writer.withVariables(entries)].join('\n\n')}\n`
}

class HurlWriter {
  readonly #script: JourneyScript
  readonly #variables = new Map<string, string>()
  readonly #mount: string

  constructor(script: JourneyScript) {
    this.#script = script
    this.#mount = script.mount
  }

  /** The entries, of which the first sets every variable that they name. */
  withVariables([first = '', ...rest]: readonly string[]): string[] {
    if (this.#variables.size === 0) return [first, ...rest]
    const options = [...this.#variables].map(([name, value]) => `variable: ${name}=${value}`)
    const lines = first.split('\n')
    const at = lines.findIndex((each) => each.startsWith('[') || each.startsWith('`') || each.startsWith('HTTP '))
    return [[...lines.slice(0, at), '[Options]', ...options, ...lines.slice(at)].join('\n'), ...rest]
  }

  line(one: ScriptLine): string {
    switch (one.do) {
      case 'wait':
        return this.control('POST', '/clock/advance', { by: one.ms }, 'time passes')
      case 'arrange':
        return this.state(one)
      case 'send':
        return this.#request(one)
    }
  }

  state({ actor, state, params }: ScriptedState): string {
    const filled = this.#fillJson(params, actor)
    const captures = this.#script.givenByStates.map((name) => `${name}: jsonpath "$.${name}"`)
    return this.control('POST', '/pact/states', { state, params: filled, action: 'setup' }, state, captures)
  }

  control(method: string, path: string, body: JsonObject, about: string, captures: readonly string[] = []): string {
    return [
      `# ${printable(about)}`,
      `${method} ${control}${path}`,
      'content-type: application/json',
      oneLine(JSON.stringify(body)),
      'HTTP 200',
      ...(captures.length === 0 ? [] : ['[Captures]', ...captures]),
    ].join('\n')
  }

  #request(request: ScriptedRequest): string {
    const { step, actor, session, cookies, credentials, answer, clause, because } = request
    const { method, path, headers = {}, body } = step
    const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
    const sentHeaders = Object.entries(headers).map(([name, value]) => `${name}: ${this.#text(value, 'plain', actor)}`)
    const extra = credentials.flatMap((name, at) =>
      at % 2 === 0 ? [`${name}: ${escaped(credentials[at + 1] ?? '', '#\\')}`] : [],
    )
    const sentCookies = cookies.map((name) => `${name}: {{${cookieVariable(session, name)}}}`)
    const captures = [
      ...cookiesSet(answer).map((name) => `${cookieVariable(session, name)}: cookie "${name}"`),
      ...keptOf(request).map((each) => `${each.name.replaceAll(/\W/g, '_')}: ${captureQuery(each, session)}`),
    ]
    const asserts = [
      ...assertsOf(request, this.#script.api, step.expect ?? {}, (text) => this.#text(text, 'plain', actor)),
    ]
    return [
      `# ${printable(`${clause}: ${because}`)}`,
      '# @cookie_storage_clear',
      `${method} {{url}}${this.#mount}${this.#text(path, 'path', actor).replaceAll(/[^\u0021-\u007e]+/g, encodeURIComponent)}`,
      ...sentHeaders,
      ...extra,
      ...(sentCookies.length === 0 ? [] : ['[Cookies]', ...sentCookies]),
      ...(body === undefined || body === '' ? [] : [oneLine(this.#raw(body, writingFor(type), actor))]),
      `HTTP ${answer.status}`,
      ...(captures.length === 0 || (session === undefined && cookiesSet(answer).length === captures.length)
        ? []
        : ['[Captures]', ...captures]),
      ...(asserts.length === 0 ? [] : ['[Asserts]', ...asserts]),
    ].join('\n')
  }

  /** A text with its names as variables of Hurl, in which what Hurl reads otherwise is escaped. */
  #text(text: string, writing: Writing, actor: string | undefined): string {
    return escaped(this.#raw(text, writing, actor), '#\\')
  }

  #raw(text: string, writing: Writing, actor: string | undefined): string {
    return text.replaceAll(/\{([a-z]\w*)\}/gi, (_, name: string) => {
      const named = this.#script.names.of(name, actor)
      if (named.is === 'captured') return `{{${name}}}`
      const encoded = fill('{value}', new Map([['value', named.value]]), writing)
      // What is encoded otherwise in another place is written out.
      if (encoded !== named.value || !/^[\w.~@-]+$/.test(encoded)) return encoded
      this.#variables.set(named.name, named.value)
      return `{{${named.name}}}`
    })
  }

  #fillJson(data: Json, actor: string | undefined): JsonObject {
    const write = (value: Json): Json => {
      if (typeof value === 'string') return this.#raw(value, 'plain', actor)
      if (Array.isArray(value)) return value.map((item: Json) => write(item))
      return isJsonObject(value)
        ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, write(member ?? null)]))
        : value
    }
    return write(data) as JsonObject
  }
}
