import { describe, expect, it } from 'vitest'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { callControl, type ControlAnswer } from '../support/control-client.ts'
import { Phone } from '../support/phone.ts'

const mustEnter = 'a user who must enter the PIN'

/** Sends a state change: a query as it stands in a URL, and a body. */
function change(world: WorldOf, query: string, body?: unknown): Promise<ControlAnswer> {
  return callControl(world, 'POST', `/pact/states${query}`, body)
}

/** What verifiers send for a state with params, read in their sources. */
const forms: readonly (readonly [who: string, query: string, body: unknown])[] = [
  // pact-reference, rust/pact_verifier/src/callback_executors.rs; pact-js's, pact-go 2's, pact-python 3's and pact-net 4's
  ['pact_ffi', '', { action: 'setup', params: { username: 'quinn', pin: '4711', failures: 2 }, state: mustEnter }],
  // the same with state_change_body off: pact_verifier_cli --state-change-as-query, pactffi_verifier_set_provider_state(…, 0)
  [
    'pact_ffi, in the query',
    '?state=a+user+who+must+enter+the+PIN&action=setup&username=quinn&pin=4711&failures=2',
    undefined,
  ],
  // pact-jvm, ProviderClient.kt: without stateChangeTeardown there is no action
  ['pact-jvm', '', { state: mustEnter, params: { username: 'quinn', pin: '4711', failures: 2 } }],
  [
    'pact-jvm with stateChangeUsesBody = false',
    '?state=a%20user%20who%20must%20enter%20the%20PIN&username=quinn&pin=4711&failures=2&action=setup',
    undefined,
  ],
  // pact-provider-verifier, set_up_provider_state.rb
  [
    "Ruby's verifier",
    '',
    {
      consumer: 'app',
      state: mustEnter,
      states: [mustEnter],
      params: { username: 'quinn', pin: '4711', failures: 2 },
    },
  ],
  // pact-go 2, provider/verifier.go: "They are in the root", of versions of pact_ffi before params had a member
  ['older ones', '', { action: 'setup', state: mustEnter, username: 'quinn', pin: '4711', failures: 2 }],
  [
    'several with params of their own',
    '',
    {
      states: [
        { name: 'the plug-in is active' },
        { name: mustEnter, params: { username: 'quinn', pin: '4711', failures: 2 } },
      ],
    },
  ],
  [
    'libraries that have numbers for digits and texts for numbers',
    '',
    {
      state: mustEnter,
      action: 'setup',
      params: { username: 'quinn', pin: 4711, failures: '2', authenticated: 'false' },
    },
  ],
  [
    'verifiers that say more',
    '',
    {
      state: mustEnter,
      action: 'setup',
      params: { username: 'quinn', pin: '4711', failures: 2 },
      consumer: 'app',
      provider: 'secure-login',
      description: 'a PIN',
      interactionId: '1',
    },
  ],
]

