import { describe, expect, test } from 'vitest'
import * as registry from '../../src/apis/registry.ts'
import { writePact } from '../../src/contract/coverage/pact.ts'
import type { AnyApi } from '../../src/core/api.ts'
import { createWorld, type TraceLine, type World } from '../../src/index.ts'
import { genticsCmsBehaviours } from '../suites/gentics-cms.suite.ts'
import { secureLoginBehaviours } from '../suites/secure-login.suite.ts'
import { sirportlyBehaviours } from '../suites/sirportly.suite.ts'
import { traceOf } from './traced.ts'

const { secureLogin, sirportly, genticsCms } = registry
const parties = { consumer: 'behaviours', provider: 'mock' }

/** Worlds that have the API where the behaviour had it. */
function stageFor({ id }: AnyApi): (mount: string) => Promise<World> {
  const worlds = new Map<string, Promise<World>>()
  return (contextPath) => {
    const overrides = id === 'sirportly' ? {} : { [id]: { contextPath } }
    const world = worlds.get(contextPath) ?? createWorld('default', { overrides })
    worlds.set(contextPath, world)
    return world
  }
}

const nowhere = 'no operation has that path'
const faulty = 'fault: a fault changed the answer'
const framework = 'the framework of the server refuses it, whatever the state'
const signed = 'a right signature is a secret, and holds for one user and one time only'

describe('everything that behaviours ask', () => {
  test.each([
    [
      secureLogin,
      secureLoginBehaviours,
      50,
      [
        'SL-06: its provider states do not bring it about: played again, it is SL-U1 (the request carries no session)',
        'SL-06: played again, it differs in response.body.state',
        'SL-10: its provider states do not bring it about: played again, it is SL-U8 (the content type is not text/plain; nothing was counted)',
        'SL-11: its provider states do not bring it about: played again, it is SL-U4 (no PIN is needed here, so it was not looked at)',
        'SL-11: its provider states do not bring it about: played again, it is SL-U8 (the content type is not text/plain; nothing was counted)',
        `SL-H5: ${nowhere}`,
        `SL-U10: ${nowhere}`,
        'SL-U14: its provider states do not bring it about: played again, it is SL-06 (this session has to enter the PIN)',
        'SL-U17: its provider states do not bring it about: played again, it is SL-10 (the PIN is right; the session is authenticated)',
        'SL-U17: its provider states do not bring it about: played again, it is SL-U1 (the request carries no session)',
        'SL-U18: its provider states do not bring it about: played again, it is SL-H8 (serverInfo is for anybody)',
        "SL-U18: its provider states do not bring it about: played again, it is SL-H8 (the session is alice's)",
        'SL-U1: its provider states do not bring it about: played again, it is SL-U16 (there is no such session)',
        'SL-U20: no provider state makes a CAPTCHA due',
        'SL-X5: a body that is no text cannot be written down',
        faulty,
      ],
    ],
    [
      sirportly,
      sirportlyBehaviours,
      80,
      ['SP-13: played again, it differs in response.body.ip', `SP-X13: ${nowhere}`, faulty],
    ],
    [
      genticsCms,
      genticsCmsBehaviours,
      150,
      [
        `GC-04: ${signed}`,
        'GC-06: played again, it differs in response.body.user.groups',
        `GC-16: ${signed}`,
        `GC-17: ${signed}`,
        `GC-18: ${signed}`,
        'GC-O15: what an SSO filter does to sessions, and whom it makes, is arranged by no provider state',
        'GC-O18: a request without its body cannot be written down',
        `GC-O24: ${framework}`,
        `GC-O25: ${framework}`,
        `GC-O26: ${framework}`,
        'GC-O27: it is a question about methods, which no operation answers',
        `GC-O27: ${nowhere}`,
        `GC-O28: ${framework}`,
        `GC-X15: ${signed}`,
        `GC-X1: ${nowhere}`,
        faulty,
      ],
    ],
  ] as const)(
    'of $id is in a pact, but for what a pact cannot hold',
    async (api: AnyApi, behaviours, most, leftOut) => {
      const lines = await traceOf(behaviours)
      const written = await writePact(api, lines, parties, stageFor(api))
      const reasons = written.leftOut.map(({ what, because }) => `${what.split(' ')[0]}: ${because}`)
      expect([...new Set(reasons)].sort()).toEqual(leftOut)
      expect(written.interactions.length).toBeGreaterThan(most)
      expect(new Set(written.interactions).size).toBe(written.interactions.length)
    },
    // Each is played again, the CMS's with its hashes.
    90_000,
  )
})

describe('a pact', () => {
  test('does not depend on the order of requests, their number, or who was asked about', async () => {
    const played = async (...usernames: readonly string[]): Promise<TraceLine[]> => {
      const users = Object.fromEntries(
        usernames.map((username) => [username, { pin: '24681357', displayName: username }]),
      )
      return traceOf([
        {
          clauses: ['SL-06'],
          title: 'several users enter the PIN',
          scenario: { 'secure-login': { users } },
          play: async ({ send }) => {
            for (const username of usernames) {
              const headers = {
                authorization: `Basic ${btoa(`${username}:${username}`)}`,
                'content-type': 'text/plain',
              }
              const path = '/jira/rest/securelogin-admin/1.0/api'
              await send({ method: 'GET', path: `${path}/user`, headers })
              await send({ method: 'POST', path: `${path}/auth`, headers, body: '11111' })
              await send({ method: 'POST', path: `${path}/auth`, headers, body: '24681357' })
            }
          },
        },
      ])
    }
    const write = async (lines: readonly TraceLine[]): Promise<string> =>
      JSON.stringify((await writePact(secureLogin, lines, parties, () => createWorld())).pact)
    const one = await write(await played('anna'))
    expect(JSON.parse(one)).toMatchObject({ interactions: [{}, {}, {}] })
    expect(await write((await played('zora', 'anna', 'mia')).toReversed())).toBe(one)
  })
})
