import type { AnyApi } from '../../core/api.ts'
import type { Json, JsonObject } from '../../core/json.ts'
import { Router } from '../../core/route.ts'
import { version } from '../../core/version.ts'
import { fill, writingFor, type Writing } from '../target/template.ts'
import { keptOf } from './kept.ts'
import { cookiesSet } from './set-cookies.ts'
import type { JourneyScript, ScriptedRequest, ScriptedState, ScriptLine } from './script.ts'
import { toldAlike } from './told-alike.ts'

/** Where the documents are that steps refer to. */
export interface ArazzoSources {
  /** That of the API, as `understudy openapi` writes it. */
  readonly api: string
  /** That of the control API of a mock. */
  readonly control: string
}

/** What cannot be told in Arazzo, in words. */
export class UntellableError extends Error {}

/** Expressions of Arazzo 1.0 reach a whole header, and nothing in it. */
const aboutCookies =
  'A session goes on with the line of Set-Cookie that began it, attributes and all, as its Cookie header: servers take the name and the value off its beginning.'

/**
 * Journeys in Arazzo 1.0: a workflow of each, whose steps refer to the OpenAPI of the API, and, where time passes or a state is
 * arranged, to that of the control API. Throws {@link UntellableError} for a request that is to no operation.
 */
export function arazzoOf(api: AnyApi, scripts: readonly JourneyScript[], sources: ArazzoSources): JsonObject {
  return {
    arazzo: '1.0.1',
    info: { title: `${api.title}, in journeys`, version, description: aboutCookies },
    sourceDescriptions: [
      { name: api.id, url: sources.api, type: 'openapi' },
      { name: 'understudy', url: sources.control, type: 'openapi' },
    ],
    workflows: scripts.map((script) => new Workflow(script).written()),
  }
}

/** One journey as a workflow. */
export class Workflow {
  readonly #script: JourneyScript
  readonly #router: Router<AnyApi, AnyApi['operations'][number]>
  readonly #inputs = new Map<string, string>()
  /** Which step gives back a value. */
  readonly #given = new Map<string, string>()
  /** Names of values that are cookies. */
  readonly #cookies = new Set<string>()

  constructor(script: JourneyScript) {
    this.#script = script
    this.#router = new Router([{ owner: script.api as AnyApi, mount: '', targets: script.api.operations }])
  }

