import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { controlRoutes } from '../../src/control/routes.ts'
import { createWorld } from '../../src/index.ts'
import { callControl } from '../support/control-client.ts'
import { assertDescribed } from '../support/described-answer.ts'
import { HostTime } from '../support/host-time.ts'
import { Phone } from '../support/phone.ts'

/** Calls that play every route once, in an order in which each has something to answer. */
const calls: readonly (readonly [name: string, path: string, body?: object])[] = [
  ['GET /health', '/health'],
  ['GET /version', '/version'],
  ['POST /faults', '/faults', { on: '*', delay: '1ms', headers: { a: 'b' }, times: 9, until: '+1h' }],
  ['GET /faults', '/faults'],
  ['POST /schedule', '/schedule', { at: '+1h', api: 'sirportly', set: { lockFor: '1m' } }],
  ['GET /schedule', '/schedule'],
  ['DELETE /schedule/{id}', '/schedule/s1'],
  ['GET /state', '/state'],
  ['GET /apis', '/apis'],
  ['PATCH /apis/{api}', '/apis/sirportly', { lockFor: '30m' }],
  ['GET /users', '/users?search=a'],
  ['GET /users/{username}', '/users/dave'],
  ['PUT /users/{username}', '/users/dave', { failures: 1 }],
  ['GET /users/{api}/{username}', '/users/secure-login/carol'],
  ['PUT /users/{api}/{username}', '/users/secure-login/carol', { unblock: true }],
  ['GET /users/{api}/{username}/sequence', '/users/secure-login/alice/sequence'],
  ['GET /sessions', '/sessions'],
  ['GET /requests', '/requests'],
  ['GET /har', '/har'],
  ['GET /script', '/script?as=vitest'],
  ['GET /requests/{id}', '/requests/r2'],
  ['GET /requests/{id}/curl', '/requests/r2/curl'],
  ['GET /requests/{id}/why', '/requests/r2/why'],
  ['GET /lints', '/lints'],
  ['GET /changes', '/changes'],
  ['POST /apis/{api}/reset', '/apis/secure-login/reset', { settings: ['blockAfter'] }],
  ['GET /clock', '/clock'],
  ['GET /clock/next', '/clock/next'],
  ['POST /clock/next', '/clock/next'],
  ['POST /clock/advance', '/clock/advance', { by: '31m' }],
  ['POST /clock/set', '/clock/set', { at: '9999-12-31T23:59:59.999Z' }],
  ['POST /clock/freeze', '/clock/freeze'],
  ['POST /clock/resume', '/clock/resume'],
  ['POST /clock/scale', '/clock/scale', { scale: 0.5 }],
  ['POST /clock/skew', '/clock/skew', { by: '-5m' }],
  ['POST /snapshots', '/snapshots', { name: 'a' }],
  ['GET /snapshots', '/snapshots'],
  ['GET /snapshots/{name}', '/snapshots/a'],
  ['GET /difference', '/difference?from=a'],
  ['POST /snapshots/{name}/restore', '/snapshots/a/restore'],
  ['DELETE /snapshots/{name}', '/snapshots/a'],
  ['GET /undo', '/undo'],
  ['POST /undo', '/undo'],
  ['POST /share', '/share', { note: 'x' }],
  ['POST /share/read', '/share/read', { text: 'extends: default' }],
  ['DELETE /faults/{id}', '/faults/f1'],
  ['DELETE /faults', '/faults'],
  ['GET /scenario', '/scenario'],
  ['DELETE /requests', '/requests'],
  ['PUT /users', '/users', { users: ['alice', 'bob'], change: { state: 'bypass' } }],
  ['POST /users', '/users', { api: 'secure-login', users: [{ username: 'zed' }] }],
  ['POST /users/{api}/{username}/clone', '/users/secure-login/alice/clone', { username: 'zoe' }],
  ['DELETE /users/{api}/{username}', '/users/secure-login/zoe'],
  ['GET /scenarios', '/scenarios'],
  ['POST /scenario', '/scenario', { scenario: 'lockout' }],
  ['GET /worlds', '/worlds'],
  ['DELETE /worlds/{name}', '/worlds/side'],
  ['POST /passes', '/passes'],
  ['POST /passes/exchange', '/passes/exchange', { pass: 'a-pass' }],
  ['GET /pact/states', '/pact/states'],
  ['POST /pact/states', '/pact/states', { state: 'a session of the CMS' }],
  ['POST /reset', '/reset'],
  ['GET /openapi.json', '/openapi.json'],
]

describe('an answer of the control API', () => {
  it('is what its route and the OpenAPI document say of it, for every route', async () => {
    const streams = controlRoutes.filter(({ answer }) => answer === undefined).map(({ name }) => name)
    expect(streams).toEqual(['GET /events'])
    const called = calls.map(([name]) => name)
    expect([...called, ...streams].sort()).toEqual(controlRoutes.map(({ name }) => name).sort())

    const world = await createWorld('default', { time: new HostTime('2026-01-15T09:00:00Z').time })
    const document = (await callControl(world, 'GET', '/openapi.json')).body
    const ajv = new Ajv2020({ strict: false, allErrors: true }).addSchema(document, 'openapi')
    const alice = await Phone.signIn(world, 'alice')
    await alice.auth('000000')
    world.worlds.get('side')
    for (const [name, path, sent] of calls) {
      const [method = '', described = ''] = name.split(' ')
      const { status, body } = await callControl(world, method, path, sent)
      expect([name, status, body['detail']]).toEqual([name, 200, undefined])
      const place = described.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D')
      const where = `openapi#/paths/${place}/${method.toLowerCase()}/responses/200/content/application~1json/schema`
      const fits = ajv.getSchema(where)
      expect([where, typeof fits]).toEqual([where, 'function'])
      expect([name, fits?.(body), fits?.errors]).toEqual([name, true, null])
    }
  })

  it('is not what says more, less or something else', () => {
    const right = { name: 'a', takenAt: '2026-01-15T09:00:00Z', scenario: 'default', records: 0 }
    const saved = (answer: object) => (): void => assertDescribed('POST', '/__understudy/snapshots', answer)
    expect(saved(right)).not.toThrow()
    expect(saved({ ...right, size: 1 })).toThrow('"size" is not known here')
    expect(saved({ ...right, takenAt: undefined })).toThrow('is missing')
    expect(saved({ ...right, records: '0' })).toThrow('is not a whole number')
  })
})
