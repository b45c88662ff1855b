import { readFile } from 'node:fs/promises'
import { MatchersV3, PactV3, type V3Request } from '@pact-foundation/pact'
import { describe, expect, it, vi } from 'vitest'
import { clauses } from '../../src/apis/secure-login/contract.ts'
import { createSecureLoginClient } from '../../src/client.ts'
import { exampleSession, type Interaction } from './interaction.ts'
import { consumer, interactions, notShown, pactFile, provider } from './secure-login.interactions.ts'

const pact = new PactV3({ consumer, provider, dir: 'pacts', logLevel: 'error' })

/** The app's clock; the examples of `server_time` are at this instant, or minutes from it. */
const now = Date.UTC(1991, 7, 17, 7)

describe('what an app expects of Secure Login', () => {
  it.each(interactions.map((interaction) => [interaction.description, interaction] as const))(
    'is understood: %s',
    async (_description, interaction) => {
      arrange(interaction)
      const given = await pact.executeTest(async ({ url, port }) => {
        const { revision = 'current' } = interaction
        const client = createSecureLoginClient({ baseUrl: `${url}/jira`, revision, now: () => now })
        if (interaction.request.headers?.['Cookie'] !== undefined) client.useSession(exampleSession)
        const result = await interaction.perform({ client, send: (request) => send(url, request) })
        await noted(port)
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
    const written = JSON.parse(await readFile(pactFile, 'utf8')) as { interactions: WrittenInteraction[] }
    expect(written.interactions.map(({ description }) => description)).toEqual(
      interactions.map(({ description }) => description).sort(),
    )
    const empty = interactions.filter(({ response }) => response.body === '').map(({ description }) => description)
    const writtenEmpty = written.interactions.filter(({ response }) => response.body === '')
    expect(writtenEmpty.map(({ description }) => description)).toEqual(empty.sort())
  })
})

interface WrittenInteraction {
  readonly description: string
  readonly response: { readonly body?: unknown }
}

function arrange({ states, description, request, response }: Interaction): void {
  pact.addInteraction({
    states: [...states],
    uponReceiving: description,
    withRequest: request,
    willRespondWith: response,
  })
  // PactV3 takes an empty body for one that does not matter, and has no way to say otherwise.
  if (request.body === '') pact['interaction'].withRequestBody('', 'text/plain')
  if (response.body === '') pact['interaction'].withResponseBody('', 'text/plain')
}

/**
 * Pact's mock server answers first and notes later what it answered; on a busy machine executeTest looks in between
 * and misses the request (pact-foundation/pact-reference issue 535). Where nothing comes, executeTest says what.
 */
async function noted(port: number): Promise<void> {
  const isNoted = (): boolean => pact['pact'].mockServerMatchedSuccessfully(port) as boolean
  await vi.waitUntil(isNoted, { timeout: 2000, interval: 5 }).catch(() => undefined)
}

/** Sends the example of a request. */
async function send(url: string, { method, path, headers, body }: V3Request): Promise<number> {
  const { status } = await fetch(url + MatchersV3.reify<string>(path), {
    method,
    headers: MatchersV3.reify<{ [name: string]: string }>(headers),
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(MatchersV3.reify(body)) }),
  })
  return status
}
