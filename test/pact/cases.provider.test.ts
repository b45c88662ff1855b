import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { serveMock } from '../contract/servers.ts'
import { PactBench } from './pact-verify.ts'

const path = (name: string): string => fileURLToPath(new URL(`cases/${name}`, import.meta.url))

/** Pacts as other libraries write them, and what Pact's verifier said of them and of the server of that day. */
const cases = readFileSync(path('verdicts.tsv'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split('\t') as [name: string, api: string, verdict: string])

/** What the server's states have learned since: numbers for texts, and texts for numbers. */
const taken = ['60-pin-number', '61-failures-string']

/** What a target says of consumers' own states. */
const maps: { readonly [name: string]: object } = {
  '90-own-states': { 'Secure Login is switched on for ACME': { state: 'the plug-in is active' } },
  '95-v2-cookie': {
    'a user who must enter the PIN': { state: 'a user who must enter the PIN', params: { session: 'abc' } },
  },
}

async function outcomesOf(name: string, api: string, map: object = {}): Promise<readonly string[]> {
  const { url, states } = await serveMock()
  const baseUrl = api === 'secure-login' ? `${url}/jira` : url
  const { checks } = await new PactBench({ api, baseUrl, states: { ...states, map } }).verify(path(`${name}.json`))
  return checks.map(({ outcome, because }) => (outcome === 'not reached' ? `${outcome}: ${because}` : outcome))
}

// One after the other: what a test sets up after it waited would be taken down with another that runs beside it.
describe("the verdict is that of Pact's verifier", () => {
  it.each(cases)('on %s, of %s: %s', async (name, api, verdict) => {
    const outcomes = await outcomesOf(name, api)
    expect(outcomes.length).toBeGreaterThan(0)
    const wanted = verdict === 'PASS' || taken.includes(name)
    const others = outcomes.filter((outcome) => outcome !== 'passed')
    // Told with what they are, so that a failure of this test says why.
    expect([others.length === 0, others]).toEqual([wanted, wanted ? [] : others])
  })

  it.each(Object.keys(maps))('on %s it is another where the target knows what is meant', async (name) => {
    const outcomes = await outcomesOf(name, 'secure-login', maps[name])
    expect(new Set(outcomes)).toEqual(new Set(['passed']))
  })
})
