import { UnderstudyError } from '../../core/errors.ts'
import { isJsonObject, inWords, type Json, type JsonObject } from '../../core/json.ts'
import { deepest, isNestedDeeply } from '../../core/nesting.ts'
import type { PactState } from '../target/consumer-state.ts'
import { messageOf } from '../../core/thrown.ts'

/**
 * A pact as somebody's library wrote it, of any version. It is read just far enough to tell its mistakes before anything
 * is sent, to arrange its states, and to compare it; what its matchers mean is for Pact's own verifier.
 */
export interface PactDocument {
  /** The file or address it was read from. */
  readonly where: string
  readonly consumer: string
  readonly provider: string
  /** Of the specification. */
  readonly version: 1 | 2 | 3 | 4
  readonly interactions: readonly PactEntry[]
  /** A broker says that the provider has yet to keep it. */
  readonly isPending?: boolean
  readonly data: JsonObject
}

/** An interaction of a pact. */
export interface PactEntry {
  /** Its place, counted from 0: descriptions need not differ. */
  readonly place: number
  readonly description: string
  readonly states: readonly PactState[]
  /** Left out where it is no HTTP: a message, or of a plug-in. */
  readonly request?: { readonly method: string; readonly path: string }
  /** What keeps it from being played, each with the member. */
  readonly mistakes: readonly string[]
  readonly data: JsonObject
}

/** Reads the text of a pact. Throws ERR_USAGE where it is none. */
export function readPact(text: string, where: string): PactDocument {
  const refuse = (why: string): UnderstudyError => new UnderstudyError('ERR_USAGE', `${where} ${why}`)
  if (isNestedDeeply(text)) throw refuse(`is nested more than ${deepest} levels deep.`)
  let data: unknown
  try {
    // Some editors begin a file with a mark of the byte order.
    data = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw refuse(`is no JSON: ${messageOf(error)}.`)
  }
  if (!isJsonObject(data)) throw refuse('is no pact: it has no consumer, provider and interactions.')
  if (data['interactions'] === undefined && Array.isArray(data['messages']))
    throw refuse('is a pact of messages, and an API is asked by HTTP.')
  const { interactions } = data
  if (!Array.isArray(interactions)) throw refuse('is no pact: it has no list of interactions.')
  const [consumer, provider] = [nameOf(data['consumer']), nameOf(data['provider'])]
  if (consumer === undefined) throw refuse('is no pact: consumer.name is missing.')
  if (provider === undefined) throw refuse('is no pact: provider.name is missing.')
  const written = writtenVersion(data)
  const version = toVersion(written)
  if (version === undefined)
    throw refuse(`is of version ${inWords(written ?? null)} of Pact's specification; versions 1 to 4 are known.`)
  return { where, consumer, provider, version, interactions: interactions.map(toEntry), data }
}

function toEntry(data: Json, place: number): PactEntry {
  const at = `interactions[${place}]`
  if (!isJsonObject(data)) {
    return { place, description: at, states: [], mistakes: [`${at} is no interaction but ${inWords(data)}`], data: {} }
  }
  const { description, request, response } = data
  const states = statesOf(data, at)
  const type = data['type'] ?? 'Synchronous/HTTP'
  const isHttp = type === 'Synchronous/HTTP'
  const mistakes = [
    ...(typeof description === 'string' ? [] : [wrong(`${at}.description`, 'a text', description)]),
    ...states.mistakes,
    ...(isHttp ? [...requestMistakes(request, at), ...responseMistakes(response, at)] : []),
  ]
  return {
    place,
    description: typeof description === 'string' ? description : at,
    states: states.all,
    ...(isHttp ? { request: lineOf(request) } : {}),
    mistakes,
    data,
  }
}

function lineOf(request: Json | undefined): NonNullable<PactEntry['request']> {
  const { method, path } = isJsonObject(request) ? request : {}
  return {
    method: typeof method === 'string' ? method.toUpperCase() : 'GET',
    path: typeof path === 'string' ? path : '/',
  }
}

