import { describe, expect, it } from 'vitest'
import { createWorld, type Scenario, type World } from '../../src/index.ts'
import { Phone } from '../support/phone.ts'
import { scenarioFiles } from '../support/scenario-files.ts'

const hostile = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__']

/** As YAML and JSON files have it: `__proto__` as a key like any other. */
function withUsers(
  names: readonly string[],
  user = '{"pin": "910817", "displayName": "N", "emailAddress": "n@x"}',
): Scenario {
  const users = names.map((name) => `${JSON.stringify(name)}: ${user}`).join(', ')
  return JSON.parse(`{"secure-login": {"users": {${users}}}}`) as Scenario
}

function expectUnspoilt(): void {
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('pin')
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted')
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
}

async function expectOrdinary(world: World, name: string): Promise<void> {
  const user = world.api('secure-login').user(name)
  expect(user.view()).toMatchObject({ username: name, state: 'enter', failures: 0 })
  const phone = await Phone.signIn(world, name)
  expect([await phone.auth('1'), await phone.state()]).toEqual([401, 'enter'])
  expect(user.view().failures).toBe(1)
  expect(await phone.auth('910817')).toBe(200)
}

describe.each(hostile)('the name %s', (name) => {
  it('is a username like any other', async () => {
    const world = await createWorld(withUsers([name]))
    expect(world.secureLogin.users().items.map(({ username }) => username)).toEqual([name])
    await expectOrdinary(world, name)
    expectUnspoilt()
  })

  it('is one in a YAML file too', async () => {
    const { 'a.yaml': path } = scenarioFiles({ 'a.yaml': `secure-login:\n  users:\n    ${name}: { pin: "910817" }\n` })
    const world = await createWorld(path)
    expect(world.secureLogin.users().total).toBe(1)
    await expectOrdinary(world, name)
    expectUnspoilt()
  })

  it('survives a child that does not name it, and a parent that does not', async () => {
    const user = '{ pin: "910817", displayName: N, emailAddress: n@x }'
    const paths = scenarioFiles({
      'child.yaml': 'extends: parent.yaml\nsecure-login: { users: { alice: {} } }\n',
      'parent.yaml': `secure-login: { users: { ${name}: ${user} } }\n`,
      'other.yaml': `extends: plain.yaml\nsecure-login: { users: { ${name}: ${user} } }\n`,
      'plain.yaml': 'secure-login: { users: { alice: {} } }\n',
    })
    for (const file of ['child.yaml', 'other.yaml'] as const) {
      const world = await createWorld(paths[file])
      expect(
        world.secureLogin
          .users()
          .items.map(({ username }) => username)
          .sort(),
      ).toEqual([name, 'alice'].sort())
      await expectOrdinary(world, name)
    }
    expectUnspoilt()
  })

  it('survives a snapshot', async () => {
    const world = await createWorld(withUsers([name]))
    world.secureLogin.user(name).set({ failures: 2 })
    const second = await createWorld('default')
    second.restore(JSON.parse(JSON.stringify(world.snapshot())))
    expect(second.secureLogin.user(name).view().failures).toBe(2)
    expectUnspoilt()
  })

  it('is nobody where it was not written down', async () => {
    const world = await createWorld('default')
    expect(() => world.secureLogin.user(name)).toThrow(expect.objectContaining({ code: 'ERR_USER_UNKNOWN' }))
    await expect(Phone.signIn(world, name)).rejects.toThrow('401')
    expect(() => world.api(name)).toThrow(expect.objectContaining({ code: 'ERR_API_UNKNOWN' }))
    expect(() => world.arrange(name)).toThrow(expect.objectContaining({ code: 'ERR_STATE_UNKNOWN' }))
  })

  it('is an unknown key everywhere else', async () => {
    const places = [
      `{"${name}": {"polluted": 1}}`,
      `{"clock": {"${name}": {"polluted": 1}}}`,
      `{"secure-login": {"${name}": {"polluted": 1}}}`,
      `{"secure-login": {"users": {"alice": {"${name}": {"polluted": 1}}}}}`,
      `{"extends": "default", "${name}": {"polluted": 1}}`,
    ]
    for (const text of places)
      await expect(createWorld(JSON.parse(text) as Scenario)).rejects.toMatchObject({ code: 'ERR_SCENARIO_INVALID' })
    const world = await createWorld('default')
    const patch = JSON.parse(`{"${name}": {"polluted": 1}}`) as object
    expect(() => world.secureLogin.set(patch)).toThrow(expect.objectContaining({ code: 'ERR_CHANGE_INVALID' }))
    expect(() => world.secureLogin.user('alice').set(patch)).toThrow(
      expect.objectContaining({ code: 'ERR_CHANGE_INVALID' }),
    )
    expect(() => world.faults.add(patch as never)).toThrow(expect.objectContaining({ code: 'ERR_CHANGE_INVALID' }))
    expectUnspoilt()
  })
})
