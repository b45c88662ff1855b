import type { Json, JsonObject } from '../../core/json.ts'
import type { Question } from '../../core/step.ts'
import type { CheckedApi } from '../target/checked-api.ts'

/** Told the name of a setting each time one is read. */
export type ReadNote = (name: string) => void

/** Settings that tell what is read of them. */
export function watched(settings: JsonObject, note: ReadNote): JsonObject {
  return new Proxy(settings, {
    get: (target, name) => {
      if (typeof name === 'string') note(name)
      return Reflect.get(target, name) as unknown
    },
    has: (target, name) => {
      if (typeof name === 'string') note(name)
      return Reflect.has(target, name)
    },
  })
}

/** The API, whose worlds tell which settings they read. Who copies them reads all of them. People are made up once. */
export function withWatchedSettings(api: CheckedApi, note: ReadNote): CheckedApi {
  const madeUp = new Map<string, Json>()
  const answering =
    (answer: (question: Question) => Json) =>
    (question: Question): Json => {
      if (question.kind !== 'person') return answer(question)
      const person = madeUp.get(question.seed) ?? answer(question)
      madeUp.set(question.seed, person)
      return person
    }
  return {
    ...api,
    seed: (section, start) => {
      const seed = api.seed(section, { ...start, answer: answering((question) => start.answer(question)) })
      return {
        keys: () => seed.keys(),
        get: (key) => {
          const record = seed.get(key)
          return key === 'settings' && record !== undefined ? watched(record as JsonObject, note) : record
        },
      }
    },
  }
}
