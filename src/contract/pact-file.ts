import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UnderstudyError } from '../core/errors.ts'
import type { HeaderList } from '../core/http.ts'
import { isJsonObject, type Json, type JsonObject } from '../core/json.ts'
import { deepest, isNestedDeeply } from '../core/nesting.ts'

/** A consumer pact: what one consumer relies on. */
export interface Pact {
  readonly consumer: string
  readonly provider: string
  readonly interactions: readonly Interaction[]
}

/** One request of a pact, with the states it presupposes and the answer it relies on. */
export interface Interaction {
  /** Unique and stable. */
  readonly id: string
  readonly description: string
  /** The clause that it shows, which the descriptions of our own pacts begin with. */
  readonly clause: string | undefined
  readonly states: readonly { readonly name: string; readonly params: JsonObject }[]
  readonly request: PactRequest
  readonly response: {
    readonly status: number
    readonly headers: HeaderList
    readonly body: Json | undefined
    readonly rules: { readonly body: JsonObject; readonly header: JsonObject }
  }
}

/** A request as a pact has it, and which values of it come from provider states. */
export interface PactRequest {
  readonly method: string
  readonly path: string
  readonly query: { readonly [name: string]: readonly string[] }
  readonly headers: { readonly [name: string]: string }
  readonly body: Json | undefined
  /** Expressions such as `JSESSIONID=${session}`, by place. */
  readonly generated: {
    readonly path?: string
    readonly query: { readonly [name: string]: string }
    readonly header: { readonly [name: string]: string }
    readonly body: { readonly [path: string]: string }
  }
}

/** Reads a pact of specification version 3 (or 2, for which states have no parameters). */
export async function loadPact(file: string, cwd: string, api: string): Promise<Pact> {
  const content = await readFile(resolve(cwd, file), 'utf8').catch(() => undefined)
  if (content === undefined) throw new UnderstudyError('ERR_USAGE', `There is no pact file ${file}.`)
  if (isNestedDeeply(content)) {
    throw new UnderstudyError('ERR_USAGE', `${file} is nested more than ${deepest} levels deep.`)
  }
  let data: unknown
  try {
    data = JSON.parse(content)
  } catch (error) {
    throw new UnderstudyError('ERR_USAGE', `${file} is no JSON: ${(error as Error).message}.`)
  }
  if (!isJsonObject(data) || !Array.isArray(data['interactions']))
    throw new UnderstudyError(
      'ERR_USAGE',
      `${file} is no pact with interactions, such as Pact's specification 3 has them.`,
    )
  return {
    consumer: nameOf(data['consumer']),
    provider: nameOf(data['provider']),
    interactions: data['interactions'].filter(isJsonObject).map((interaction) => toInteraction(interaction, api)),
  }
}

function toInteraction(data: JsonObject, api: string): Interaction {
  const description = String(data['description'])
  const [request, response] = [objectOf(data['request']), objectOf(data['response'])]
  const rules = objectOf(response['matchingRules'])
  return {
    id: `${api}.pact.${description
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')}`,
    description,
    clause: /^[A-Z]{2}-\w+/.exec(description)?.[0],
    states: statesOf(data),
    request: {
      method: String(request['method']),
      path: String(request['path']),
      query: queryOf(request['query']),
      headers: textsOf(request['headers']),
      body: request['body'],
      generated: generatedOf(objectOf(request['generators'])),
    },
    response: {
      status: Number(response['status']),
      headers: Object.entries(textsOf(response['headers'])).flat(),
      body: response['body'],
      rules: { body: objectOf(rules['body']), header: objectOf(rules['header']) },
    },
  }
}

function statesOf(data: JsonObject): Interaction['states'] {
  if (typeof data['providerState'] === 'string') return [{ name: data['providerState'], params: {} }]
  const states = Array.isArray(data['providerStates']) ? data['providerStates'] : []
  return states.filter(isJsonObject).map(({ name, params }) => ({ name: String(name), params: objectOf(params) }))
}

function generatedOf(generators: JsonObject): PactRequest['generated'] {
  const expressions = (part: Json | undefined): { [place: string]: string } =>
    Object.fromEntries(
      Object.entries(objectOf(part)).flatMap(([place, generator]) => {
        const { type, expression } = objectOf(generator)
        return type === 'ProviderState' ? [[place, String(expression)]] : []
      }),
    )
  const path = objectOf(generators['path'])
  return {
    ...(path['type'] === 'ProviderState' ? { path: String(path['expression']) } : {}),
    query: expressions(generators['query']),
    header: expressions(generators['header']),
    body: expressions(generators['body']),
  }
}

function queryOf(query: Json | undefined): PactRequest['query'] {
  if (typeof query === 'string') {
    const names = [...new Set(new URLSearchParams(query).keys())]
    return Object.fromEntries(names.map((name) => [name, new URLSearchParams(query).getAll(name)]))
  }
  return Object.fromEntries(
    Object.entries(objectOf(query)).map(([name, values]) => [name, [values].flat().map(String)]),
  )
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}

/** Headers may be lists; they are told in one line then. */
function textsOf(value: Json | undefined): { [name: string]: string } {
  return Object.fromEntries(Object.entries(objectOf(value)).map(([name, text]) => [name, [text].flat().join(', ')]))
}

function nameOf(value: Json | undefined): string {
  return String(objectOf(value)['name'] ?? 'unknown')
}
