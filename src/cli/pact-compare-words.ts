import type { PactChange } from '../contract/pacts/change.ts'
import type { ComparedInteraction, Judgement, PactComparison } from '../contract/pacts/comparison.ts'
import type { Fact } from '../contract/pacts/normal-interaction.ts'
import { differenceLine } from '../contract/telling/report/words.ts'
import { isJsonObject, inWords, type Json, type JsonObject } from '../core/json.ts'
import { paint, type Line } from './shown.ts'

/** What pacts newly ask, for a terminal: by interaction, each with what changed and what the contract says to it. */
export function comparisonWords({ pacts }: { readonly pacts: readonly PactComparison[] }): Line[] {
  return pacts.flatMap((pact, place) => [...(place === 0 ? [] : ['']), ...wordsOf(pact)])
}

function wordsOf({ consumer, provider, interactions, same, breaks }: PactComparison): Line[] {
  const kinds = ['added', 'changed', 'renamed', 'removed'] as const
  const counts = kinds.flatMap((kind) => {
    const count = interactions.filter((each) => each.kind === kind).length
    return count === 0 ? [] : [`${count} ${kind}`]
  })
  const what = interactions.length === 0 ? 'nothing new is asked' : counts.join(', ')
  const end = breaks === 0 ? '' : breaks === 1 ? '; 1 breaks' : `; ${breaks} break`
  const head: Line = [paint('bold', `${consumer} with ${provider}`), `: ${what}, ${same} as before${end}`]
  return [head, ...interactions.flatMap(linesOf)]
}

function linesOf({ kind, description, formerly, states, request, changes, judgement }: ComparedInteraction): Line[] {
  const given = states.length === 0 ? '' : `, given ${states.map(({ name }) => `"${name}"`).join(' and ')}`
  const before = formerly === undefined ? '' : `, formerly "${formerly}"`
  const line = kind === 'added' && request !== undefined ? [`  asks ${request.method} ${request.path}`] : []
  return [
    [paint('bold', kind), ` ${description}${given}${before}`],
    ...line,
    ...changes.map(changeLine),
    ...(judgement === undefined ? [] : judgementLines(judgement)),
  ]
}

const verbs = { asked: 'asks', eased: 'asks no more', noted: 'says otherwise' }

function changeLine({ kind, where, old, new: now }: PactChange): string {
  return `  ${verbs[kind]} ${where}: ${factWords(old)} → ${factWords(now)}`
}

function judgementLines({ outcome, by, because, clause, origin, differences }: Judgement): Line[] {
  const what = origin === undefined ? (clause ?? '') : `${clause}, ${origin}`
  if (outcome === 'gives' && origin === 'assumed')
    return [[paint('yellow', '  only this mock is known to give it'), ` (${what})`]]
  if (outcome === 'gives') return [[paint('green', '  the contract gives it'), ` (${what})`]]
  const head = {
    breaks: paint('red', '  breaks'),
    pending: paint('yellow', '  pending'),
    'broken before': paint('yellow', '  broken before as well'),
  }[outcome]
  if (by === 'comparison') return [[head, `: whoever kept the old pact may not keep this; ${because}`]]
  return [
    [head, ` (${what}): the contract answers otherwise, as ${because}`],
    ...differences.map((difference) => `    ${differenceLine(difference)}`),
  ]
}

/** A value, and by what it is known. */
function factWords(fact: Fact | undefined): string {
  if (fact === undefined) return 'nothing'
  const { value, rule, generator } = fact
  const matchers = rule?.matchers.map(matcherWords).join(rule.combine === 'OR' ? ' or ' : ' and ')
  return [
    shortened(value),
    ...(matchers === undefined ? [] : [`by ${matchers}`]),
    ...(generator === undefined ? [] : [`from ${generatorWords(generator)}`]),
  ].join(' ')
}

function matcherWords({ match, ...more }: JsonObject): string {
  const rest = Object.entries(more).map(
    ([name, value]) => `${name === match ? '' : `${name} `}${inWords(value ?? null)}`,
  )
  return [typeof match === 'string' ? match : JSON.stringify(match), ...rest].join(' ')
}

function generatorWords(generator: Json): string {
  const { type, expression } = isJsonObject(generator) ? generator : {}
  return type === 'ProviderState' && typeof expression === 'string' ? `its state: ${expression}` : shortened(generator)
}

function shortened(value: Json): string {
  const text = JSON.stringify(value)
  return text.length > 160 ? `${text.slice(0, 157)}…` : text
}