  written(): JsonObject {
    const { journey, setup, lines } = this.#script
    const all: readonly ScriptLine[] = [...setup.map((state) => ({ do: 'arrange', ...state }) as const), ...lines]
    // Unique in the document: there are readers that do not look at the workflow.
    const workflowId = journey.id.replaceAll(/[^\w-]/g, '-')
    const steps = all.map((line, place) => this.#step(line, `${workflowId}-${place + 1}`))
    const properties = [...this.#inputs].map(([name, value]) => [name, { type: 'string', default: value }])
    return {
      workflowId,
      summary: journey.title,
      ...(properties.length === 0 ? {} : { inputs: { type: 'object', properties: Object.fromEntries(properties) } }),
      steps,
    }
  }

  #step(line: ScriptLine, stepId: string): JsonObject {
    switch (line.do) {
      case 'wait':
        return { ...controlled(stepId, '/clock/advance', { by: line.ms }), description: 'time passes' }
      case 'arrange':
        return this.#state(line, stepId)
      case 'send':
        return this.#request(line, stepId)
    }
  }

  #state({ actor, state, params }: ScriptedState, stepId: string): JsonObject {
    const given = this.#script.givenByStates
    const filled = JSON.parse(this.#text(JSON.stringify(params), 'json', actor)) as JsonObject
    for (const name of given) this.#given.set(name, stepId)
    return {
      ...controlled(stepId, '/pact/states', { state, params: filled, action: 'setup' }),
      description: state,
      ...(given.length === 0
        ? {}
        : { outputs: Object.fromEntries(given.map((name) => [name, `$response.body#/${name}`])) }),
    }
  }

  #request(request: ScriptedRequest, stepId: string): JsonObject {
    const { step, actor, session, cookies, credentials, answer, clause, because } = request
    const { api } = this.#script
    const [path = '', query = ''] = step.path.split('?')
    const route = this.#router.find(step.method, path)
    if (route.kind !== 'found') throw new UntellableError(`${step.method} ${path} is no operation`)
    const template = route.target.paths.find((each) => each === path || Object.keys(route.params).length > 0) ?? path
    const place = (name: string, where: string, value: string): Json => ({ name, in: where, value })
    const type = Object.entries(step.headers ?? {}).find(([name]) => name.toLowerCase() === 'content-type')?.[1]
    const parameters = [
      ...Object.entries(route.params).map(([name, value]) => place(name, 'path', this.#text(value, 'plain', actor))),
      ...query
        .split('&')
        .filter((pair) => pair !== '')
        .map((pair) => {
          const [name = '', ...value] = pair.split('=')
          return place(
            decodeURIComponent(name),
            'query',
            this.#text(decodeURIComponent(value.join('=')), 'plain', actor),
          )
        }),
      ...Object.entries(step.headers ?? {})
        .filter(([name]) => name.toLowerCase() !== 'content-type')
        .map(([name, value]) => place(name, 'header', this.#text(value, 'plain', actor))),
      ...credentials.flatMap((name, at) => (at % 2 === 0 ? [place(name, 'header', credentials[at + 1] ?? '')] : [])),
      ...this.#cookieHeader(session, cookies),
    ]
    const outputs = this.#outputs(request, stepId)
    return {
      stepId,
      description: `${clause}: ${because}`,
      operationPath: `{$sourceDescriptions.${api.id}.url}#/paths/${template.replaceAll('~', '~0').replaceAll('/', '~1')}/${step.method.toLowerCase()}`,
      ...(parameters.length === 0 ? {} : { parameters }),
      ...(step.body === undefined || step.body === ''
        ? {}
        : {
            requestBody: {
              ...(type === undefined ? {} : { contentType: type }),
              payload: this.#text(step.body, writingFor(type ?? ''), actor),
            },
          }),
      successCriteria: [
        { condition: `$statusCode == ${answer.status}` },
        ...toldAlike(request, api).map(({ path: steps, value }) => ({
          condition: `$response.body#/${steps.join('/')} == ${typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)}`,
        })),
      ],
      ...(Object.keys(outputs).length === 0 ? {} : { outputs }),
    }
  }

  #cookieHeader(session: string | undefined, cookies: readonly string[]): Json[] {
    const begun = this.#given.get(`session ${session}`)
    if (cookies.length === 0 || begun === undefined) return []
    return [{ name: 'Cookie', in: 'header', value: `$steps.${begun}.outputs.cookie` }]
  }

  #outputs(request: ScriptedRequest, stepId: string): JsonObject {
    const { session, answer } = request
    const captured = keptOf(request).flatMap((each) => {
      this.#given.set(each.name, stepId)
      if (each.from === 'header') return [[each.name, `$response.header.${each.header}`]]
      if (each.from === 'cookie') {
        this.#cookies.add(each.name)
        return []
      }
      return [[each.name, each.path.length === 0 ? '$response.body' : `$response.body#/${each.path.join('/')}`]]
    })
    const hasCookie = session !== undefined && cookiesSet(answer).length > 0
    if (hasCookie) this.#given.set(`session ${session}`, stepId)
    return { ...Object.fromEntries(captured), ...(hasCookie ? { cookie: '$response.header.Set-Cookie' } : {}) }
  }

  #text(text: string, writing: Writing, actor: string | undefined): string {
    const spelled = text.replaceAll(/\{([a-z]\w*)\}/gi, (_, name: string) => {
      const named = this.#script.names.of(name, actor)
      if (named.is === 'captured') {
        if (this.#cookies.has(name))
          throw new UntellableError(`it sends {${name}}, the value of a cookie, which Arazzo takes out of no header`)
        return `{$steps.${this.#given.get(name) ?? ''}.outputs.${name}}`
      }
      const encoded = fill('{value}', new Map([['value', named.value]]), writing)
      if (encoded !== named.value || encoded === '') return encoded
      this.#inputs.set(named.name, named.value)
      return `{$inputs.${named.name}}`
    })
    // An expression that is all there is takes no braces.
    return /^\{\$[^{}]*\}$/.test(spelled) ? spelled.slice(1, -1) : spelled
  }
}

function controlled(stepId: string, path: string, payload: JsonObject): JsonObject {
  return {
    stepId,
    operationPath: `{$sourceDescriptions.understudy.url}#/paths/${path.replaceAll('/', '~1')}/post`,
    requestBody: { contentType: 'application/json', payload },
    successCriteria: [{ condition: '$statusCode == 200' }],
  }
}
