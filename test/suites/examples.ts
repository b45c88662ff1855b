import type { AnyApi } from '../../src/core/api.ts'
import { dataOf, membersOf } from '../../src/core/bends/member-path.ts'
import { isWord } from '../../src/core/bends/value-bends.ts'
import { headerPairs } from '../../src/core/http.ts'
import { sameJson, type JsonObject } from '../../src/core/json.ts'
import { replyMutants, type Example, type Examples } from '../../src/core/reply-mutants.ts'
import { stepHost } from '../hosts/step.ts'
import { playOne, type Behaviour } from './play.ts'

/** What behaviours are answered, by clause; of many answers those of which other mutants can be made. */
export async function examplesOf(api: AnyApi, behaviours: readonly Behaviour[]): Promise<Examples> {
  const told = new Map<string, Example[]>(api.clauses.map(({ id }) => [id, []]))
  for (const behaviour of behaviours) await note(api, behaviour, told)
  const met = [...told].filter(([, answers]) => answers.length > 0)
  const usual = usualHeaders(met.map(([, answers]) => answers))
  return Object.fromEntries(
    met.map(([clause, answers]) => [clause, telling(clause, unlike(answers.map((answer) => without(usual, answer))))]),
  )
}

async function note(api: AnyApi, behaviour: Behaviour, told: ReadonlyMap<string, Example[]>): Promise<void> {
  await playOne(
    {
      name: 'step',
      open: (world) => {
        world.listen((event) => {
          if (event.kind !== 'request' || event.entry.api !== api.id || event.entry.fault !== undefined) return
          const { status, headers, body, clause } = event.entry.reply
          const under = chosen(api, world.api(api.id).settings)
          told.get(clause)?.push({ under, status, headers, ...(typeof body === 'string' ? { body } : {}) })
        })
        return stepHost.open(world)
      },
    },
    behaviour,
  )
}

/**
 * What an administrator has chosen. Switches, counts and times are left out: tests turn them while they run, and a
 * server that began with others would fail them for that.
 */
function chosen(api: AnyApi, settings: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(api.settings).flatMap(([name, field]) => {
      const value = settings[name]
      return field.kind === 'choice' && value !== undefined && value !== field.default ? [[name, value]] : []
    }),
  )
}

/** The headers that more than half of the clauses have in their answers: they are none of a single clause's. */
function usualHeaders(clauses: readonly (readonly Example[])[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const answers of clauses) {
    const names = answers.flatMap(({ headers }) => headerPairs(headers).map(([name]) => name.toLowerCase()))
    for (const name of new Set(names)) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts.keys()].filter((name) => (counts.get(name) ?? 0) * 2 > clauses.length && name !== 'content-type')
}

function without(names: readonly string[], example: Example): Example {
  const headers = headerPairs(example.headers).filter(([name]) => !names.includes(name.toLowerCase()))
  return { ...example, headers: headers.flat() }
}

/** The first of answers that are alike but for their values, under what was chosen for all of them. */
function unlike(all: readonly Example[]): Example[] {
  const forms = new Map<string, Example>()
  for (const example of all) {
    const form = formOf(example)
    const known = forms.get(form) ?? example
    forms.set(form, { ...known, under: common(known.under ?? {}, example.under ?? {}) })
  }
  return [...forms.values()].map(({ under = {}, ...example }) =>
    Object.keys(under).length === 0 ? example : { under, ...example },
  )
}

function common(one: JsonObject, other: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(one).filter(([name, value]) => sameJson(value, other[name])))
}

/** What an answer has, whatever the values are, but for words. */
function formOf({ status, headers, body }: Example): string {
  const data = dataOf({ body })
  const members = data === undefined ? [] : [...membersOf([data])]
  const values = members.map(([path, all]) => [
    path,
    all.map((value) => (typeof value === 'string' && isWord.test(value) ? value : JSON.stringify(value)[0])),
  ])
  const lines = headerPairs(headers).map(([name, line]) => [name, line.replace(/=[^;]*/, '').replace(/\d+/g, '')])
  return JSON.stringify([status, lines, values.length === 0 ? body : values])
}

/** Each answer that makes a mutant more. */
function telling(clause: string, all: readonly Example[]): Example[] {
  const kept: Example[] = []
  let made = 0
  for (const example of all) {
    const more = replyMutants('any', { [clause]: [...kept, example] }).length
    if (more <= made) continue
    kept.push(example)
    made = more
  }
  return kept
}
