import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { nodeHost } from '../../src/adapters/node-host.ts'
import { StateFile } from '../../src/adapters/state/file.ts'
import { StateLog, readLog } from '../../src/adapters/state/log.ts'
import { listen } from '../../src/node.ts'
import { createWorldOn, type WorldOf } from '../../src/scenario/create-world.ts'
import { Phone } from '../support/phone.ts'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'understudy-state-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

async function begin(path: string): Promise<{ world: WorldOf; state: StateFile; errors: unknown[] }> {
  const errors: unknown[] = []
  const time = (): number => Date.now()
  const state = new StateFile({ path, shown: 'state', pid: process.pid, time, onError: (error) => errors.push(error) })
  onTestFinished(() => state.close())
  const world = await createWorldOn({ ...nodeHost('.', time), keeper: state }, 'default', {})
  state.begin(world.worlds, world.scenario)
  return { world, state, errors }
}

const lines = (path: string): number => readFileSync(path, 'utf8').split('\n').length - 1

describe('a state file', () => {
  test('gets one line for all that changed between two answers, and none for nothing', async () => {
    const path = join(folder(), 'state')
    const { world, state } = await begin(path)
    expect(lines(path)).toBe(2)
    await Phone.signIn(world, 'alice')
    world.secureLogin.user('bob').set({ state: 'bypass' })
    world.worlds.get('other').clock.advance('1m')
    state.flush()
    expect(lines(path)).toBe(3)
    world.secureLogin.users()
    state.flush()
    expect(lines(path)).toBe(3)
  })

  test('gets what changes outside of requests soon after', async () => {
    const path = join(folder(), 'state')
    const { world } = await begin(path)
    world.clock.freeze()
    await expect.poll(() => lines(path)).toBe(3)
    expect(readFileSync(path, 'utf8').split('\n')[2]).toContain('"frozen":true')
  })

  test('that is full: the answer is 503, and later all is written', async () => {
    const path = join(folder(), 'state')
    const { world, state } = await begin(path)
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' })
    const disk = vi.spyOn(StateLog.prototype, 'add').mockImplementation(() => {
      throw full
    })
    onTestFinished(() => disk.mockRestore())
    const server = await listen(world, { beforeAnswer: () => state.flush() })
    onTestFinished(() => server.close())
    const login = (): Promise<Response> =>
      fetch(`${server.url}/jira/rest/auth/1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"username":"alice","password":"alice"}',
      })
    const refused = await login()
    expect([refused.status, await refused.json()]).toMatchObject([
      503,
      { code: 'ERR_STATE_FILE', detail: 'The state file state could not be written: ENOSPC.' },
    ])
    disk.mockRestore()
    expect((await login()).status).toBe(200)
    expect(readFileSync(path, 'utf8').match(/secure-login\/session:/g)).toHaveLength(2)
  })
})

describe('a log', () => {
  // Only Linux has such a device.
  test.runIf(existsSync('/dev/full'))('that cannot be written is not begun', () => {
    const path = join(folder(), 'log')
    // A device that is always full, under the log's name.
    symlinkSync('/dev/full', `${path}.new`)
    expect(() => new StateLog(path, [{ a: 1 }])).toThrow(expect.objectContaining({ code: 'ENOSPC' }))
    expect(readLog(path)).toBeUndefined()
  })

  // The limit of a shell stands for a disk that is full in the middle of a line.
  test.runIf(process.platform === 'linux')('takes half a line back, and goes on after it', async () => {
    const path = join(folder(), 'log')
    const module = new URL('../../dist/adapters/state/log.js', import.meta.url).href
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

  test('tells every bit that has changed', () => {
    const path = join(folder(), 'log')
    new StateLog(path, [{ a: 1 }, { b: [2, 'x'] }]).close()
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
