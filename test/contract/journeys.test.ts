import { describe, expect, test } from 'vitest'
import { createOracle, type CheckedApi } from '../../src/contract/oracle.ts'
import { playJourney } from '../../src/contract/play-journey.ts'
import { secureLogin } from '../../src/apis/registry.ts'
import type { Account } from '../../src/core/kit.ts'

const api = secureLogin as unknown as CheckedApi
const settings = { blockAfter: 3, blockFor: '30m', sessionFor: '5h' }
const numbers = { blockAfter: 3, blockFor: 1_800_000, sessionFor: 18_000_000 }

describe.each(api.kit.journeys.map((journey) => [journey.id, journey] as const))('%s', (_, journey) => {
  test('passes on the mock', async () => {
    const accounts = new Map<string, Account>(
      Object.entries(journey.cast).map(([actor, role]) => [actor, { role, username: actor, pin: '910817' }]),
    )
    const oracle = await createOracle(api, settings, [...accounts.values()], 1_768_467_600_000)
    const subject = await createOracle(api, settings, [...accounts.values()], 1_768_500_000_000)
    const result = await playJourney(journey, {
      oracle: oracle.player,
      meaning: oracle.meaning,
      subject: subject.player,
      accounts,
      kit: api.kit,
      settings: numbers,
    })
    expect(result.exchanges.flatMap(({ differences }) => differences)).toEqual([])
    expect(result.outcome).toBe('passed')
    expect(result.exchanges.length).toBeGreaterThan(0)
  })
})
