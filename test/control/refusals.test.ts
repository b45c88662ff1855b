import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { control } from '../../src/control/control.ts'
import { controlRoutes } from '../../src/control/routes.ts'
import { createWorld } from '../../src/index.ts'
import { callControl } from '../support/control-client.ts'
import { everything, refused } from '../support/refused.ts'
import { request } from '../support/request.ts'

describe('a control call', () => {
  it.each<[string, string, string]>([
    ['GET', '/halth', 'Did you mean "/__understudy/health"?'],
    ['GET', '/clock/advanc', 'Did you mean "/__understudy/clock/advance"?'],
    ['POST', '', 'There is no /__understudy in the control API'],
    ['GET', '/', '/__understudy/openapi.json lists what there is.'],
    ['GET', '/users/secure-login/alice/x', 'There is no'],
    ['GET', '/users/secure-login/alcie', 'Did you mean "alice"?'],
    ['GET', '/users/secure-logn/alice', 'Did you mean "secure-login"?'],
    ['GET', '/users?api=secure-logn', 'Did you mean "secure-login"?'],
    ['GET', '/users/secure-login/__proto__', 'has no user "__proto__"'],
    ['GET', '/users/constructor/alice', 'There is no API "constructor"'],
    ['GET', '/users/secure-login/%E0%A4', 'has no user'],
    ['GET', '/requests/r99', 'has no request "r99"'],
    ['GET', '/requests/r99/why', 'has no request "r99"'],
    ['GET', '/snapshots/nothing', 'There is no snapshot "nothing"; none was saved.'],
    ['POST', '/snapshots/nothing/restore', 'There is no snapshot "nothing"'],
    ['DELETE', '/faults/f9', 'There is no fault "f9"; there are none.'],
  ])('%s %s finds nothing, and says what is nearest', async (method, path, detail) => {
    const world = await createWorld('default', { time: () => 0 })
    const { status, body } = await refused(world, method, path)
    expect(status).toBe(404)
    expect(body['detail']).toContain(detail)
  })

  it('for something unknown that is named in its body finds nothing, and a state is refused', async () => {
    const world = await createWorld('lockout')
    const scenario = await refused(world, 'POST', '/scenario', { scenario: 'lockuot' })
    expect(scenario).toMatchObject({ status: 404, body: { code: 'ERR_SCENARIO_UNKNOWN' } })
    expect(scenario.body['detail']).toContain('Did you mean "lockout"?')
    const state = await refused(world, 'POST', '/pact/states', { state: 'a blokced user' })
    expect(state).toMatchObject({ status: 422, body: { code: 'ERR_STATE_UNKNOWN', issues: [{ path: ['state'] }] } })
    expect(state.body['detail']).toContain('Did you mean "a blocked user"?')
    for (const path of ['./package.json', '/etc/passwd', '../scenarios/default.yaml', 'scenarios/default.yaml'])
      expect((await refused(world, 'POST', '/scenario', { scenario: path })).status).toBe(404)
    expect((await refused(world, 'POST', '/scenario', { scenario: { extends: './a.yaml' } })).status).toBe(404)
  })

  it.each<[string, string, string]>([
    ['DELETE', '/health', 'GET'],
    ['PATCH', '/users/secure-login/zoe', 'GET, PUT, DELETE'],
    ['GET', '/clock/freeze', 'POST'],
    ['PUT', '/faults', 'GET, POST, DELETE'],
    ['PUT', '/snapshots/x', 'GET, DELETE'],
    ['get', '/health', 'GET'],
    ['HEAD', '/reset', 'POST'],
  ])('%s %s is a wrong method, and the right ones are told', async (method, path, allow) => {
    const world = await createWorld('lockout')
    const before = JSON.stringify(everything(world))
    const { status, headers } = await callControl(world, method, path)
    expect([status, headers['allow'], headers['content-type']]).toEqual([405, allow, 'application/problem+json'])
    expect(JSON.stringify(everything(world))).toBe(before)
  })

  it.each<[string, string | Uint8Array]>([
    ['no JSON', '{by: 31m}'],
    ['a JSON list', '[]'],
    ['a JSON text', '"31m"'],
    ['null', 'null'],
    ['half of it', '{"by":"31m"'],
    ['a form', 'by=31m'],
    ['a byte order mark', '\uFEFF{"by":"31m"}'],
    ['invalid UTF-8', Uint8Array.from([0x7b, 0xff, 0x7d])],
  ])('with a body that is %s is refused by every route that reads one', async (_, body) => {
    const world = await createWorld('lockout')
    const routes = controlRoutes.filter((route) => route.body !== undefined)
    expect(routes.length).toBeGreaterThan(8)
    for (const { method, path } of routes) {
      const filled = path.replace('{api}', 'secure-login').replace('{username}', 'zoe')
      expect(await refused(world, method, filled, body)).toMatchObject({
        status: 400,
        body: { code: 'ERR_BODY_INVALID' },
      })
    }
  })

  it.each<[string, string, unknown, string]>([
    ['PUT', '/users/secure-login/zoe', { state: 'blokced' }, 'state: "blokced" is not one of'],
    ['PUT', '/users/secure-login/zoe', { pin: '42', failures: 3 }, '3 is not below the limit'],
    ['PUT', '/users/secure-login/zoe', { for: '30m' }, 'go with state blocked'],
    ['PUT', '/users/secure-login/bea', { failures: 1 }, 'bea is blocked'],
    ['PATCH', '/apis/secure-login', { blockAfter: 0, active: false }, 'blockAfter: 0 is not'],
    ['PATCH', '/apis/secure-login', { __proto__x: 1 }, 'is not known here'],
    ['POST', '/clock/advance', {}, 'by: is missing'],
    ['POST', '/clock/advance', { by: 'soon' }, 'by: "soon" is not a duration'],
    ['POST', '/clock/advance', { by: null }, 'by: null is not a duration'],
    ['POST', '/clock/advance', { by: '1s', at: 'x' }, '"at" is not known here'],
    ['POST', '/clock/advance', { by: 1e300 }, 'is not a duration'],
    ['POST', '/clock/set', { at: '2026-02-30' }, 'is not an instant'],
    ['POST', '/clock/set', '{"at": 1e400}', 'is not an instant'],
    ['POST', '/clock/set', { at: 9e15 }, 'years 0 to 9999'],
    ['POST', '/clock/scale', { scale: -1 }, 'scale: -1 is not a number from 0 to 1000000'],
    ['POST', '/clock/skew', { by: [] }, 'is not a duration'],
    ['POST', '/faults', { on: 'secure-login.atuh', delay: '1s' }, 'Did you mean "secure-login.auth"?'],
    ['POST', '/faults', { on: '*' }, 'does nothing'],
    ['POST', '/faults', '', 'on: is missing'],
    ['POST', '/scenario', {}, 'scenario: is missing'],
    ['POST', '/scenario', { scenario: 5 }, 'A scenario is an object'],
    ['POST', '/scenario', { scenario: null }, 'A scenario is an object'],
    ['POST', '/scenario', { scenario: { sead: 1 } }, 'Did you mean "seed"?'],
    ['POST', '/snapshots', {}, 'name: is missing'],
    ['POST', '/snapshots', { name: 'a b' }, 'name: "a b" is not a name'],
    ['POST', '/snapshots', { name: 'x', snapshot: {} }, 'no snapshot that can be restored'],
    ['POST', '/snapshots', { name: 'x', snapshot: null }, 'no snapshot that can be restored'],
    [
      'POST',
      '/pact/states',
      { state: 'a blocked user', action: 'undo' },
      'action: "undo" is not one of setup, teardown',
    ],
    ['POST', '/pact/states', { state: 'a blocked user', params: { fro: '1m' } }, 'Did you mean "for"?'],
    ['POST', '/pact/states', { state: 'a blocked user', params: [] }, 'params: The value is not a map'],
    ['POST', '/pact/states', { state: 'a blocked user', params: { until: '2001-01-01' } }, 'is not in the future'],
    [
      'POST',
      '/pact/states',
      { state: 'a user who must enter the PIN', params: { failures: 7 } },
      'not below the limit',
    ],
    ['GET', '/users?limit=0', undefined, 'limit: 0 is not a number from 1 to 10000'],
    ['GET', '/users?limit=many', undefined, 'limit: "many" is not a whole number'],
    ['GET', '/users?limt=5', undefined, 'Did you mean "limit"?'],
    ['GET', '/requests?limit=1e3', undefined, 'limit: "1e3" is not'],
    ['GET', '/sessions?__proto__=1', undefined, '"__proto__" is not known here'],
  ])('%s %s with %j is refused, and says why', async (method, path, body, detail) => {
    const world = await createWorld('lockout')
    const answer = await refused(world, method, path, body)
    expect(answer.status).toBe(422)
    expect(answer.body['detail']).toContain(detail)
    expect(answer.body['issues']).toEqual(
      expect.arrayContaining([expect.objectContaining({ message: expect.any(String) })]),
    )
  })

  it('for a world with an impossible name is refused, and no world is made', async () => {
    const world = await createWorld('lockout')
    const answer = await refused(world, 'POST', '/reset', undefined, ['x-understudy-world', 'a b'])
    expect(answer).toMatchObject({ status: 400, body: { code: 'ERR_WORLD_INVALID' } })
  })

  it('with a body that is too large is refused unread', async () => {
    const world = await createWorld('lockout')
    const before = JSON.stringify(everything(world))
    const reply = await control(request('POST', '/__understudy/reset', { tooLarge: true }), world)
    expect([reply.status, JSON.stringify(everything(world))]).toEqual([413, before])
  })

  it('is answered or refused, never worse, whatever is sent', async () => {
    const world = await createWorld('lockout')
    const bodies = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.dictionary(
        fc.constantFrom('by', 'at', 'scale', 'name', 'state', 'params', 'scenario', 'snapshot', 'on', 'delay'),
        fc.jsonValue({ maxDepth: 2 }),
      ),
    )
    const segment = fc.constantFrom('secure-login', 'zoe', 'r1', 'f1', '__proto__', '%', '%00', 'x y', 'main')
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...controlRoutes),
        segment,
        segment,
        bodies,
        fc.string(),
        async (route, one, two, body, query) => {
          const path = route.path.replace(/\{\w+\}/, one).replace(/\{\w+\}/, two)
          const reply = await control(
            request(route.method, `/__understudy${path}`, { query, body: JSON.stringify(body) }),
            world,
          )
          expect([200, 400, 404, 413, 422]).toContain(reply.status)
          await world.ready()
          expect((await callControl(world, 'GET', '/state')).status).toBe(200)
        },
      ),
      { numRuns: 1500 },
    )
  })
})
