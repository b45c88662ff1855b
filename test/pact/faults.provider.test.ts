import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { faults as genticsCmsFaults } from '../../examples/providers/gentics-cms/faults.js'
import { quirks as genticsCmsQuirks } from '../../examples/providers/gentics-cms/quirks.js'
import * as genticsCms from '../../examples/providers/gentics-cms/server.js'
import { faults as secureLoginFaults } from '../../examples/providers/secure-login/faults.js'
import { quirks as secureLoginQuirks } from '../../examples/providers/secure-login/quirks.js'
import * as secureLogin from '../../examples/providers/secure-login/server.js'
import { faults as sirportlyFaults } from '../../examples/providers/sirportly/faults.js'
import { quirks as sirportlyQuirks } from '../../examples/providers/sirportly/quirks.js'
import * as sirportly from '../../examples/providers/sirportly/server.js'
import { serveProvider } from '../contract/servers.ts'
import { sampled } from '../support/sample.ts'
import { PactBench } from './pact-verify.ts'
import { pactFileOf } from './pact.ts'
import { verifyServer } from './verify.ts'

type Start = (options: {
  readonly fault?: string
  readonly quirk?: string
  readonly dialect?: 'observed'
}) => ReturnType<typeof secureLogin.start>

/** Which interactions of the published pact are broken, by Pact's verifier alone and by `pact verify`. */
async function bothOn(
  start: Start,
  api: string,
  options: Parameters<Start>[0],
): Promise<{ alone: string[]; here: string[] }> {
  const { url, states } = await serveProvider(start(options))
  const file = pactFileOf(api)
  const { broken } = await verifyServer(url, api, '/qa/states', file)
  const bench = new PactBench({ api, baseUrl: api === 'secure-login' ? `${url}/jira` : url, states })
  const { checks } = await bench.verify(resolve(file))
  expect(checks.length).toBeGreaterThan(50)
  expect(checks.filter(({ outcome }) => outcome !== 'passed' && outcome !== 'failed')).toEqual([])
  const here = checks.filter(({ outcome }) => outcome === 'failed').map(({ title }) => title)
  return { alone: Object.keys(broken).sort(), here: here.sort() }
}

const apis = [
  ['secure-login', secureLogin.start, secureLoginFaults, secureLoginQuirks],
  ['sirportly', sirportly.start, sirportlyFaults, sirportlyQuirks],
  ['gentics-cms', genticsCms.start, genticsCmsFaults, genticsCmsQuirks],
] as const

describe.each(apis)(
  "pact verify and Pact's verifier alone find the same interactions broken, of %s",
  (api, start, faults, quirks) => {
    it.each(sampled(Object.keys(faults), 12))('where the server has the fault %s', async (fault) => {
      const { alone, here } = await bothOn(start, api, {
        fault,
        ...(api === 'gentics-cms' ? { dialect: 'observed' } : {}),
      })
      expect(here).toEqual(alone)
    })

    it.each(sampled(Object.keys(quirks), 8))('where the server is right, and has the quirk %s', async (quirk) => {
      const { alone, here } = await bothOn(start, api, { quirk })
      // Alone, the verifier takes a cookie more than is wanted for a mistake. It is none.
      expect(here).toEqual(quirk === 'more-cookies' ? [] : alone)
    })
  },
)
