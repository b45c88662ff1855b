import { relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as registry from '../../src/apis/registry.ts'
import { createWorld, type Scenario } from '../../src/index.ts'
import { createWorld as createBrowserWorld } from '../../src/index.browser.ts'
import { scenarioFiles } from '../support/scenario-files.ts'

const alice = 'secure-login:\n  users:\n    alice: { pin: "123456" }\n'

describe('a scenario', () => {
  it('is loaded by the name of a shipped one', async () => {
    const world = await createWorld('lockout')
    expect(world.scenario.name).toBe('lockout')
    expect(world.secureLogin.user('tim').view().failures).toBe(2)
  })

  it('is the default one when nothing is said', async () => {
    const world = await createWorld()
    expect(world.secureLogin.users().items.map(({ username, state }) => `${username} ${state}`)).toEqual([
      'alice enter',
      'bob onboarding',
      'carol blocked',
      'dave bypass',
    ])
  })

  it('is loaded from a YAML file, by absolute and by relative path', async () => {
    const { 'mine.yaml': path } = scenarioFiles({ 'mine.yaml': `description: Mine\n${alice}` })
    for (const named of [path, `./${relative(process.cwd(), path)}`]) {
      const world = await createWorld(named)
      expect(world.scenario).toMatchObject({ name: named, description: 'Mine' })
      expect(world.secureLogin.user('alice').view().details).toMatchObject({ pin: '123456' })
    }
  })

  it.each(['mine.json', 'mine.yml', 'MINE.YAML'])('is loaded from %s', async (name) => {
    const paths = scenarioFiles({ [name]: '{"secure-login": {"users": {"alice": {"pin": "123456"}}}}' })
    expect((await createWorld(paths[name])).secureLogin.users().total).toBe(1)
  })

  it('is loaded from an object', async () => {
    const world = await createWorld({ seed: 3, 'secure-login': { blockAfter: 5, users: { alice: { failures: 4 } } } })
    expect(world.scenario).toMatchObject({ name: 'given', seed: 3 })
    expect(world.secureLogin.user('alice').view()).toMatchObject({ failures: 4, limit: 5 })
  })

  it('may be empty: everything has a default', async () => {
    const { 'empty.yaml': path } = scenarioFiles({ 'empty.yaml': '# nothing yet\n{}\n' })
    for (const scenario of [{}, path]) {
      const world = await createWorld(scenario)
      expect(world.secureLogin.settings).toMatchObject({ active: true, blockAfter: 3, blockFor: 1_800_000 })
      expect(world.secureLogin.users().total).toBe(0)
    }
  })

  it('may name its JSON Schema, and leave sections and maps blank', async () => {
    const { 'blank.yaml': path } = scenarioFiles({
      'blank.yaml': '$schema: ./scenario.schema.json\nclock:\nsecure-login:\n',
    })
    const world = await createWorld(path)
    expect(world.secureLogin.settings.contextPath).toBe('/jira')
    expect(world.scenario.source).not.toHaveProperty('$schema')
  })

  it('takes the seed that is given instead of its own', async () => {
    const scenario: Scenario = { seed: 1, 'secure-login': { users: { alice: {} } } }
    const pins = await Promise.all(
      [undefined, 1, 2].map(async (seed) => {
        const world = await createWorld(scenario, seed === undefined ? {} : { seed })
        return world.secureLogin.user('alice').code()
      }),
    )
    expect(pins[1]).toBe(pins[0])
    expect(pins[2]).not.toBe(pins[0])
  })

  it('that is unknown is refused with the nearest name and all others', async () => {
    const misspelt: string = 'lockuot'
    await expect(createWorld(misspelt)).rejects.toMatchObject({
      code: 'ERR_SCENARIO_UNKNOWN',
      message: expect.stringMatching(
        /^There is no scenario "lockuot"; shipped are blocked, .*Did you mean "lockout"\?.* \.\/my\.yaml\.$/,
      ),
    })
    for (const name of ['', 'constructor', '__proto__', 'toString'])
      await expect(createWorld(name)).rejects.toMatchObject({ code: 'ERR_SCENARIO_UNKNOWN' })
  })

  it('whose file is missing, or is a folder, is unknown', async () => {
    const { 'a.yaml': path } = scenarioFiles({ 'a.yaml': '{}', 'b.yaml/c.yaml': '{}' })
    for (const missing of [path.replace('a.yaml', 'no.yaml'), path.replace('a.yaml', 'b.yaml'), `${path}/x.yaml`]) {
      await expect(createWorld(missing)).rejects.toMatchObject({
        code: 'ERR_SCENARIO_UNKNOWN',
        message: expect.stringContaining(missing),
      })
    }
  })

  it.each([
    ['a list', '- alice\n'],
    ['a text', 'alice\n'],
    ['nothing', ''],
    ['a comment', '# later\n'],
    ['null', 'null\n'],
  ])('that is %s is invalid, and the place is told', async (_, text) => {
    const { 'odd.yaml': path } = scenarioFiles({ 'odd.yaml': text })
    await expect(createWorld(path)).rejects.toMatchObject({
      code: 'ERR_SCENARIO_INVALID',
      message: expect.stringContaining(`${path}:1:1: A scenario is a map`),
    })
  })

  it.each([[null], [[]], [5], [() => undefined]])('that is %j instead of an object is invalid', async (odd) => {
    await expect(createWorld(odd as unknown as Scenario)).rejects.toMatchObject({ code: 'ERR_SCENARIO_INVALID' })
  })

  it('in a browser is a shipped name or an object; there are no files', async () => {
    expect((await createBrowserWorld('lockout')).secureLogin.users().total).toBe(5)
    await expect(createBrowserWorld('./mine.yaml')).rejects.toMatchObject({
      code: 'ERR_SCENARIO_UNKNOWN',
      message: expect.not.stringContaining('A file is named by its path'),
    })
  })

  it('is given all that is wrong with it at once', async () => {
    const scenario = {
      sead: 1,
      'secure-login': { blockAfter: 0, users: { alice: { state: 'entre', pin: '12x' }, bob: { failures: -1 } } },
      faults: [{ on: 'secure-login.auth' }, { delay: '1s' }],
    }
    const frame = ['$schema', 'description', 'extends', 'seed', 'clock', 'faults', 'schedule', 'apis', 'people']
    const known = [...frame, ...Object.values(registry).map(({ id }) => id)]
    await expect(createWorld(scenario as object)).rejects.toMatchObject({
      message: [
        'The scenario given cannot be used: 6 things are wrong.',
        `  sead: "sead" is not known here; known are ${known.join(', ')}. Did you mean "seed"?`,
        '  faults[1].on: is missing: which operation: secure-login.auth, secure-login.* or *',
        '  secure-login.blockAfter: 0 is not a number from 1 to 1000.',
        '  secure-login.users.alice.state: "entre" is not one of enter, bypass, onboarding, blocked. Did you mean "enter"?',
        '  secure-login.users.alice.pin: The value is not made of digits only.',
        '  secure-login.users.bob.failures: -1 is not a number of at least 0.',
      ].join('\n'),
    })
  })

  it.each<[string, object, string]>([
    ['two second factors', { pin: '1', totp: {} }, 'users.alice.totp: A user has either'],
    ['two ends of a block', { state: 'blocked', for: '1m', until: '+1m' }, 'users.alice.until: Either'],
    [
      'the end of no block',
      { state: 'bypass', for: '1m' },
      'users.alice.for: `for` goes with state blocked, not with bypass',
    ],
    ['failures at the limit', { failures: 3 }, 'users.alice.failures: 3 is not below the limit (blockAfter: 3)'],
  ])('that contradicts itself (%s) is invalid', async (_, user, complaint) => {
    await expect(createWorld({ 'secure-login': { users: { alice: user } } })).rejects.toMatchObject({
      code: 'ERR_SCENARIO_INVALID',
      message: expect.stringContaining(`secure-login.${complaint}`),
    })
  })

  it('names the nearest user for a default user that is none, and the nearest operation for a fault', async () => {
    const scenario = {
      'secure-login': { users: { alice: {} }, defaultUser: 'alcie' },
      faults: [{ on: 'secure-login.atuh', delay: '1s' }, { on: '*' }],
    }
    const error: unknown = await createWorld(scenario as object).catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      issues: [
        { path: ['secure-login', 'defaultUser'], nearest: 'alice' },
        { path: ['faults', 0, 'on'], nearest: 'secure-login.auth' },
        { path: ['faults', 1, 'on'], message: expect.stringContaining('does nothing') },
      ],
    })
  })
})
