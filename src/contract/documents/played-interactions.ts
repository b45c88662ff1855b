import { headerPairs, splitTarget } from '../../core/http.ts'
import { parseJson, type JsonObject } from '../../core/json.ts'
import type { PactInteraction } from '../comparing/own-pact.ts'
import { RuleBook } from '../comparing/rule-book.ts'
import type { Exchange } from '../playing/exchange.ts'
import { createOracle } from '../playing/oracle.ts'
import { playJourney } from '../playing/play-journey.ts'
import { trialCast } from '../playing/trial-cast.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import { readSettings } from '../target/settings.ts'

/** It is always the same document. */
const at = Date.UTC(2026, 0, 15, 9)

/** What a mock that is set like this answers to the journeys that it can play, each answer with its clause; no two alike. */
export async function playedInteractions(api: CheckedApi, given: JsonObject): Promise<PactInteraction[]> {
  const settings = readSettings(api, given)
  const played = new Map<string, PactInteraction>()
  for (const journey of api.kit.journeys) {
    const accounts = trialCast(api.kit, journey)
    const { player, meaning } = await createOracle(api, given, [...accounts.values()], at)
    const { exchanges } = await playJourney(journey, { oracle: player, meaning, accounts, kit: api.kit, settings })
    for (const exchange of exchanges) {
      const interaction = interactionOf(api, exchange)
      if (!played.has(interaction.id)) played.set(interaction.id, interaction)
    }
  }
  return [...played.values()]
}

function interactionOf({ id }: CheckedApi, { call, meaning, expected }: Exchange): PactInteraction {
  const { path, query } = splitTarget(call.path)
  const description = `${meaning.clause}: ${meaning.because}`
  const names = new Set(new URLSearchParams(query).keys())
  const { status, headers, body } = expected
  return {
    id: `${id}.${meaning.operation ?? ''}.${status}.${description}`,
    description,
    clause: meaning.clause,
    states: [],
    request: {
      method: call.method,
      path,
      query: Object.fromEntries([...names].map((name) => [name, new URLSearchParams(query).getAll(name)])),
      headers: Object.fromEntries(headerPairs(call.headers)),
      body: call.body,
      generated: { query: {}, header: {}, body: {} },
    },
    response: { status, headers, body: parseJson(body) ?? body, rules: new RuleBook(undefined) },
  }
}
