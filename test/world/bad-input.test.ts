import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWorld, type WorldOf } from '../../src/index.ts'
import type { Answer } from '../../src/world/play.ts'
import { HostTime } from '../support/host-time.ts'
import { apiPath, Phone, sessionPath } from '../support/phone.ts'
import { request } from '../support/request.ts'
import { knownPaths, wildRequests, type Wild } from '../support/wild-request.ts'

async function send(world: WorldOf, phone: Phone, { method, path, inSession, ...parts }: Wild): Promise<Answer> {
  const cookie = inSession ? ['cookie', `JSESSIONID=${phone.session}`] : []
  return world.play(request(method, path, { ...parts, headers: [...cookie, ...(parts.headers ?? [])] }))
}

/** A world in which alice is one wrong PIN away from a block, and her phone; time stands still. */
async function onTheEdge(settings: object = {}): Promise<{ world: WorldOf; phone: Phone }> {
  const users = { alice: { pin: '910817', failures: 2, displayName: 'Alice', emailAddress: 'alice@jira.example' } }
  const scenario = { 'secure-login': { ...settings, users } }
  const host = new HostTime('2026-01-15T09:00:00Z')
  const world = await createWorld(scenario, { time: host.time, journalLimit: 5 })
  const phone = await Phone.signIn(world, 'alice')
  // The session was last seen a while ago, so that having been seen again would show.
  host.pass(60_000)
  return { world, phone }
}

describe('a request of any shape', () => {
  it.each([{}, { trustProxy: true, withoutSession: 'defaultUser', whileBlocked: 'extend' }])(
    'is answered by something below 500, can be explained, and does no harm to the world (%j)',
    async (settings) => {
      const { world, phone } = await onTheEdge(settings)
      const edge = world.snapshot()
      let answered = 0
      await fc.assert(
        fc.asyncProperty(wildRequests, async (asked) => {
          world.restore(edge)
          const { status, headers, body } = await send(world, phone, asked)
          expect(status >= 200 && status < 500).toBe(true)
          // What was sent in must not break the lines that go out.
          expect(headers.filter((text) => !/^[\x20-\x7e]*$/.test(text))).toEqual([])
          expect(asked.method === 'HEAD' ? body : undefined).toBeUndefined()
          const { id } = world.requests.at(-1) ?? { id: '' }
          expect([world.request(id).status, world.why(id).status]).toEqual([status, status])
          if (status === 200) answered++
          world.checkSnapshot(JSON.parse(JSON.stringify(world.snapshot())))
        }),
        { numRuns: 3000 },
      )
      // Some got through: not everything was stopped at the door.
      expect(answered).toBeGreaterThan(100)
      world.reset()
      expect(world.secureLogin.user('alice').view()).toMatchObject({ state: 'enter', failures: 2 })
    },
  )
})

const auth = { method: 'POST', path: `${apiPath}/auth`, inSession: true }
const login = { method: 'POST', path: sessionPath }
const plain = { headers: ['content-type', 'text/plain'] }
const json = { headers: ['content-type', 'application/json'] }

/** What makes a request malformed, whatever else it brings. */
const mistakes: { readonly [mistake: string]: Partial<Wild> } = {
  'a wrong method for a PIN': { method: 'PATCH', path: auth.path },
  'a wrong method for a login': { method: 'PUT', path: login.path },
  'an unknown path': { path: `${apiPath}/nowhere` },
  'a path of another context': { path: `/confluence${apiPath.slice(5)}/auth` },
  'a body that is too large': { ...auth, ...plain, tooLarge: true },
  'a PIN under a wrong type': { ...auth, ...json, tooLarge: false },
  'a PIN without a type': { ...auth, headers: [], tooLarge: false },
  'a PIN that is no UTF-8': { ...auth, ...plain, tooLarge: false, body: Uint8Array.from([0x39, 0xff]) },
  'a login under a wrong type': { ...login, ...plain, tooLarge: false },
  'a login that is no UTF-8': { ...login, ...json, tooLarge: false, body: Uint8Array.from([0x7b, 0xff, 0x7d]) },
  'a login that is no login': { ...login, ...json, tooLarge: false, body: '{"username":"alice","password":["alice"]}' },
}

describe('a request with', () => {
  it.each(Object.entries(mistakes))('%s changes nothing', async (_, mistake) => {
    const { world, phone } = await onTheEdge()
    const before = world.snapshot()
    await fc.assert(
      fc.asyncProperty(wildRequests, async (asked) => {
        const { status } = await send(world, phone, { ...asked, ...mistake })
        expect(status >= 400 && status < 500).toBe(true)
        expect(world.snapshot()).toEqual(before)
      }),
      { numRuns: 200 },
    )
    expect(await phone.state()).toBe('enter')
  })

  it('wrong Basic credentials changes nothing, and opens no session', async () => {
    const { world } = await onTheEdge()
    const before = world.snapshot()
    const values = fc.oneof(
      fc.string().map((text) => `Basic ${text}`),
      fc.string({ unit: 'binary-ascii' }).map((text) => `Basic ${btoa(text)}`),
    )
    await fc.assert(
      fc.asyncProperty(values, fc.constantFrom(...knownPaths), async (authorization, path) => {
        const asked = request('GET', path, { headers: ['Authorization', authorization] })
        const answer = await world.play(asked)
        expect([200, 401, 405]).toContain(answer.status)
        expect(answer.headers).not.toContain('set-cookie')
        expect(world.snapshot()).toEqual(before)
      }),
      { numRuns: 500 },
    )
  })
})
