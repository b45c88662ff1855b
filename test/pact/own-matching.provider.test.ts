import { describe, expect, it } from 'vitest'
import type { CheckedApi } from '../../src/contract/target/checked-api.ts'
import { checkedApis } from '../contract/checked.ts'
import { createOracle, WorldPlayer } from '../../src/contract/playing/oracle.ts'
import { ownInteractions, type PactInteraction } from '../../src/contract/comparing/own-pact.ts'
import { playInteraction } from '../../src/contract/playing/play-interaction.ts'
import { headerPairs } from '../../src/core/http.ts'
import { isJsonObject, type Json } from '../../src/core/json.ts'
import type { Reply } from '../../src/core/step.ts'
import type { World } from '../../src/index.ts'
import { bentWorld } from './bent-world.ts'
import { verify } from './verify.ts'

/** Changes every value of a JSON body, at any depth. */
function inBody(change: (value: Json, name: string) => Json | undefined): (reply: Reply) => Reply {
  const visit = (value: Json, name: string): Json | undefined => {
    const changed = change(value, name)
    if (Array.isArray(changed)) return changed.flatMap((item: Json) => visit(item, '') ?? [])
    if (!isJsonObject(changed)) return changed
    const members = Object.entries(changed).map(([key, member]) => [key, visit(member as Json, key)] as const)
    return Object.fromEntries(members.filter(([, member]) => member !== undefined))
  }
  return (reply) => {
    if (typeof reply.body !== 'string' || !/^[[{]/.test(reply.body)) return reply
    return { ...reply, body: JSON.stringify(visit(JSON.parse(reply.body) as Json, '') ?? null) }
  }
}

function withoutHeader(name: string): (reply: Reply) => Reply {
  return (reply) => ({
    ...reply,
    headers: headerPairs(reply.headers)
      .filter(([header]) => header.toLowerCase() !== name)
      .flat(),
  })
}

/** What servers get wrong, and what they may do as they like. */
const bends: { readonly [what: string]: (reply: Reply) => Reply } = {
  'does what it says': (reply) => reply,
  'has numbers for texts and texts for numbers': inBody((value) =>
    typeof value === 'number'
      ? String(value)
      : typeof value === 'string' && /^\d+$/.test(value)
        ? Number(value)
        : value,
  ),
  'tells every text twice': inBody((value) => (typeof value === 'string' ? value + value : value)),
  'has null for every list': inBody((value) => (Array.isArray(value) ? null : value)),
  'has empty lists': inBody((value) => (Array.isArray(value) ? [] : value)),
  'tells every item twice': inBody((value) => (Array.isArray(value) ? [...value, ...value] : value)),
  'has a member more everywhere': inBody((value) => (isJsonObject(value) ? { ...value, more: 1 } : value)),
  'leaves out what is null or false': inBody((value) => (value === null || value === false ? undefined : value)),
  'leaves out names and ids': inBody((value, name) =>
    /^(id|login|status|state|responseCode|message)$/.test(name) ? undefined : value,
  ),
  // A 204 has none on any wire.
  'has a body where there is none, and none where there is one': (reply) => ({
    ...reply,
    body: reply.body === undefined && reply.status !== 204 ? '{}' : undefined,
  }),
  'calls JSON text': (reply) => ({
    ...reply,
    headers: reply.headers.map((text) => (text.startsWith('application/json') ? 'text/plain' : text)),
  }),
  'adds a charset': (reply) => ({
    ...reply,
    headers: reply.headers.map((text) =>
      /^(application\/json|text\/plain)$/.test(text) ? `${text}; charset=utf-8` : text,
    ),
  }),
  'has headers in other letters': (reply) => ({
    ...reply,
    headers: reply.headers.map((text, index) => (index % 2 === 0 ? text.toUpperCase() : text)),
  }),
  'sets no cookies': withoutHeader('set-cookie'),
  'names no content type': withoutHeader('content-type'),
  'names no methods': withoutHeader('allow'),
  'sets cookies otherwise': (reply) => ({
    ...reply,
    headers: reply.headers.map((text) => text.replace('; Path=', '; path=').replace('; HttpOnly', '')),
  }),
}

/** Another bend for each clause: one run tries them all. */
function mixed(reply: Reply): Reply {
  const all = Object.values(bends)
  const sum = reply.clause.split('').reduce((left, letter) => left * 31 + letter.charCodeAt(0), 7)
  return (all[sum % all.length] as (typeof all)[number])(reply)
}

// The kit matches by its own hand (see docs/decisions/6-whose-pact-who-matches.md). It has to find what Pact's verifier finds.
describe.concurrent("the kit and Pact's verifier find the same interactions broken", () => {
  it.each(checkedApis.map((api) => [api.id, api] as const))('of %s', async (_, api) => {
    const world = await bentWorld(api, undefined, mixed)
    const official = await verify(world, api.id)
    const interactions = await ownInteractions(api.id)
    const found: string[] = []
    for (const interaction of interactions)
      if (await isBroken(api, world, interaction)) found.push(interaction.description)
    expect(found.sort()).toEqual(Object.keys(official.broken).sort())
    // Neither all nor none: or else one could find nothing, or everything, and still agree.
    expect(found.length).toBeGreaterThan(4)
    expect(found.length).toBeLessThan(interactions.length - 10)
  })
})

/** Whether the kit finds an interaction broken. */
async function isBroken(api: CheckedApi, world: World, interaction: PactInteraction): Promise<boolean> {
  const { player, meaning } = await createOracle(api, {}, [], Date.UTC(2026, 0, 15))
  const within = new WorldPlayer(world, api)
  const { outcome, because } = await playInteraction(interaction, {
    oracle: player,
    meaning,
    subject: within,
    mount: api.mount(world.api(api.id).settings),
    precondition: {
      prepare: async (side) => {
        let values = {}
        for (const { name, params } of interaction.states)
          values = { ...values, ...params, ...(await side.arrange(name, params)) }
        return values
      },
      release: async () => world.reset(),
    },
  })
  expect(because).toBeUndefined()
  return outcome === 'failed'
}
