import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { HeaderList } from '../../core/http.ts'
import { asObject, isJsonObject, type Json, type JsonObject } from '../../core/json.ts'
import { packageRoot } from '../../hosts/package-root.ts'
import { RuleBook } from './rule-book.ts'

/** One request of the reference client's pact, with the states it presupposes and the answer it relies on. */
export interface PactInteraction {
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
    readonly rules: RuleBook
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

/**
 * The interactions of the reference client's pact with an API, which are a part of this package. Pacts of others are Pact's
 * own verifier's (`pacts/verify-pacts.ts`).
 */
export async function ownInteractions(api: string): Promise<PactInteraction[]> {
  // Found from the bundle as well.
  const file = fileURLToPath(new URL(`pacts/auth-understudy-client-${api}.json`, packageRoot))
  const { interactions } = JSON.parse(await readFile(file, 'utf8')) as { readonly interactions: readonly JsonObject[] }
  return interactions.map((interaction) => toInteraction(interaction, api))
}

function toInteraction(data: JsonObject, api: string): PactInteraction {
  const description = String(data['description'])
  const [request, response] = [asObject(data['request']), asObject(data['response'])]
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
      generated: generatedOf(asObject(request['generators'])),
    },
    response: {
      status: Number(response['status']),
      headers: Object.entries(textsOf(response['headers'])).flat(),
      body: response['body'],
      rules: new RuleBook(response['matchingRules']),
    },
  }
}

function statesOf(data: JsonObject): PactInteraction['states'] {
  const states = Array.isArray(data['providerStates']) ? data['providerStates'] : []
  return states.filter(isJsonObject).map(({ name, params }) => ({ name: String(name), params: asObject(params) }))
}

function generatedOf(generators: JsonObject): PactRequest['generated'] {
  const expressions = (part: Json | undefined): { [place: string]: string } =>
    Object.fromEntries(
      Object.entries(asObject(part)).flatMap(([place, generator]) => {
        const { type, expression } = asObject(generator)
        return type === 'ProviderState' ? [[place, String(expression)]] : []
      }),
    )
  const path = asObject(generators['path'])
  return {
    ...(path['type'] === 'ProviderState' ? { path: String(path['expression']) } : {}),
    query: expressions(generators['query']),
    header: expressions(generators['header']),
    body: expressions(generators['body']),
  }
}

function queryOf(query: Json | undefined): PactRequest['query'] {
  return Object.fromEntries(
    Object.entries(asObject(query)).map(([name, values]) => [name, [values].flat().map(String)]),
  )
}

function textsOf(value: Json | undefined): { [name: string]: string } {
  return Object.fromEntries(Object.entries(asObject(value)).map(([name, text]) => [name, String(text)]))
}
