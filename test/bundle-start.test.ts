import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { lateChunks } from '../scripts/late-chunks.js'
import { lateFiles, lateGroups } from '../scripts/late-modules.js'
import { until } from './cli/terminal.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const info = '/jira/rest/securelogin-admin/1.0/api/info'

/** The files of the bundle that a server has loaded after these requests. */
async function loadedAfter(...paths: readonly string[]): Promise<string[]> {
  const cwd = mkdtempSync(join(tmpdir(), 'understudy-'))
  const script = `
    process.argv.splice(1, 0, 'understudy')
    process.on('exit', () => console.log(JSON.stringify(Object.keys(require.cache))))
    require(${JSON.stringify(`${root}bin/understudy.js`)})`
  const child = spawn(process.execPath, ['-e', script, 'serve', '--port', '0'], { cwd })
  onTestFinished(() => {
    child.kill('SIGKILL')
    rmSync(cwd, { recursive: true, force: true })
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk) => (out += String(chunk)))
  child.stderr.on('data', (chunk) => (err += String(chunk)))
  await until(() => err.includes('Ctrl-C'))
  const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(err) ?? []
  for (const path of paths) await (await fetch(`${url}${path}`)).arrayBuffer()
  child.kill('SIGTERM')
  await until(() => out.includes(']\n'))
  const files = (JSON.parse(out) as string[]).filter((file) => file.includes('/dist/bin/'))
  return files.map((file) => basename(file).replace(/-[\w-]{8}\.js$/, '')).sort()
}

describe('a server', () => {
  test('has loaded one file of its own until its first answer, and the rest of it where that is asked for', async () => {
    expect(await loadedAfter(info)).toEqual(['main.js', 'rolldown-runtime'])
    expect(await loadedAfter(info, '/rest/auth/globalprefix')).toEqual(['late', 'main.js', 'rolldown-runtime'])
  })

  test('starts with less than 280 kB', () => {
    expect(readFileSync(`${root}dist/bin/main.js`).length).toBeLessThan(280_000)
  })

  test('has modules that come late, each of which is there', () => {
    expect(lateFiles.filter((file) => !existsSync(`${root}src/${file}`))).toEqual([])
    expect(lateGroups.late(`${root}src/world/views.ts`)).toBe(true)
    expect(lateGroups.late(`${root}src/world/world.ts`)).toBe(false)
  })
})

/** A chunk after the plugin: what it gives out, and how often it has loaded the other, which comes late. */
function started(
  code: string,
  late: string,
): { given: Record<string, (...args: unknown[]) => unknown>; loads: () => number } {
  const start = { type: 'chunk', name: 'start', fileName: 'start.js', code }
  const other = { type: 'chunk', name: 'late', fileName: 'late-1.js', code: late }
  lateChunks(['late']).generateBundle(undefined, { start, other })
  let loads = 0
  const run = (text: string): Record<string, (...args: unknown[]) => unknown> => {
    const exports = {}
    // oxlint-disable-next-line typescript/no-implied-eval
    new Function('exports', 'require', text)(exports, () => {
      loads++
      return run(other.code)
    })
    return exports
  }
  return { given: run(start.code), loads: () => loads }
}

describe('a chunk that names one that comes late', () => {
  const late = `function twice(n){return n*2}class Box{constructor(n){this.n=n}}const word='late';
    exports.twice=twice,exports.Box=Box;Object.defineProperty(exports,"word",{enumerable:!0,get:function(){return word}})`

  test('loads it once, where something of it is used', () => {
    const { given, loads } = started(
      `const a=1,require_late=require("./late-1.js");const table={step:require_late.twice};
       exports.step=n=>table.step(n);exports.word=()=>require_late.word;exports.box=n=>new require_late.Box(n).n`,
      late,
    )
    expect(loads()).toBe(0)
    expect([given['step']?.(4), given['word']?.(), given['box']?.(5)]).toEqual([8, 'late', 5])
    expect(loads()).toBe(1)
  })

  test('loads it at once where it is evaluated at once', () => {
    const { given, loads } = started(
      'const require_late=require("./late-1.js");const four=require_late.twice(2);exports.four=()=>four',
      late,
    )
    expect([loads(), given['four']?.()]).toEqual([1, 4])
  })

  test('is refused where it hands on the whole of it', () => {
    expect(() => started('const require_late=require("./late-1.js");exports.all=require_late', late)).toThrow(
      'require_late is used in a way that cannot come late.',
    )
  })
})
