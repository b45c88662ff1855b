import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { readTraces } from '../../src/contract/coverage/trace-files.ts'
import { createWorld } from '../../src/index.ts'
import { listen, trace } from '../../src/node.ts'
import { apiPath } from '../support/phone.ts'
import { request } from '../support/request.ts'
import { playTraced, secrets } from './session.ts'

const run = promisify(execFile)
const worker = fileURLToPath(new URL('worker.js', import.meta.url))
const info = request('GET', `${apiPath}/info`)

function newDirectory(): string {
  const dir = mkdtempSync(join(tmpdir(), 'understudy-trace-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  return dir
}

describe('the traces of a directory', () => {
  test('are those of all processes that ran with the variable', async () => {
    const dir = newDirectory()
    const env = { ...process.env, UNDERSTUDY_TRACE: dir }
    await Promise.all(['enters', 'fails', 'meets'].map((part) => run(process.execPath, [worker, part], { env })))
    expect(readdirSync(dir)).toHaveLength(3)
    const { files, lines, damages } = await readTraces(dir)
    expect({ files, damages }).toEqual({ files: 3, damages: [] })
    const clauses = new Set(lines.map(({ clause }) => clause))
    expect([...clauses].sort()).toEqual(['SL-03', 'SL-06', 'SL-07', 'SL-10', 'SL-11', 'SL-14', 'SL-H1'])
    expect(lines.filter(({ meanwhile }) => meanwhile !== undefined).map(({ meanwhile }) => meanwhile)).toEqual([
      { from: 'blocked', to: 'enter' },
    ])
  })

  test('are one for each thread, as threads share the number of their process', async () => {
    const dir = newDirectory()
    const env = { ...process.env, UNDERSTUDY_TRACE: dir }
    const threads = ['enters', 'meets'].map((part) => new Worker(worker, { argv: [part], env }))
    await Promise.all(threads.map((thread) => new Promise((resolve) => thread.once('exit', resolve))))
    expect(readdirSync(dir)).toHaveLength(2)
    expect((await readTraces(dir)).lines.map(({ clause }) => clause)).toContain('SL-07')
  })

  test('hold nothing where nothing was asked, and are none where there is no directory', async () => {
    const dir = newDirectory()
    await run(process.execPath, [worker, 'idles'], { env: { ...process.env, UNDERSTUDY_TRACE: dir } })
    expect(readdirSync(dir)).toEqual([])
    expect(await readTraces(join(dir, 'nowhere'))).toEqual({ files: 0, lines: [], damages: [] })
  })

  test('are read as far as they are whole', async () => {
    const dir = newDirectory()
    const world = await createWorld()
    await trace(world, { dir })
    await world.play(info)
    const [name = ''] = readdirSync(dir)
    const whole = readFileSync(join(dir, name), 'utf8')
    const odd = ['{"trace":2}', '{"trace":1,"clause":"SL-03"}', '[]', '"text"', '{"trace":1,"interaction":{']
    writeFileSync(join(dir, name), `${whole}${odd.join('\n')}\n${whole.slice(0, 40)}`)
    writeFileSync(join(dir, 'notes.txt'), 'of somebody else')
    const { files, lines, damages } = await readTraces(dir)
    expect({ files, clauses: lines.map(({ clause }) => clause) }).toEqual({ files: 1, clauses: ['SL-03'] })
    expect(damages.map((damage) => damage.replace(name, 'it'))).toEqual([
      'it, line 2: its version is 2, and this understudy reads version 1',
      'it, line 3: it is no line of a trace',
      'it, line 4: it is no line of a trace',
      'it, line 5: it is no line of a trace',
      'it, line 6: it is no JSON; perhaps its process was killed while it wrote',
      'it, line 7: it is no JSON; perhaps its process was killed while it wrote',
    ])
  })
})

describe('a trace', () => {
  test('has no secret in it: neither PIN nor password, token, code or session', async () => {
    const dir = newDirectory()
    const cookies: string[] = []
    await playTraced(async (world) => {
      await trace(world, { dir })
      world.listen((event) => {
        if (event.kind === 'request')
          cookies.push(...event.entry.reply.headers.filter((text) => text.includes('HttpOnly')))
      })
    })
    const text = readdirSync(dir)
      .map((name) => readFileSync(join(dir, name), 'utf8'))
      .join('')
    expect(text.split('\n').length).toBeGreaterThan(40)
    const sessions = cookies.map((line) => /=([0-9A-Za-z]{15,})/.exec(line)?.[1] ?? '').filter((id) => id !== '')
    expect(sessions).toHaveLength(4)
    const encoded = [btoa(`erika:${secrets.password}`), encodeURIComponent(secrets.password)]
    const found = [...Object.values(secrets), ...sessions, ...encoded].filter((secret) => text.includes(secret))
    expect(found).toEqual([])
  })

  test('has every world that requests ask for, and later ones', async () => {
    const dir = newDirectory()
    const world = await createWorld()
    await world.worlds.get('before').play(info)
    await trace(world, { dir })
    const server = await listen(world)
    onTestFinished(() => server.close())
    for (const name of ['before', 'after']) {
      await fetch(`${server.url}${apiPath}/info`, { headers: { 'x-understudy-world': name } })
    }
    expect((await readTraces(dir)).lines.map((line) => line.world)).toEqual(['before', 'after'])
  })

  test('has each request once, however often tracing was asked for, until it is stopped', async () => {
    const dir = newDirectory()
    const world = await createWorld()
    await trace(world, { dir })
    const stop = await trace(world.worlds.get('other'), { dir })
    await world.play(info)
    stop()
    await world.play(info)
    expect((await readTraces(dir)).lines.map(({ id }) => id)).toEqual(['r1'])
    await trace(world, { dir })
    await world.play(info)
    expect((await readTraces(dir)).lines.map(({ id }) => id)).toEqual(['r1', 'r3'])
  })

  test('that cannot be written is told once, and answers are given all the same', async () => {
    const dir = newDirectory()
    writeFileSync(join(dir, 'file'), '')
    chmodSync(join(dir, 'file'), 0o400)
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    onTestFinished(() => warn.mockRestore())
    const world = await createWorld()
    await trace(world, { dir: join(dir, 'file', 'below') })
    expect((await world.play(info)).status).toBe(200)
    expect((await world.play(info)).status).toBe(200)
    expect(warn.mock.calls.map(([message]) => String(message))).toEqual([
      expect.stringContaining('auth-understudy can no longer leave a trace in'),
    ])
  })
})
