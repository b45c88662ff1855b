import { describe, expect, it } from 'vitest'
import { cheapHashes } from '../../src/contract/playing/cheap-hashes.ts'
import type { CheckedApi } from '../../src/contract/target/checked-api.ts'
import { checkedApis } from './checked.ts'
import { createOracle } from '../../src/contract/playing/oracle.ts'
import { playJourney, type JourneyResult } from '../../src/contract/playing/play-journey.ts'
import { check } from '../../src/core/check.ts'
import { object } from '../../src/core/field.ts'
import type { Journey } from '../../src/core/journey.ts'
import type { Account } from '../../src/core/kit.ts'
import { createWorldOn } from '../../src/scenario/create-world.ts'
import { fetchHost } from '../hosts/fetch.ts'
import type { Host } from '../hosts/host.ts'
import { listenerHost } from '../hosts/listener.ts'
import { mswServerHost } from '../hosts/msw-server.ts'
import { HostPlayer } from './host-player.ts'

// Every journey, played on the mock in every host by the runner that plays them on real servers.
describe.each([fetchHost, mswServerHost, listenerHost])('$name', (host) => {
  it.each(checkedApis.map((api) => [api.title, api] as const))('passes every journey of %s', async (_, api) => {
    const failed: string[] = []
    let passed = 0
    // A stand has no address of its own to be asked from.
    const fromAnywhere = api.kit.journeys.filter(({ steps }) => !steps.some((step) => step.do === 'send' && step.from))
    for (const journey of fromAnywhere) {
      const { outcome, because, exchanges } = await playOn(host, api, journey)
      if (outcome === 'passed') passed++
      else if (!because?.startsWith('it needs a server with'))
        failed.push(`${journey.id}: ${because ?? JSON.stringify(exchanges.at(-1)?.differences)}`)
    }
    expect(failed).toEqual([])
    expect(passed).toBeGreaterThan(25)
  })
})

async function playOn(host: Host, api: CheckedApi, journey: Journey): Promise<JourneyResult> {
  const { settings: given, pin, facts } = api.kit.trial
  const accounts = new Map(
    Object.entries(journey.cast).map(([actor, role]): [string, Account] => [
      actor,
      { role, username: actor, pin, facts },
    ]),
  )
  const cast = [...accounts.values()]
  const at = 1_768_500_187_000
  const { player, meaning } = await createOracle(api, given, cast, at - 86_400_000)
  const world = await createWorldOn(
    { ...cheapHashes, time: () => at, salt: () => 'subject' },
    { clock: { frozen: true }, [api.id]: { ...given, ...api.kit.section(cast, given) } },
    { apis: { [api.id]: api }, seed: 4711 },
  )
  const stand = await host.open(world)
  try {
    const settings = check(object(api.settings, { about: 'settings' }), given).value ?? {}
    const subject = new HostPlayer(stand, world, api)
    return await playJourney(journey, { oracle: player, meaning, subject, accounts, kit: api.kit, settings })
  } finally {
    await stand.close()
  }
}
