import { describe, expect, test } from 'vitest'
import { createWorld, type Scenario } from '../../src/index.ts'
import { callControl } from '../support/control-client.ts'

const silent = 'The errors of secure-login.info, secure-login.user, secure-login.auth have no form of their own'

/** Faults that are refused, and why. */
const refused: readonly (readonly [fault: object, words: string])[] = [
  [{ delay: '0s' }, 'delay: changes nothing, so that the fault does nothing; write for example delay: 5s.'],
  [{ omit: '' }, 'write for example omit: state.'],
  [{ dropCookie: false }, 'write for example dropCookie: true.'],
  [{ headers: {} }, 'write for example headers: { Retry-After: 120 }.'],
  [{ error: {} }, 'write for example error: { code: FAILURE }.'],
  [{ delay: '0s', omit: '' }, 'write for example omit: state.'],
  [{}, 'on: The fault does nothing; say reply, error, delay'],
  [{ contentType: '' }, '"" is not a media type.'],
  [{ contentType: 'text/html\n' }, 'is not a media type.'],
  [{ headers: { Upgrade: 'h2c' } }, '"Upgrade" is not a header'],
  [{ error: { code: 'FAILURE' } }, silent],
  [
    { on: 'secure-login.auth', error: { message: 'x' } },
    'The errors of secure-login.auth have no form of their own; say reply',
  ],
  [
    { on: 'secure-login.login', error: { code: 'x', message: 'y' } },
    'error.code: "code" is not known here; known are message, property.',
  ],
  [{ on: 'secure-login.login', error: { property: 'x' } }, 'error.message: is missing'],
  [{ on: 'sirportly.*', error: { code: 'x', timestamp: 1 } }, 'known are code, message.'],
  [{ on: 'gentics-cms.login', error: { code: 'NOTFOND' } }, 'Did you mean "NOTFOUND"?'],
  [{ on: 'gentics-cms.login', error: { code: 'OK' } }, '"OK" is not one of INVALIDDATA'],
  [{ on: 'gentics-cms.ssologin', error: { code: 'FAILURE', message: 'x' } }, 'known are code.'],
  [
    { on: 'gentics-cms.*', error: { code: 'LOCKED' } },
    'is not one of NOTFOUND, FAILURE, MAINTENANCEMODE. (gentics-cms.ssologin)',
  ],
  [
    { on: 'sirportly.*', error: { code: 'x' }, reply: { status: 500, body: 'y' } },
    'reply.body: has no effect beside error',
  ],
  [
    { on: 'gentics-cms.login', error: { code: 'LOCKED', timestamp: 'now' } },
    'error.timestamp: "now" is not a whole number',
  ],
]

describe('a fault that cannot do what it says', () => {
  test.each(refused)('%j is refused by the control API, and nothing is changed', async (fault, words) => {
    const world = await createWorld('default')
    const { status, body } = await callControl(world, 'POST', '/faults', { on: '*', ...fault })
    expect(status).toBe(422)
    expect(body['detail']).toContain(words)
    expect(world.faults.list()).toEqual([])
  })

  test.each(refused)('%j is refused in a scenario', async (fault, words) => {
    const scenario = { extends: 'default', faults: [{ on: '*', ...fault }] }
    await expect(createWorld(scenario as Scenario)).rejects.toThrow(words)
  })

  test('is refused in a snapshot where a host could not send it', async () => {
    const world = await createWorld('default')
    world.faults.add({ on: '*', headers: { 'Retry-After': '1' } })
    const snapshot = JSON.parse(JSON.stringify(world.snapshot()).replace('"Retry-After"', '"Connection"'))
    expect(() => world.restore(snapshot)).toThrow('"Connection" is not a header')
  })
})

test('what does nothing beside what does something is as if it was not there', async () => {
  const world = await createWorld('default')
  const { what } = world.faults.add({ on: '*', delay: '0s', dropCookie: false, omit: 'state' })
  expect(what).toBe('no member "state" on *')
})