describe('a state change', () => {
  it.each(forms)('is understood as %s sends it', async (_who, query, body) => {
    const world = await createWorld('default')
    const answer = await change(world, query, body)
    expect(answer).toMatchObject({ status: 200, body: { username: 'quinn', password: 'quinn' } })
    const quinn = new Phone(world, String(answer.body['session']))
    expect([await quinn.state(), await quinn.auth('0'), await quinn.state()]).toEqual(['enter', 401, 'blocked'])
    const again = new Phone(world, String((await change(world, query, body)).body['session']))
    expect(await again.auth('4711')).toBe(200)
  })

  it.each<[string, string, unknown]>([
    ['pact-jvm', '', { state: '', action: 'setup' }],
    ['pact-jvm in the query', '?state=&action=setup', undefined],
    // pact-ruby, lib/pact/provider/test_methods.rb: "execute with an nil state"
    ["Ruby's verifier", '', { consumer: 'app', state: null, states: [null], params: {} }],
    ['a list of none', '', { states: [] }],
  ])('for an interaction without a state changes nothing: %s', async (_who, query, body) => {
    const world = await createWorld('default')
    const before = world.snapshot()
    expect(await change(world, query, body)).toMatchObject({ status: 200, body: {} })
    expect(world.snapshot().records).toEqual(before.records)
  })

  it('arranges several states in order, and gives back the values of all', async () => {
    const world = await createWorld('default')
    const { status, body } = await change(world, '', {
      states: [
        { name: "the server's clock", params: { at: '2026-01-15T09:00:00Z' } },
        { name: 'a blocked user', params: { username: 'quinn', for: '30m' } },
        { name: "the server's clock", params: { at: '2026-01-15T09:29:59Z' } },
        { name: 'a Sirportly user', params: { username: 'kim' } },
      ],
    })
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({ session: expect.any(String), username: 'kim', account: 'atech' }),
    ])
    expect(world.secureLogin.user('quinn').view()).toMatchObject({
      state: 'blocked',
      until: Date.UTC(2026, 0, 15, 9, 30),
    })
  })

  it('has params in the query of its URL for every state that knows them, under those of the state itself', async () => {
    const world = await createWorld('default')
    const standing = '?session=abc&username=quinn'
    for (const state of ['the plug-in is active', mustEnter])
      expect((await change(world, standing, { state, action: 'setup', params: {} })).status).toBe(200)
    expect(await new Phone(world, 'abc').state()).toBe('enter')
    const kim = await change(world, standing, { state: mustEnter, action: 'setup', params: { username: 'kim' } })
    expect(kim.body).toMatchObject({ username: 'kim', session: 'abc' })
    for (const teardown of [{ state: mustEnter, action: 'teardown', params: {} }, { action: 'teardown' }])
      expect((await change(world, standing, teardown)).status).toBe(200)
  })

  it('shares params among several states, each of which takes its own', async () => {
    const world = await createWorld('default')
    const states = ['the plug-in is inactive', mustEnter]
    expect(await change(world, '', { states, params: { username: 'quinn' } })).toMatchObject({
      status: 200,
      body: { username: 'quinn' },
    })
    expect(world.secureLogin.settings.active).toBe(false)
  })

  it.each<[string, string, unknown]>([
    ['in the body', '', { state: 'the plug-in is inactive', action: 'teardown', params: {} }],
    ['in the query', '?state=the%20plug-in%20is%20inactive&action=teardown', undefined],
    ['without a state', '', { action: 'teardown' }],
  ])('that tears down starts again, %s', async (_where, query, body) => {
    const world = await createWorld('default')
    await change(world, '', { state: 'the plug-in is inactive' })
    expect(world.secureLogin.settings.active).toBe(false)
    expect(await change(world, query, body)).toMatchObject({ status: 200, body: {} })
    expect(world.secureLogin.settings.active).toBe(true)
  })

  it('of a verifier that never tears down starts again first, once requests were played', async () => {
    const world = await createWorld('default')
    const ruby = (state: string | null): Promise<ControlAnswer> =>
      change(world, '', { consumer: 'app', state, states: [state], params: {} })
    await ruby('the plug-in is inactive')
    const { body } = await ruby(mustEnter)
    // The second state of one interaction leaves the first alone.
    expect(await new Phone(world, String(body['session'])).state()).toBe('410')
    await ruby(mustEnter)
    expect(world.secureLogin.settings.active).toBe(true)
    await ruby('the plug-in is inactive')
    await new Phone(world, 'x').state()
    await ruby(null)
    expect([world.secureLogin.settings.active, world.requests.length]).toEqual([true, 0])
  })

  it('that others send leaves alone what was before, whatever was played', async () => {
    const world = await createWorld('default')
    await change(world, '', { state: 'the plug-in is inactive' })
    await new Phone(world, 'x').state()
    await change(world, '', { state: mustEnter })
    expect(world.secureLogin.settings.active).toBe(false)
  })
})

describe('a session that is fixed', () => {
  it('is the one that requests have written in them, whoever had it before', async () => {
    const world = await createWorld('default')
    for (const [username, state] of [
      ['quinn', mustEnter],
      ['kim', 'a user who may bypass the PIN'],
    ] as const) {
      const { body } = await change(world, '', { state, params: { username, session: 'abc' } })
      expect(body).toEqual({ username, password: username, session: 'abc' })
    }
    const phone = new Phone(world, 'abc')
    expect(await phone.state()).toBe('bypass')
    expect(world.requests.at(-1)).toMatchObject({ user: 'kim' })
  })

  it('is shown to nobody', async () => {
    const world = await createWorld('default')
    const session = 'node.01abcdefXYZ'
    const told: unknown[] = []
    world.listen((event) => told.push(event.kind === 'change' ? event.what : world.describe(event)))
    await change(world, '', { state: mustEnter, params: { username: 'quinn', session } })
    await new Phone(world, session).state()
    const seen = await Promise.all(
      [
        '/requests',
        '/sessions',
        '/changes',
        '/users/secure-login/quinn/sequence',
        `/requests/${world.requests.at(-1)?.id}/why`,
      ].map(async (path) => (await callControl(world, 'GET', path)).body),
    )
    expect(JSON.stringify(seen)).toContain('node…')
    expect(JSON.stringify([seen, told])).not.toContain('01abc')
  })

  it('of the CMS has the number and the secret that it is given, and numbers go on around it', async () => {
    const world = await createWorld('default')
    const params = { username: 'quinn', sid: '42', secret: 'abcdefghijklmn0' }
    const fixed = await change(world, '', { state: 'a session of the CMS', params })
    expect(fixed.body).toMatchObject({ sid: 42, secret: params.secret, token: '42abcdefghijklmn0' })
    const next = await change(world, '', { state: 'a session of the CMS' })
    expect(next.body['sid']).toBe(1)
    const two = await change(world, '', {
      state: 'two sessions of the CMS that share a secret',
      params: { sid: 7, otherSid: 6, secret: params.secret },
    })
    expect(two.body).toMatchObject({ sid: 7, otherSid: 6, secret: params.secret })
    const gone = await change(world, '', { state: 'a session of the CMS that has ended', params: { sid: 9 } })
    expect(gone.body['sid']).toBe(9)
  })
})