function requestMistakes(request: Json | undefined, at: string): string[] {
  if (!isJsonObject(request)) return [wrong(`${at}.request`, 'an object', request)]
  const { method, path } = request
  return [
    ...(method === undefined || typeof method === 'string' ? [] : [wrong(`${at}.request.method`, 'a text', method)]),
    // Behind a base URL, anything else could name another server.
    ...(path === undefined || (typeof path === 'string' && /^(\/|$)/.test(path))
      ? []
      : [wrong(`${at}.request.path`, 'a text that begins with /', path)]),
    ...partMistakes(request, `${at}.request`),
  ]
}

function responseMistakes(response: Json | undefined, at: string): string[] {
  if (!isJsonObject(response)) return [wrong(`${at}.response`, 'an object', response)]
  const { status } = response
  const isStatus = typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599
  return [
    ...(status === undefined || isStatus ? [] : [wrong(`${at}.response.status`, 'a number from 100 to 599', status)]),
    ...partMistakes(response, `${at}.response`),
  ]
}

/** Pact's verifier leaves out what it does not expect to be so, and then everything is right. */
function partMistakes(part: JsonObject, at: string): string[] {
  return ['headers', 'matchingRules', 'generators'].flatMap((name) => {
    const value = part[name] ?? undefined
    return value === undefined || isJsonObject(value) ? [] : [wrong(`${at}.${name}`, 'an object', value)]
  })
}

/** The states in the spelling of each version; a state without a name is none. */
function statesOf(data: JsonObject, at: string): { all: readonly PactState[]; mistakes: readonly string[] } {
  const list = data['providerStates']
  if (Array.isArray(list)) {
    const mistakes: string[] = []
    const all = list.flatMap((state: Json, index): PactState[] => {
      const where = `${at}.providerStates[${index}]`
      const { name, params = {} } = isJsonObject(state) ? state : {}
      if (typeof name !== 'string') mistakes.push(wrong(`${where}.name`, 'a text', name))
      else if (!isJsonObject(params)) mistakes.push(wrong(`${where}.params`, 'an object', params))
      else return name === '' ? [] : [{ name, params }]
      return []
    })
    return { all, mistakes }
  }
  const key = ['providerStates', 'providerState', 'provider_state'].find((name) => data[name] !== undefined) ?? ''
  const name = data[key] ?? ''
  if (typeof name !== 'string') return { all: [], mistakes: [wrong(`${at}.${key}`, 'a text', name)] }
  return { all: name === '' ? [] : [{ name, params: {} }], mistakes: [] }
}

function wrong(member: string, wanted: string, value: Json | undefined): string {
  return value === undefined ? `${member} is missing` : `${member} is to be ${wanted}, not ${inWords(value)}`
}

function nameOf(party: Json | undefined): string | undefined {
  const name = isJsonObject(party) ? party['name'] : undefined
  return typeof name === 'string' && name !== '' ? name : undefined
}

/** Libraries have written the version in four places. */
function writtenVersion(data: JsonObject): Json | undefined {
  const metadata = isJsonObject(data['metadata']) ? data['metadata'] : {}
  const [now, before] = [metadata['pactSpecification'], metadata['pact-specification']]
  return (
    (isJsonObject(now) ? now['version'] : undefined) ??
    (isJsonObject(before) ? before['version'] : undefined) ??
    metadata['pactSpecificationVersion'] ??
    metadata['pact-specification-version']
  )
}

/** A pact that does not say is taken for one of version 3, as Pact's verifier does. */
function toVersion(written: Json | undefined): PactDocument['version'] | undefined {
  if (written === undefined) return 3
  const major = Number(/^([1-4])(\.\d+){0,2}$/.exec(inWords(written))?.[1])
  return Number.isNaN(major) ? undefined : (major as PactDocument['version'])
}
