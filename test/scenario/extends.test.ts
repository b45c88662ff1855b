import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createWorld, type Scenario, type World } from '../../src/index.ts'
import { scenarioFiles } from '../support/scenario-files.ts'

const usernames = (world: World): string[] =>
  world
    .api('secure-login')
    .users()
    .items.map(({ username }) => username)

describe('extends', () => {
  it('starts from a shipped scenario, and changes only what is said', async () => {
    const world = await createWorld({
      extends: 'lockout',
      'secure-login': { blockAfter: 5, users: { tim: { failures: 4 }, nina: { state: 'onboarding' } } },
    })
    expect(usernames(world)).toEqual(['zoe', 'olga', 'tim', 'bea', 'lee', 'nina'])
    const tim = world.secureLogin.user('tim').view()
    expect(tim).toMatchObject({ failures: 4, limit: 5, details: { pin: '910817', displayName: 'Tim Two' } })
    expect(world.clock.view()).toMatchObject({ now: '2026-01-15T09:00:00Z', frozen: true })
  })

  it('follows a chain of files, each relative to the one that names it', async () => {
    const paths = scenarioFiles({
      'team/mine.yaml': 'extends: ../common/base.yaml\ndescription: Mine\n',
      'common/base.yaml': 'extends: more/root.json\nseed: 5\nsecure-login: { blockAfter: 7 }\n',
      'common/more/root.json':
        '{"extends": "lockout", "seed": 9, "description": "Root", "secure-login": {"active": false}}',
    })
    const world = await createWorld(paths['team/mine.yaml'])
    expect(world.scenario).toMatchObject({ description: 'Mine', seed: 5 })
    expect(world.secureLogin.settings).toMatchObject({ blockAfter: 7, active: false, blockFor: 1_800_000 })
    expect(usernames(world)).toHaveLength(5)
  })

  it('works from an object to a file', async () => {
    const paths = scenarioFiles({ 'base.yaml': 'secure-login: { users: { alice: { pin: "123456" } } }\n' })
    const world = await createWorld({
      extends: paths['base.yaml'],
      'secure-login': { users: { alice: { failures: 1 } } },
    })
    expect(world.secureLogin.user('alice').view()).toMatchObject({ failures: 1, details: { pin: '123456' } })
  })

  it('replaces lists as a whole', async () => {
    const world = await createWorld({ extends: 'faults', faults: [{ on: '*', delay: '1s' }] })
    expect(world.faults.list().map(({ what }) => what)).toEqual(['a delay of 1s on *'])
  })

  it('leaves the extended scenario out of the source, so that a snapshot needs no other file', async () => {
    const world = await createWorld({ extends: 'lockout', seed: 2 })
    expect(world.scenario.source).not.toHaveProperty('extends')
    expect(world.scenario.source).toMatchObject({ seed: 2, 'secure-login': { users: { tim: { failures: 2 } } } })
  })

  it('lets a child take away nothing by naming nothing', async () => {
    for (const blank of [{ extends: 'lockout', 'secure-login': {} }, { extends: 'lockout' }] satisfies Scenario[])
      expect(usernames(await createWorld(blank))).toHaveLength(5)
  })

  it('that leads in a circle is refused, and the circle is shown', async () => {
    const paths = scenarioFiles({
      'a.yaml': 'extends: b.yaml\n',
      'b.yaml': 'extends: ./c.yaml\n',
      'c.yaml': 'extends: a.yaml\n',
    })
    const folder = dirname(paths['a.yaml'])
    await expect(createWorld(paths['a.yaml'])).rejects.toMatchObject({
      code: 'ERR_SCENARIO_INVALID',
      message: `The scenario extends itself: ${['a', 'b', 'c', 'a'].map((name) => `${folder}/${name}.yaml`).join(' → ')}.`,
    })
    const self = scenarioFiles({ 'self.yaml': 'extends: self.yaml\n' })
    await expect(createWorld(self['self.yaml'])).rejects.toMatchObject({
      message: expect.stringContaining('extends itself'),
    })
    await expect(createWorld({ extends: self['self.yaml'] })).rejects.toMatchObject({ code: 'ERR_SCENARIO_INVALID' })
  })

  it('that names what is not there is refused, and who names it is told', async () => {
    const paths = scenarioFiles({ 'a.yaml': 'extends: defualt\n', 'b.yaml': 'extends: ./nowhere.yaml\n' })
    await expect(createWorld(paths['a.yaml'])).rejects.toMatchObject({
      code: 'ERR_SCENARIO_UNKNOWN',
      message: expect.stringMatching(/no scenario "defualt", which .*a\.yaml extends; .*Did you mean "default"\?/),
    })
    await expect(createWorld(paths['b.yaml'])).rejects.toMatchObject({
      code: 'ERR_SCENARIO_UNKNOWN',
      message: expect.stringMatching(/no scenario file .*nowhere\.yaml, which .*b\.yaml extends/),
    })
  })

  it.each([[5], [true], [['default']], [{ name: 'default' }], [null]])(
    '%j instead of a name is refused',
    async (odd) => {
      await expect(createWorld({ extends: odd } as unknown as Scenario)).rejects.toMatchObject({
        code: 'ERR_SCENARIO_INVALID',
        issues: [{ path: ['extends'] }],
      })
    },
  )
})
