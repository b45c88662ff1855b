import { readFile, rm } from 'node:fs/promises'
import { MatchersV3, PactV3, type V3Request } from '@pact-foundation/pact'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { consumer, pactFileOf, type Interaction, type Pact } from './pact.ts'

/** Has an app make every request of a pact and understand the answers, and so writes the pact's file. */
export function consume<App, Asked extends Interaction<App>>(pact: Pact<App, Asked>): void {
  const { provider, clauses, interactions, notShown } = pact
  const mock = new PactV3({ consumer, provider, dir: 'pacts', logLevel: 'error' })

  // Pact adds to a file, so what is no longer asked would stay in it.
  beforeAll(() => rm(pactFileOf(provider), { force: true }))

  describe(`what an app expects of ${provider}`, () => {
    it.each(interactions.map((interaction) => [interaction.description, interaction] as const))(
      'is understood: %s',
      async (_description, interaction) => {
        arrange(mock, interaction)
        const given = await mock.executeTest(async ({ url, port }) => {
          const app = pact.open(url, interaction, (request) => send(url, request))
          const result = await interaction.perform(app)
          await noted(mock, port)
          return result
        })
        expect(given).toEqual(interaction.gives)
      },
    )
  })

  describe('the interactions', () => {
    it('have descriptions of their own that begin with their first clause', () => {
      const descriptions = interactions.map(({ description }) => description)
      expect(new Set(descriptions).size).toBe(descriptions.length)
      for (const { clauses: shown, description } of interactions) expect(description.split(' ')[0]).toBe(shown[0])
    })

    it('name clauses that exist', () => {
      const known = clauses.map(({ id }) => id)
      const shown = interactions.flatMap((interaction) => interaction.clauses)
      expect(shown.filter((id) => !known.includes(id))).toEqual([])
    })

    it('show every clause but those that one request cannot show', () => {
      const shown = new Set(interactions.flatMap((interaction) => interaction.clauses))
      expect(clauses.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual(Object.keys(notShown))
    })

    it('are all in the pact, and nothing else is', async () => {
      const written = JSON.parse(await readFile(pactFileOf(provider), 'utf8')) as { interactions: WrittenInteraction[] }
      expect(written.interactions.map(({ description }) => description)).toEqual(
        interactions.map(({ description }) => description).sort(),
      )
      const empty = interactions.filter(({ response }) => response.body === '').map(({ description }) => description)
      const writtenEmpty = written.interactions.filter(({ response }) => response.body === '')
      expect(writtenEmpty.map(({ description }) => description)).toEqual(empty.sort())
    })
  })
}

interface WrittenInteraction {
  readonly description: string
  readonly response: { readonly body?: unknown }
}

function arrange<App>(mock: PactV3, { states, description, request, response, text }: Interaction<App>): void {
  mock.addInteraction({
    states: [...states],
    uponReceiving: description,
    withRequest: request,
    willRespondWith: response,
  })
  // PactV3 takes an empty body for one that does not matter, and has no way to say otherwise.
  if (request.body === '') mock['interaction'].withRequestBody('', 'text/plain')
  if (response.body === '') mock['interaction'].withResponseBody('', 'text/plain')
  if (text !== undefined) {
    const rules = { body: { $: { combine: 'AND', matchers: [{ match: 'regex', regex: text.source }] } } }
    mock['interaction'].withResponseMatchingRules(JSON.stringify(rules))
  }
}

/**
 * Pact's mock server answers first and notes later what it answered; on a busy machine executeTest looks in between
 * and misses the request (pact-foundation/pact-reference issue 535). Where nothing comes, executeTest says what.
 */
async function noted(mock: PactV3, port: number): Promise<void> {
  const isNoted = (): boolean => mock['pact'].mockServerMatchedSuccessfully(port) as boolean
  await vi.waitUntil(isNoted, { timeout: 60_000, interval: 5 }).catch(() => undefined)
}

/** Sends the example of a request. */
async function send(url: string, { method, path, query, headers, body }: V3Request): Promise<number> {
  const search = query === undefined ? '' : `?${new URLSearchParams(MatchersV3.reify<Record<string, string>>(query))}`
  const { status } = await fetch(url + MatchersV3.reify<string>(path) + search, {
    method,
    headers: MatchersV3.reify<{ [name: string]: string }>(headers),
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(MatchersV3.reify(body)) }),
  })
  return status
}
