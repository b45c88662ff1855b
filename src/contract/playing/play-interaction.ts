import { headerPairs, headerValue } from '../../core/http.ts'
import type { SendStep } from '../../core/journey.ts'
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts'
import { matchResponse } from '../comparing/match-response.ts'
import type { PactInteraction, PactRequest } from '../comparing/own-pact.ts'
import type { Precondition } from './precondition.ts'
import { outcomeOf, outcomeOfOutage, type CheckResult, type Exchange, type Guard, type Meaning } from './exchange.ts'
import { HookFailedError, NotReachedError, type Call, type Player } from './player.ts'
import { UnavailableError } from './unavailable.ts'
import { unreadable } from './unreadable.ts'

/** What playing an interaction takes. */
export interface InteractionCast {
  readonly oracle: Player
  readonly meaning: (id: string) => Meaning
  readonly guard?: Guard
  /** Whoever is checked; left out for a rehearsal. */
  readonly subject?: Player
  /** Prefix of the pact's paths that the target's base URL has already, such as `/jira`. */
  readonly mount: string
  readonly precondition: Precondition
}

/** Plays one interaction of a pact: arranges its states, sends its request, and matches the answer. */
export async function playInteraction(interaction: PactInteraction, cast: InteractionCast): Promise<CheckResult> {
  const { subject } = cast
  try {
    const rehearsal = await rehearse(interaction, cast)
    const unmet = matchResponse(interaction, rehearsal.expected)
    if (unmet[0] !== undefined) {
      const { where, expected, received } = unmet[0]
      throw new NotReachedError(
        `with the target's settings and accounts the contract wants another answer: ${where} ${received} instead of ${expected}`,
      )
    }
    if (subject === undefined) return { outcome: 'passed', exchanges: [rehearsal] }
    try {
      const values = await cast.precondition.prepare(subject)
      return await ask(interaction, rehearsal, { ...cast, subject, values })
    } finally {
      await cast.precondition.release(subject)
    }
  } catch (error) {
    if (error instanceof UnavailableError) return outcomeOfOutage(error, '', [])
    if (error instanceof NotReachedError) return { outcome: 'not reached', because: error.message, exchanges: [] }
    if (error instanceof HookFailedError)
      return { outcome: 'not reached', because: error.message, exchanges: [], isHookBroken: true }
    throw error
  }
}

async function ask(
  interaction: PactInteraction,
  rehearsal: Exchange,
  { subject, values, mount, guard }: InteractionCast & { readonly subject: Player; readonly values: JsonObject },
): Promise<CheckResult> {
  const call = toCall(interaction.request, fillingIn(values), mount)
  const counts = guard?.before(rehearsal.meaning, 1) === true
  const expectation = { expects: interaction.response.status, ...(counts ? { repeat: 'never' as const } : {}) }
  const received = await subject.send(call, expectation).catch(unreadable)
  const differences = received instanceof Error ? noReply(rehearsal, received) : matchResponse(interaction, received)
  if (differences.length === 0) guard?.answered(rehearsal.meaning)
  const exchange = { ...rehearsal, ...(received instanceof Error ? {} : { received }), differences }
  return outcomeOf([exchange])
}

function noReply({ expected }: Exchange, cause: Error): Exchange['differences'] {
  return [{ where: 'answer', how: 'missing', expected: `status ${expected.status}`, received: cause.message }]
}

/** The interaction as the mock plays it: what it means, and whether a server with these settings can keep it at all. */
async function rehearse(
  interaction: PactInteraction,
  { oracle, meaning, mount, precondition }: InteractionCast,
): Promise<Exchange> {
  const values = await precondition.prepare(oracle)
  const call = toCall(interaction.request, fillingIn(values), mount)
  const expected = await oracle.send(call)
  const { clause: shows } = interaction
  return {
    step: 0,
    call,
    sent: sentBy(interaction, mount),
    meaning: meaning(headerValue(expected.headers, 'x-understudy-request') ?? ''),
    ...(shows === undefined ? {} : { shows }),
    expected,
    received: undefined,
    differences: [],
  }
}

/** The request as the pact has it, with the names of values that come from states. */
function sentBy({ request }: PactInteraction, mount: string): SendStep {
  const { path, headers, body } = toCall(request, (expression) => expression.replaceAll('${', '{'), mount)
  const named = Object.fromEntries(headerPairs(headers))
  const plain = path.replaceAll('%7B', '{').replaceAll('%7D', '}')
  return { do: 'send', method: request.method, path: plain, headers: named, ...(body === undefined ? {} : { body }) }
}

function toCall(request: PactRequest, fillIn: FillIn, mount: string): Call {
  const { generated, headers } = request
  const path = generated.path === undefined ? request.path : fillIn(generated.path)
  const query = Object.entries(request.query).flatMap(([name, given]) => {
    const expression = generated.query[name]
    return (expression === undefined ? given : [fillIn(expression)]).map((value) => [name, value])
  })
  const search = new URLSearchParams(query).toString()
  const list = Object.entries(headers).flatMap(([name, value]) => {
    const expression = generated.header[name]
    return [name, expression === undefined ? value : fillIn(expression)]
  })
  return {
    method: request.method,
    path: (path.startsWith(mount) ? path.slice(mount.length) : path) + (search === '' ? '' : `?${search}`),
    headers: list,
    body: bodyOf(request, fillIn),
  }
}

function bodyOf({ body, generated, headers }: PactRequest, fillIn: FillIn): string | undefined {
  if (body === undefined) return undefined
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  if (typeof body === 'string' && !type.includes('json')) return body
  let filled: Json = structuredClone(body)
  for (const [path, expression] of Object.entries(generated.body)) {
    const name = path.replace(/^\$\.?/, '')
    if (isJsonObject(filled)) filled = { ...filled, [name]: typed(fillIn(expression), filled[name]) }
  }
  return JSON.stringify(filled)
}

function typed(text: string, example: Json | undefined): Json {
  return typeof example === 'number' ? Number(text) : text
}

/** What stands for an expression such as `JSESSIONID=${session}`. */
type FillIn = (expression: string) => string

function fillingIn(values: JsonObject): FillIn {
  return (expression) =>
    expression.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
      const value = values[name]
      if (value === undefined) throw new NotReachedError(`no provider state gives the value \${${name}} of its request`)
      return String(value)
    })
}
