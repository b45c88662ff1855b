import type { Journey, SendStep } from '../../core/journey.ts'
import { parseJson, type Json, type JsonObject } from '../../core/json.ts'
import { formatDuration } from '../../core/duration.ts'
import type { CheckedApi } from '../target/checked-api.ts'

/** What a journey of one's own is about. */
export interface Heading {
  readonly title: string
  /** What its last answer has to be. */
  readonly status?: number
}

/** A journey as a file of one's own has it, so that it is played again by `verify --journeys` and `replay`. */
export function toWritten(api: CheckedApi, journey: Journey, { title, status }: Heading): JsonObject {
  const whose = Object.values(journey.cast)[0]
  const last = journey.steps.findLastIndex((step) => step.do === 'send')
  const current = new Map<string, number>()
  const steps = journey.steps.flatMap((step, at): JsonObject[] => {
    switch (step.do) {
      case 'open':
      case 'race':
        // Sessions open by themselves, and sequences have no races.
        return []
      case 'wait':
        return [{ wait: formatDuration(Number(step.for)) }]
      case 'arrange':
        return [
          { arrange: { state: step.state, ...(step.params === undefined ? {} : { params: named(step.params) }) } },
        ]
      case 'send': {
        const role = journey.cast[step.as ?? '']
        const expect = at === last && status !== undefined ? { expect: { status } } : {}
        const ask = { ask: askOf(api, step, role), ...captured(step), ...expect }
        return [{ ...(role === whose || role === undefined ? {} : { as: role }), ...sessionOf(step, current), ...ask }]
      }
    }
  })
  return { api: api.id, title, ...(whose === undefined ? {} : { as: whose }), steps: together(steps) }
}

/** Sessions are numbered; the first, and the one that was asked in before, need not be said. */
function sessionOf({ in: session, as = '' }: SendStep, current: Map<string, number>): JsonObject {
  if (session === undefined) return { session: 'none' }
  const number = Number(session.slice(as.length) || 1)
  const before = current.get(as) ?? 1
  current.set(as, number)
  return number === before ? {} : { session: number }
}

function askOf({ id, kit, operations }: CheckedApi, step: SendStep, role = ''): JsonObject {
  const { method, path, headers = {}, body } = step
  const hasNoCode = kit.roles[role]?.hasNoCode === true
  for (const [name, form] of Object.entries(kit.asks ?? {})) {
    const operation = operations.find((each) => each.id === name)
    const said = hasNoCode && form.withoutCode !== undefined ? form.withoutCode : form
    const word = body === said.right ? 'right' : body === said.wrong ? 'wrong' : undefined
    const isAsked = operation?.paths[0] === path && (operation.methods[0] ?? form.method ?? 'GET') === method
    if (word !== undefined && isAsked && JSON.stringify(headers) === JSON.stringify(form.headers ?? {}))
      return { operation: `${id}.${name}`, body: word }
  }
  return {
    ...(method === 'GET' ? {} : { method }),
    path: named(path),
    ...(Object.keys(headers).length === 0 ? {} : { headers: named(headers) }),
    ...(body === undefined ? {} : { body: bodyOf(body) }),
  }
}

/** A text is sent as it is; those that a file has for words are written in another way that is the same. */
function bodyOf(body: string): Json {
  return named(body)
}

function captured({ capture = {} }: SendStep): JsonObject {
  const places = Object.entries(capture).map(([name, from]) => [
    name,
    from.replace(/^body/, '$').replaceAll(/\.(\d+)/g, '[$1]'),
  ])
  return places.length === 0 ? {} : { capture: Object.fromEntries(places) }
}

/** Names stand in one brace in journeys, and in two in files. */
function named<Value extends Json>(value: Value): Value {
  const text = JSON.stringify(value).replaceAll(/\{([A-Za-z]\w*)\}/g, '{{$1}}')
  return (parseJson(text) ?? value) as Value
}

/** What is asked several times in a row is written once. */
function together(steps: readonly JsonObject[]): JsonObject[] {
  const found: { step: JsonObject; times: number }[] = []
  for (const step of steps) {
    const before = found.at(-1)
    if (before !== undefined && 'ask' in step && JSON.stringify(before.step) === JSON.stringify(step)) before.times++
    else found.push({ step, times: 1 })
  }
  return found.map(({ step, times }) => (times === 1 ? step : { ...step, times }))
}
