import { describe, expect, it } from 'vitest'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { fromLink, isLink, toFragment } from '../../src/scenario/link.ts'
import { shareFile } from '../../src/scenario/share-file.ts'
import { HostTime } from '../support/host-time.ts'
import { apiPath, Phone } from '../support/phone.ts'
import { scenarioFiles } from '../support/scenario-files.ts'

const host = (): { time: () => number } => ({ time: new HostTime('2026-06-01T00:00:00Z').time })

/** A world in which tim is blocked and the clock has moved on. */
async function blockedWorld(): Promise<WorldOf> {
  const world = await createWorld('lockout', host())
  const tim = await Phone.signIn(world, 'tim')
  await tim.auth('000000')
  world.clock.advance('10m')
  return world
}

const timIn = (world: WorldOf): unknown => [world.clock.view().now, world.secureLogin.user('tim').view()]

describe('a snapshot in place of a scenario', () => {
  it('is played from a YAML file, from a JSON file, from an object and from a link', async () => {
    const world = await blockedWorld()
    const snapshot = world.snapshot()
    const files = scenarioFiles({ 'repro.yaml': await shareFile(snapshot), 'repro.json': JSON.stringify(snapshot) })
    const link = `http://127.0.0.1:4010/__understudy/${await toFragment(snapshot)}`
    for (const source of [files['repro.yaml'], files['repro.json'], snapshot, link]) {
      const played = await createWorld(source, host())
      expect(timIn(played)).toEqual(timIn(world))
      expect(played.secureLogin.sessions().total).toBe(1)
    }
  })

  it('is what reset goes back to, and what other worlds start with', async () => {
    const world = await blockedWorld()
    const played = await createWorld(world.snapshot(), host())
    played.secureLogin.user('tim').set({ state: 'bypass' })
    played.clock.advance('1h')
    played.reset()
    expect(timIn(played)).toEqual(timIn(world))
    const other = played.worlds.get('other')
    expect(other.api('secure-login').user('tim').view()).toEqual(world.secureLogin.user('tim').view())
  })

  it('draws no session id twice, even with the salt of the world it was taken of', async () => {
    const first = await createWorld('lockout', { ...host(), salt: 'x' })
    const tim = await Phone.signIn(first, 'tim')
    const again = await createWorld(first.snapshot(), { ...host(), salt: 'x' })
    const zoe = await Phone.signIn(again, 'zoe')
    expect(zoe.session).not.toBe(tim.session)
    expect(await new Phone(again, tim.session).state()).toBe('enter')
  })

  it('takes overrides of its scenario', async () => {
    const snapshot = (await blockedWorld()).snapshot()
    const played = await createWorld(snapshot, { ...host(), overrides: { 'secure-login': { contextPath: '/wiki' } } })
    expect(played.secureLogin.settings.contextPath).toBe('/wiki')
    expect(apiPath).toMatch(/^\/jira/)
  })

  it('tells file, line and column of what is wrong with it', async () => {
    const text = await shareFile((await blockedWorld()).snapshot())
    const files = scenarioFiles({
      'wrong.yaml': text.replace('failures: 3', 'failures: three').replace('blockAfter', 'blockAftr'),
    })
    const error = await createWorld(files['wrong.yaml']).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'ERR_SNAPSHOT_INVALID' })
    const line = text.split('\n').findIndex((each) => each.includes('failures: 3')) + 1
    expect(String(error)).toMatch(new RegExp(`wrong\\.yaml:${line}:\\d+: .*"three" is not a whole number`))
  })

  it('cannot be extended', async () => {
    const files = scenarioFiles({
      'repro.yaml': await shareFile((await blockedWorld()).snapshot()),
      'mine.yaml': 'extends: ./repro.yaml\n',
    })
    await expect(createWorld(files['mine.yaml'])).rejects.toThrow(
      /repro\.yaml is a snapshot, which no scenario can extend/,
    )
  })

  it('starts afresh when it is read again', async () => {
    const world = await blockedWorld()
    const played = await createWorld('lockout', host())
    const report = await played.rebase((await createWorld(world.snapshot(), host())).scenario)
    expect(report.lost).toEqual(['everything: a snapshot begins where it was taken'])
    expect(timIn(played)).toEqual(timIn(world))
  })
})

describe('a link', () => {
  it('gives back the world that was put into it, and needs no escape', async () => {
    const world = { kind: 'x', names: ['ä', '✓', 'a'.repeat(100_000)] }
    const fragment = await toFragment(world)
    expect(fragment).toMatch(/^#world=[\w-]+$/)
    expect(fragment.length).toBeLessThan(1000)
    expect([isLink(fragment), isLink('./repro.yaml')]).toEqual([true, false])
    expect(await fromLink(`https://qa.example/__understudy/${fragment}`)).toEqual(world)
  })

  it.each([
    ['cut off', async () => (await toFragment({ a: 'b'.repeat(50) })).slice(0, -4)],
    ['of other letters', async () => '#world=???'],
    ['empty', async () => '#world='],
    ['not of an object', async () => toFragment([] as never)],
    ['of more than anybody shares', async () => toFragment({ a: 'b'.repeat(9_000_000) })],
  ])('that is %s is refused in words', async (_, link) => {
    await expect(fromLink(await link())).rejects.toMatchObject({
      code: 'ERR_SNAPSHOT_INVALID',
      message: 'The link holds no world; it may have been cut off on its way.',
    })
  })
})
