import { describe, expect, it } from 'vitest'
import { secureLogin } from '../../src/apis/registry.ts'
import { tracing } from '../../src/apis/secure-login/tracing.ts'
import { coverageOf, type Coverage } from '../../src/contract/coverage/coverage.ts'
import { createWorld, traceTo, type TraceLine, type WorldOf } from '../../src/index.ts'
import { apiPath, Phone, sessionPath } from '../support/phone.ts'
import { request } from '../support/request.ts'

async function zoePhone(fault: object): Promise<{ world: WorldOf; zoe: Phone; failures: () => number | undefined }> {
  const world = await createWorld('lockout', { seed: 7 })
  const zoe = await Phone.signIn(world, 'zoe')
  world.faults.add(fault)
  return { world, zoe, failures: () => world.secureLogin.user('zoe').view().failures }
}

/** What the lines met of Secure Login. */
function measured(lines: readonly TraceLine[]): Coverage {
  return coverageOf(lines, [{ api: secureLogin, universe: tracing.universe }], { all: true, ignored: [] })
}

describe('a fault in force', () => {
  it('answers instead of the server, which then has done nothing', async () => {
    const { world, zoe, failures } = await zoePhone({
      on: 'secure-login.auth',
      reply: { status: 503, body: 'maintenance', contentType: 'text/html' },
    })
    const answer = await zoe.send('POST', `${apiPath}/auth`, { headers: ['content-type', 'text/plain'], body: '0' })
    expect([answer.status, answer.body, answer.headers.slice(0, 2)]).toEqual([
      503,
      'maintenance',
      ['content-type', 'text/html'],
    ])
    expect(failures()).toBe(0)
    expect(world.requests.at(-1)).toMatchObject({ clause: 'fault', status: 503, user: 'zoe' })
    expect(answer.headers).toContain('x-understudy-request')
  })

  it('loses the answer of a server that did its work, where it says so', async () => {
    const { zoe, failures } = await zoePhone({ on: 'secure-login.auth', reply: { status: 504 }, processed: true })
    expect([await zoe.auth('0'), failures()]).toEqual([504, 1])
  })

  it.each<[object, number]>([
    [{ break: 'reset' }, 0],
    [{ break: 'reset', processed: true }, 1],
    [{ break: 'truncate' }, 1],
    [{ delay: '10ms' }, 1],
    [{ delay: '10ms', processed: false }, 0],
  ])('%j lets %i wrong PINs be counted', async (effect, counted) => {
    const { zoe, failures } = await zoePhone({ on: 'secure-login.*', ...effect })
    await zoe.auth('0')
    expect(failures()).toBe(counted)
  })

  it('that loses the cookie of a login leaves a session that nobody can use', async () => {
    const { world } = await zoePhone({ on: 'secure-login.login', dropCookie: true })
    const body = JSON.stringify({ username: 'tim', password: 'tim' })
    const login = request('POST', sessionPath, { headers: ['content-type', 'application/json'], body })
    const { status, headers } = await world.play(login)
    expect([status, headers.includes('set-cookie')]).toEqual([200, false])
    expect(world.secureLogin.sessions().items.map(({ username }) => username)).toEqual(['zoe', 'tim'])
  })

  it('that only delays leaves the clause and the answer as they are', async () => {
    const { world, zoe } = await zoePhone({ on: '*', delay: '1500ms' })
    const answer = await zoe.send('GET', `${apiPath}/user`)
    expect(answer).toMatchObject({ status: 200, body: '{"state":"enter"}', delayMs: 1500, broken: undefined })
    expect(world.requests.at(-1)).toMatchObject({ clause: 'SL-06', fault: 'a delay of 1s500ms on *' })
  })

  it.each([
    { omit: 'server_time' },
    { headers: { 'Retry-After': '5' } },
    { contentType: 'text/html' },
    { dropCookie: true },
    { break: 'truncate' },
    { delay: '1ms', omit: 'nothing' },
    { delay: '1ms', processed: false },
  ])('that is %j counts for no clause, in the journal, in traces and for coverage', async (effect) => {
    const world = await createWorld('default')
    const lines: TraceLine[] = []
    await traceTo(world, (line) => lines.push(line))
    world.faults.add({ on: 'secure-login.info', ...effect })
    await world.play(request('GET', `${apiPath}/info`))
    expect(world.requests.at(-1)).toMatchObject({ clause: 'fault', operation: 'info' })
    expect(world.why('r1').rule).toMatchObject({ id: 'fault', origin: 'none' })
    expect(lines[0]?.interaction).toEqual({ untold: 'a fault changed the answer' })
    expect(measured(lines).met).toBe(0)
  })

  it('that only delays counts as the contract says, in the journal, in traces and for coverage', async () => {
    const world = await createWorld('default')
    const lines: TraceLine[] = []
    await traceTo(world, (line) => lines.push(line))
    world.faults.add({ on: '*', delay: '1ms', dropCookie: false })
    await world.play(request('GET', `${apiPath}/info`))
    expect(lines[0]).toMatchObject({ clause: 'SL-03', fault: 'a delay of 1ms on *' })
    expect(lines[0]?.interaction).toHaveProperty('response')
    expect(measured(lines).met).toBe(3)
  })

  it('strikes no request that no operation takes', async () => {
    const { world } = await zoePhone({ on: '*', reply: { status: 503 } })
    const statuses = [
      await world.play(request('GET', '/elsewhere')),
      await world.play(request('PATCH', `${apiPath}/auth`)),
      await world.play(request('POST', `${apiPath}/auth`, { tooLarge: true })),
    ].map(({ status }) => status)
    expect(statuses).toEqual([404, 405, 413])
    expect(world.faults.list()).toMatchObject([{ seen: 0, struck: 0 }])
  })

  it('strikes by the user the request turned out to be about', async () => {
    const { world, zoe } = await zoePhone({ on: 'secure-login.user', user: 'zoe', reply: { status: 503 } })
    const tim = await Phone.signIn(world, 'tim')
    expect([await zoe.state(), await tim.state()]).toEqual(['503', 'enter'])
    expect((await world.play(request('GET', `${apiPath}/user`))).status).toBe(401)
  })

  it('strikes the same requests again after a reset, and in every world of the same seed', async () => {
    const scenario = { extends: 'lockout', seed: 7, faults: [{ on: '*', reply: { status: 503 }, probability: 0.5 }] }
    const world = await createWorld(scenario)
    const draw = async (of: { play: WorldOf['play'] }): Promise<number[]> => {
      const statuses: number[] = []
      for (let call = 0; call < 40; call++) statuses.push((await of.play(request('GET', `${apiPath}/info`))).status)
      return statuses
    }
    const first = await draw(world)
    expect(new Set(first)).toEqual(new Set([200, 503]))
    world.reset()
    expect(await draw(world)).toEqual(first)
    expect(await draw(world.worlds.get('other'))).toEqual(first)
    expect(await draw(await createWorld({ ...scenario, seed: 8 }))).not.toEqual(first)
  })
})
