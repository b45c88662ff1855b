import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as genticsCmsExample from '../../examples/providers/gentics-cms/server.js'
import * as secureLoginExample from '../../examples/providers/secure-login/server.js'
import * as sirportlyExample from '../../examples/providers/sirportly/server.js'
import * as registry from '../../src/apis/registry.ts'
import { writePact, type WrittenPact } from '../../src/contract/coverage/pact.ts'
import type { AnyApi } from '../../src/core/api.ts'
import type { Reply } from '../../src/core/step.ts'
import { createWorld, type TraceLine, type World } from '../../src/index.ts'
import { sampled } from '../support/sample.ts'
import { playSession } from '../trace/session.ts'
import { bentWorld, rewrite } from './bent-world.ts'
import { verify, verifyServer, type Verification } from './verify.ts'

const { secureLogin, sirportly, genticsCms } = registry
const dir = mkdtempSync(join(tmpdir(), 'understudy-traffic-'))
const pacts = new Map<string, WrittenPact>()

beforeAll(async () => {
  const lines: readonly TraceLine[] = await playSession()
  for (const api of Object.values(registry)) {
    const stage = createWorld()
    const written = await writePact(api, lines, { consumer: 'app', provider: api.id }, () => stage)
    pacts.set(api.id, written)
    writeFileSync(join(dir, `${api.id}.json`), JSON.stringify(written.pact))
  }
})
afterAll(() => rmSync(dir, { recursive: true }))

describe.each([
  [secureLogin, ['legacy-revision', 'inactive'], secureLoginExample],
  [sirportly, ['default', 'sirportly-networks'], sirportlyExample],
  [genticsCms, ['cms-observed', 'cms-maintenance'], genticsCmsExample],
] as const)('the pact that the traffic with $id makes', (api: AnyApi, scenarios, example) => {
  test.each(sampled(scenarios, 2))('is kept by the mock that plays %s', async (scenario) => {
    const { kept, broken } = await verifyPact(await createWorld(scenario), api)
    expect(broken).toEqual({})
    expect(kept).toEqual(pacts.get(api.id)?.interactions)
  })

  test('is kept by an independent server', async () => {
    const server = await example.start()
    try {
      const file = join(dir, `${api.id}.json`)
      const { kept, broken } = await verifyServer(server.url, api.id, '/qa/states', file)
      expect(broken).toEqual({})
      expect(kept).toEqual(pacts.get(api.id)?.interactions)
    } finally {
      await server.close()
    }
  })

  test('holds what the app asked', () => {
    expect(pacts.get(api.id)?.interactions).toMatchSnapshot()
    expect(pacts.get(api.id)?.leftOut).toEqual([])
  })
})

/** What an API answers otherwise, and the interactions that this breaks. */
const bends: readonly [string, AnyApi, string, (reply: Reply) => Reply, readonly string[]][] = [
  [
    'another status',
    secureLogin,
    'auth',
    (reply) => (reply.clause === 'SL-12' ? { ...reply, status: 403 } : reply),
    ['SL-12 the right PIN of a user in onboarding'],
  ],
  ['an instant in another form', secureLogin, 'user', rewrite('Z"', '+00:00"'), ['SL-07 the state of a blocked user']],
  [
    'a body where there was none',
    secureLogin,
    'auth',
    (reply) => (reply.clause === 'SL-10' ? { ...reply, body: 'welcome' } : reply),
    ['SL-10 the right PIN of a user who must enter the PIN'],
  ],
  [
    'a member by another name',
    sirportly,
    'authenticate',
    rewrite('"activated?"', '"activated"'),
    [
      'SP-05 right credentials with the right code for any account of a user and a user with a second factor',
      'SP-05 right credentials without a code for any account of a user and a user with a second factor',
      'SP-06 right credentials of a user',
      'SP-06 right credentials of a user, in the query of a GET',
      'SP-06 right credentials with the right code of a user with a second factor',
    ],
  ],
  [
    'another word',
    sirportly,
    'authenticate',
    rewrite('InvalidTwoFactorCode', 'WrongTwoFactorCode'),
    [
      'SP-11 right credentials with a wrong code of a user with a second factor',
      'SP-U5 right credentials without a code of a user with a second factor',
    ],
  ],
  [
    'a sid that is no number',
    genticsCms,
    'login',
    (reply) => ({ ...reply, body: String(reply.body).replace(/"sid":"(\d+)"/, '"sid":"s$1"') }),
    ['GC-03 a login with the right password', 'GC-16 a login with the right password, sharing a secret'],
  ],
  [
    'a cookie that is not set',
    genticsCms,
    'login',
    (reply) => ({ ...reply, headers: ['content-type', 'application/json'] }),
    ['GC-03 a login with the right password'],
  ],
  [
    'a cookie that is not taken away',
    genticsCms,
    'logout',
    (reply) => ({ ...reply, headers: ['content-type', 'application/json'] }),
    ['GC-20 a logout of all sessions in a session'],
  ],
  ['a word for a sid', genticsCms, 'ssologin', (reply) => ({ ...reply, body: 'NOTFOUND' }), ['GC-24 SSO in a session']],
]

describe.concurrent('a pact from traffic is broken by', () => {
  test.each(sampled(bends, 5))('%s', async (_what, api, operation, bend, descriptions) => {
    const { broken } = await verifyPact(await bentWorld(api, operation, bend), api)
    expect(Object.keys(broken)).toEqual(descriptions)
  })
})

function verifyPact(world: World, api: AnyApi): Promise<Verification> {
  return verify(world, api.id, join(dir, `${api.id}.json`))
}
