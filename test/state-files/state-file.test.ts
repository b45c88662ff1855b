import { execFile } from 'node:child_process'
import * as fs from 'node:fs'
import { mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { nodeHost } from '../../src/hosts/node-host.ts'
import { fileIdentity } from '../../src/state-files/disk.ts'
import { StateFile } from '../../src/state-files/file.ts'
import { StateLog, readLog } from '../../src/state-files/log.ts'
import { listen } from '../../src/node.ts'
import { createWorldOn, type WorldOf } from '../../src/scenario/create-world.ts'
import { callControl } from '../support/control-client.ts'
import { Phone } from '../support/phone.ts'
import { TroubledDisk } from './troubled-disk.ts'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'understudy-state-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

interface Begun {
  world: WorldOf
  state: StateFile
  disk: TroubledDisk
  told: string[]
}

async function begin(path: string): Promise<Begun> {
  const told: string[] = []
  const disk = new TroubledDisk()
  const time = (): number => Date.now()
  const tell = (what: string): unknown => told.push(what)
  const state = await StateFile.open({ path, shown: 'state', pid: process.pid, time, tell, disk })
  onTestFinished(() => state.close())
  const world = await createWorldOn({ ...nodeHost('.', time), keeper: state }, 'default', {})
  state.begin(world.worlds, world.scenario)
  return { world, state, disk, told }
}

const lines = (path: string): number => readFileSync(path, 'utf8').split('\n').length - 1

describe('a state file', () => {
  test('gets one line for all that one request or action changed, and none for nothing', async () => {
    const path = join(folder(), 'state')
    const { world } = await begin(path)
    expect(lines(path)).toBe(2)
    await Phone.signIn(world, 'alice')
    expect(lines(path)).toBe(3)
    await world.worlds.act([], world, (main) => {
      main.worlds.get('main').api('secure-login').user('bob').set({ state: 'bypass' })
      main.worlds.get('other').clock.advance('1m')
    })
    expect(lines(path)).toBe(4)
    await world.worlds.act([], world, () => world.secureLogin.users())
    expect(lines(path)).toBe(4)
  })

  test('is written before anybody hears of a change', async () => {
    const path = join(folder(), 'state')
    const { world } = await begin(path)
    const heard: number[] = []
    world.listen(() => heard.push(lines(path)))
    await Phone.signIn(world, 'alice')
    await world.worlds.act([], world, () => world.clock.freeze())
    expect(heard).toEqual([3, 4])
  })

  test('that is full: 503, with when to come again, and the operator is told once', async () => {
    const path = join(folder(), 'state')
    const { world, disk, told } = await begin(path)
    const server = await listen(world)
    onTestFinished(() => server.close())
    const login = (): Promise<Response> =>
      fetch(`${server.url}/jira/rest/auth/1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"username":"alice","password":"alice"}',
      })
    const advance = (): Promise<Response> =>
      fetch(`${server.url}/__understudy/clock/freeze`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      })
    const detail =
      'The state file state could not be written: ENOSPC: no space left on device. Nothing was changed; try again when it can be written.'
    disk.failAlways = true
    for (const ask of [login, advance, login]) {
      const refused = await ask()
      expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toMatchObject([
        503,
        '1',
        { title: 'Not saved', code: 'ERR_STATE_FILE', detail },
      ])
    }
    disk.failAlways = false
    expect([(await login()).status, (await advance()).status]).toEqual([200, 200])
    expect(readFileSync(path, 'utf8').match(/secure-login\/session:/g)).toHaveLength(1)
    expect(told).toEqual([
      expect.stringMatching(/ENOSPC.*whatever would change something is answered 503/),
      'The state file state is written again.',
    ])
  })

  test('that cannot be written: nobody hears of what was not done', async () => {
    const { world, disk } = await begin(join(folder(), 'state'))
    const heard: unknown[] = []
    world.listen((event) => heard.push(event))
    disk.failAlways = true
    await expect(world.worlds.act([], world, () => world.clock.freeze())).rejects.toMatchObject({
      code: 'ERR_STATE_FILE',
    })
    expect([heard, world.changes, world.clock.view().frozen]).toEqual([[], [], false])
  })

  test('has what was taken back as it was before, or all as it is where that cannot be written', async () => {
    const path = join(folder(), 'state')
    const { world, disk } = await begin(path)
    const alice = await Phone.signIn(world, 'alice')
    const before = world.snapshot().records
    await callControl(world, 'POST', '/reset')
    disk.failAlways = true
    expect((await callControl(world, 'POST', '/undo', {})).status).toBe(503)
    expect([world.undo.list().length, world.requests.length]).toEqual([1, 0])
    disk.failAlways = false
    expect((await callControl(world, 'POST', '/undo', {})).status).toBe(200)
    expect([world.undo.list().length, world.requests.length]).toEqual([0, 1])
    expect(world.snapshot().records).toEqual(before)
    expect(readLog(path)?.entries.at(-1)).toMatchObject({ worlds: { main: { whole: { records: before } } } })
    expect(await alice.state()).toBe('enter')
  })

  test('waits with requests for an action that takes several goes, and undoes no more than that', async () => {
    const path = join(folder(), 'state')
    const { world, disk } = await begin(path)
    let proceed = (): void => undefined
    const gate = new Promise<void>((resolve) => {
      proceed = resolve
    })
    const acted = world.worlds.act([], world, async () => {
      world.secureLogin.user('alice').set({ state: 'blocked', for: '30m' })
      await gate
      let fails = 1
      disk.failOn = (name) => name === 'writeSync' && fails-- > 0
    })
    const signedIn = Phone.signIn(world, 'alice').then((phone) => phone.auth('910817'))
    proceed()
    await expect(acted).rejects.toMatchObject({ code: 'ERR_STATE_FILE' })
    expect(await signedIn).toBe(200)
    expect(lines(path)).toBe(4)
  })

  test('does not take what is still under way in a world that was dropped for the next of its name', async () => {
    const path = join(folder(), 'state')
    const { world } = await begin(path)
    const { result: dropped } = await world.worlds.act([], world, ({ worlds }) => worlds.get('a'))
    await world.worlds.act([], world, ({ worlds }) => worlds.drop('a'))
    await world.worlds.act([], world, ({ worlds }) => worlds.get('a'))
    const before = lines(path)
    await world.worlds.act([], world, () => dropped.clock.freeze())
    expect(lines(path)).toBe(before)
  })

  test('that cannot be made shorter goes on as it is, and is made shorter later', async () => {
    const path = join(folder(), 'state')
    const { world, disk, told } = await begin(path)
    const grow = async (): Promise<void> => {
      await world.worlds.act([], world, ({ worlds }) => worlds.saveSnapshot('big', bigSnapshot(world)))
    }
    disk.failOn = (name, target) => name === 'openSync' && target === `${path}.new`
    while (fs.statSync(path).size < 1_100_000) await grow()
    expect(told).toEqual([expect.stringContaining('could not be made shorter: ENOSPC')])
    disk.failOn = undefined
    const before = fs.statSync(path).size
    while (fs.statSync(path).size >= before && fs.statSync(path).size < 4_000_000) await grow()
    expect(fs.statSync(path).size).toBeLessThan(before / 2)
    expect([told.length, readLog(path)?.damagedLine]).toEqual([1, undefined])
  })

  test.each([
    ['removed', (path: string) => rmSync(path), 'was removed'],
    [
      'replaced',
      (path: string) => {
        writeFileSync(`${path}.2`, readFileSync(path))
        renameSync(`${path}.2`, path)
      },
      'was replaced',
    ],
    ['changed', (path: string) => writeFileSync(path, 'x', { flag: 'a' }), 'was changed'],
  ])('that somebody else %s is left alone, and nothing is taken for saved', async (_, disturb, words) => {
    const path = join(folder(), 'state')
    const { world } = await begin(path)
    disturb(path)
    const left = fs.existsSync(path) ? readFileSync(path) : undefined
    await expect(world.worlds.act([], world, () => world.clock.freeze())).rejects.toThrow(
      `${path} ${words} by somebody else, and is left alone: put it back as it was, or start the server again. Nothing was`,
    )
    expect(world.clock.view().frozen).toBe(false)
    expect(fs.existsSync(path) ? readFileSync(path) : undefined).toEqual(left)
  })

  test('that was changed between reading and beginning is left alone', async () => {
    const path = join(folder(), 'state')
    const time = (): number => Date.now()
    const state = await StateFile.open({ path, shown: 'state', pid: 1, time, tell: () => undefined })
    onTestFinished(() => state.close())
    const world = await createWorldOn({ ...nodeHost('.', time), keeper: state }, 'default', {})
    writeFileSync(path, 'mine')
    expect(() => state.begin(world.worlds, world.scenario)).toThrow('was replaced by somebody else')
    expect(readFileSync(path, 'utf8')).toBe('mine')
  })
})

function bigSnapshot(world: WorldOf): ReturnType<WorldOf['snapshot']> {
  const snapshot = world.snapshot()
  return { ...snapshot, scenario: { ...snapshot.scenario, description: 'x'.repeat(30_000) } }
}

describe('a log', () => {
  test('that cannot be written is not begun, and leaves nothing behind', () => {
    const path = join(folder(), 'log')
    const disk = new TroubledDisk()
    disk.failAlways = true
    expect(() => new StateLog(path, [{ a: 1 }], undefined, disk)).toThrow(expect.objectContaining({ code: 'ENOSPC' }))
    expect(readdirSync(join(path, '..'))).toEqual([])
  })

  // The limit of a shell stands for a disk that is full in the middle of a line.
  test.runIf(process.platform === 'linux')('takes half a line back, and goes on after it', async () => {
    const path = join(folder(), 'log')
    const module = new URL('../../dist/state-files/log.js', import.meta.url).href
    const code = `
      const { StateLog } = await import(${JSON.stringify(module)})
      const log = new StateLog(${JSON.stringify(path)}, [{ first: 'x'.repeat(3000) }])
      try { log.add({ second: 'y'.repeat(3000) }) } catch (error) { console.log(error.code) }
      log.add({ third: 'z' })`
    const argv = ['-c', 'ulimit -f 4 && exec "$0" --input-type=module -e "$1"', process.execPath, code]
    expect((await promisify(execFile)('bash', argv)).stdout).toBe('EFBIG\n')
    const entries = [{ first: 'x'.repeat(3000) }, { third: 'z' }]
    expect(readLog(path)).toEqual({ entries, unfinished: false, damagedLine: undefined })
  })

  test('that could not even take half a line back does so before the next', () => {
    const path = join(folder(), 'log')
    const disk = new TroubledDisk()
    const log = new StateLog(path, [{ a: 1 }], undefined, disk)
    onTestFinished(() => log.close())
    disk.failOn = (name) => name === 'fdatasyncSync' || name === 'ftruncateSync'
    expect(() => log.add({ b: 2 })).toThrow('ENOSPC')
    expect(() => log.add({ c: 3 })).toThrow('ENOSPC')
    disk.failOn = undefined
    log.add({ d: 4 })
    expect(readLog(path)).toEqual({ entries: [{ a: 1 }, { d: 4 }], unfinished: false, damagedLine: undefined })
  })

  test('that started over is the new one, even where the folder could not be synced', () => {
    const path = join(folder(), 'log')
    const disk = new TroubledDisk()
    const log = new StateLog(path, [{ a: 1 }], undefined, disk)
    onTestFinished(() => log.close())
    let syncs = 0
    disk.failOn = (name) => name === 'fsyncSync' && ++syncs === 2
    expect(() => log.restart([{ b: 2 }])).toThrow('ENOSPC')
    log.add({ c: 3 })
    expect(readLog(path)?.entries).toEqual([{ b: 2 }, { c: 3 }])
  })

  test('tells every bit that has changed', () => {
    const path = join(folder(), 'log')
    new StateLog(path, [{ a: 1 }, { b: [2, 'x'] }], fileIdentity(path)).close()
    const whole = readFileSync(path)
    expect(readLog(path)).toEqual({ entries: [{ a: 1 }, { b: [2, 'x'] }], unfinished: false, damagedLine: undefined })
    const taken: string[] = []
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const bent = Buffer.from(whole)
      bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      writeFileSync(path, bent)
      const { entries, unfinished, damagedLine } = readLog(path) ?? { entries: [], unfinished: false, damagedLine: 0 }
      if (!unfinished && damagedLine === undefined) taken.push(`bit ${bit}: ${JSON.stringify(entries)}`)
    }
    expect(taken).toEqual([])
  })
})
