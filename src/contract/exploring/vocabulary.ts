import type { Journey, SendStep } from '../../core/journey.ts'
import type { JsonObject } from '../../core/json.ts'
import type { OperationForm } from '../../core/kit.ts'
import { actorOf } from '../journeys/actor.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import { spoiltFrom } from './spoilt.ts'
import { boundaryWaits } from './waits.ts'
import { namesIn, toWord, type StateWord, type Vocabulary, type Word } from './word.ts'

/**
 * What can be said to a server of an API: its operations, how its kit asks them, each request that its journeys have
 * somewhere, and all of these spoilt. In which order is for the sequences to find out.
 */
export function vocabularyOf(api: CheckedApi, settings: JsonObject): Vocabulary {
  const journeys = api.kit.journeys.filter(({ needs = {} }) =>
    Object.entries(needs).every(([name, value]) => settings[name] === value),
  )
  const words = new Map<string, Word>()
  const add = (word: Word): void => {
    const known = words.get(word.key)
    const tries = known?.tries ?? word.tries
    const said = (known?.said ?? 0) + word.said
    const inSession = (known?.inSession ?? 0) + word.inSession
    words.set(word.key, { ...word, ...known, said, inSession, ...(tries === undefined ? {} : { tries }) })
  }
  for (const word of askedWords(api)) add(word)
  for (const word of journeys.flatMap((journey) => saidWords(journey))) add(word)
  for (const word of operationWords(api, settings, words)) add(word)
  const whole = [...words.values()]
  for (const { request, said, tries } of whole) {
    // Who says it often is likely to say it wrongly once.
    if (said < 2 && tries === undefined) continue
    for (const spoilt of spoiltFrom(request)) add(toWord(spoilt, { isSpoilt: true }))
  }
  return { words: [...words.values()], states: stateWords(journeys), waits: boundaryWaits(api, settings) }
}

/** Right and wrong codes and passwords, in the way the kit sends them. */
function askedWords({ kit, operations }: CheckedApi): Word[] {
  return Object.entries(kit.asks ?? {}).flatMap(([id, form]) => {
    const operation = operations.find((each) => each.id === id)
    const [path] = operation?.paths ?? []
    if (operation === undefined || path === undefined || path.includes('{')) return []
    const method = operation.methods[0] ?? form.method ?? 'POST'
    return bodiesOf(form).map(([tries, body]) =>
      toWord(
        { method, path, ...(form.headers === undefined ? {} : { headers: form.headers }), body },
        { tries, said: 2 },
      ),
    )
  })
}

function bodiesOf({ right, wrong, withoutCode }: OperationForm): ['right' | 'wrong', string][] {
  const all: ['right' | 'wrong', string | undefined][] = [
    ['right', right],
    ['wrong', wrong],
    ['right', withoutCode?.right],
    ['wrong', withoutCode?.wrong],
  ]
  return all.flatMap(([tries, body]): ['right' | 'wrong', string][] => (body === undefined ? [] : [[tries, body]]))
}

/** The requests of a journey, each for itself. Its actors are called as journeys of one's own call them, by their roles. */
function saidWords({ cast, steps }: Journey): Word[] {
  const rename = (text: string): string =>
    Object.entries(cast).reduce(
      (told, [actor, role]) =>
        told.replaceAll(new RegExp(`\\{${actor}(Username|Password)\\}`, 'g'), `{${actorOf(role)}$1}`),
      text,
    )
  return steps.flatMap((step) => {
    // From another address of this machine no file can ask.
    if (step.do !== 'send' || step.from !== undefined) return []
    return [toWord(renamed(step, rename), { said: 1, inSession: step.in === undefined ? 0 : 1 })]
  })
}

function renamed(
  { method, path, headers, body, capture }: SendStep,
  rename: (text: string) => string,
): Word['request'] {
  const named = headers && Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, rename(value)]))
  return {
    method,
    path: rename(path),
    ...(named === undefined ? {} : { headers: named }),
    ...(body === undefined ? {} : { body: rename(body) }),
    ...(capture === undefined ? {} : { capture }),
  }
}

/** Operations that nobody has asked yet, and methods that they do not take. */
function operationWords(api: CheckedApi, settings: JsonObject, known: ReadonlyMap<string, Word>): Word[] {
  const said = [...known.values()].map(({ request }) => request)
  return api.operations.flatMap((operation) => {
    const {
      methods,
      paths: [path],
    } = operation
    if (path === undefined || path.includes('{') || operation.isThere?.(settings) === false) return []
    const asked = said.some((request) => request.path.split('?')[0] === path)
    const plain = asked ? [] : [toWord({ method: methods[0] ?? 'GET', path }, { said: 2 })]
    const others = methods.length === 0 ? [] : ['GET', 'POST', 'DELETE'].filter((each) => !methods.includes(each))
    return [...plain, ...others.map((method) => toWord({ method, path }, { isSpoilt: true }))]
  })
}

/** The states that journeys arrange on their way; the last one of each takes them back. */
function stateWords(journeys: readonly Journey[]): StateWord[] {
  const found = new Map<string, StateWord>()
  for (const { steps } of journeys) {
    const arranged = steps.filter((step) => step.do === 'arrange')
    const back = arranged.at(-1)
    if (back === undefined) continue
    for (const step of arranged) {
      const names = namesIn(JSON.stringify([step.params ?? {}, back.params ?? {}]))
      found.set(JSON.stringify(step), { step, back, names })
    }
  }
  return [...found.values()]
}
