import { headerValue } from '../core/http.ts'
import { isJsonObject, type Json, type JsonObject } from '../core/json.ts'
import type { Kit } from '../core/kit.ts'
import { matchResponse } from './match-response.ts'
import type { Interaction } from './pact.ts'
import type { CheckResult, Exchange, Guard, Meaning } from './play-journey.ts'
import { NotReachedError, noAnswer, type Call, type Player } from './player.ts'

/** What playing an interaction takes. */
export interface InteractionCast {
  readonly oracle: Player
  readonly meaning: (id: string) => Meaning
  readonly guard?: Guard
  /** Whoever is checked; left out for a rehearsal. */
  readonly subject?: Player
  /** Prefix of the pact's paths that the target's base URL has already, such as `/jira`. */
  readonly mount: string
  /** What requests need to know where the subject is in the states by itself; undefined where they are to be arranged. */
  readonly given: () => Promise<JsonObject | undefined>
  readonly kit: Kit
}

/** Plays one interaction of a pact: arranges its states, sends its request, and matches the answer. */
export async function playInteraction(interaction: Interaction, cast: InteractionCast): Promise<CheckResult> {
  const { subject } = cast
  try {
    const rehearsal = await rehearse(interaction, cast)
    const unmet = matchResponse(interaction, rehearsal.expected)
    if (unmet[0] !== undefined) {
      const { where, expected, received } = unmet[0]
      throw new NotReachedError(
        `with the target's settings the contract wants another answer: ${where} ${received} instead of ${expected}`,
      )
    }
    if (subject === undefined) return { outcome: 'passed', exchanges: [rehearsal] }
    const values = (await cast.given()) ?? (await arrangeAll(interaction, subject))
    cast.guard?.before(rehearsal.meaning, 1)
    const call = toCall(interaction, values, cast.mount)
    const received = await subject.send(call).catch(noAnswer)
    const differences = received instanceof Error ? noReply(rehearsal, received) : matchResponse(interaction, received)
    if (differences.length === 0) cast.guard?.answered(rehearsal.meaning)
    await subject.release?.(interaction.states.map(({ name }) => name))
    const exchange = { ...rehearsal, ...(received instanceof Error ? {} : { received }), differences }
    return { outcome: differences.length === 0 ? 'passed' : 'failed', exchanges: [exchange] }
  } catch (error) {
    if (!(error instanceof NotReachedError)) throw error
    return { outcome: 'not reached', because: error.message, exchanges: [] }
  }
}

function noReply({ expected }: Exchange, cause: Error): Exchange['differences'] {
  return [{ where: 'answer', expected: `status ${expected.status}`, received: cause.message }]
}

/** The interaction as the mock plays it: what it means, and whether a server with these settings can keep it at all. */
async function rehearse(interaction: Interaction, { oracle, meaning, mount }: InteractionCast): Promise<Exchange> {
  const values = await arrangeAll(interaction, oracle)
  const call = toCall(interaction, values, mount)
  const expected = await oracle.send(call)
  const shows = /^[A-Z]{2}-\w+/.exec(interaction.description)?.[0]
  return {
    step: 0,
    call,
    sent: { do: 'send', method: call.method, path: call.path },
    meaning: meaning(headerValue(expected.headers, 'x-understudy-request') ?? ''),
    ...(shows === undefined ? {} : { shows }),
    expected,
    received: undefined,
    differences: [],
  }
}

async function arrangeAll({ states }: Interaction, player: Player): Promise<JsonObject> {
  let values: JsonObject = {}
  for (const { name, params } of states) values = { ...values, ...params, ...(await player.arrange(name, params)) }
  return values
}

function toCall({ request }: Interaction, values: JsonObject, mount: string): Call {
  const { generated, headers } = request
  const path = generated.path === undefined ? request.path : fillIn(generated.path, values)
  const query = Object.entries(request.query).flatMap(([name, given]) => {
    const expression = generated.query[name]
    return (expression === undefined ? given : [fillIn(expression, values)]).map((value) => [name, value])
  })
  const search = new URLSearchParams(query).toString()
  const list = Object.entries(headers).flatMap(([name, value]) => {
    const expression = generated.header[name]
    return [name, expression === undefined ? value : fillIn(expression, values)]
  })
  return {
    method: request.method,
    path: (path.startsWith(mount) ? path.slice(mount.length) : path) + (search === '' ? '' : `?${search}`),
    headers: list,
    body: bodyOf(request, values),
  }
}

function bodyOf({ body, generated, headers }: Interaction['request'], values: JsonObject): string | undefined {
  if (body === undefined) return undefined
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  if (typeof body === 'string' && !type.includes('json')) return body
  let filled: Json = structuredClone(body)
  for (const [path, expression] of Object.entries(generated.body)) {
    const name = path.replace(/^\$\.?/, '')
    if (isJsonObject(filled)) filled = { ...filled, [name]: typed(fillIn(expression, values), filled[name]) }
  }
  return JSON.stringify(filled)
}

function typed(text: string, example: Json | undefined): Json {
  return typeof example === 'number' ? Number(text) : text
}

function fillIn(expression: string, values: JsonObject): string {
  return expression.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new NotReachedError(`no provider state gives the value \${${name}} of its request`)
    return String(value)
  })
}
