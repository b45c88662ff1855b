import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Terminal, until } from '../cli/terminal.ts'
import { buildApp, runSuite, serveApp } from './login-app-suite.ts'
import { hasBrowser } from './stand.ts'

describe.skipIf(!hasBrowser('the example app before a shadow'))("the example app's own tests, through a shadow", () => {
  const output = mkdtempSync(join(tmpdir(), 'understudy-shadowed-app-'))
  beforeAll(() => buildApp(join(output, 'app')))
  afterAll(() => rmSync(output, { recursive: true, force: true }))

  async function shadowed(...mutant: readonly string[]): Promise<{ code: number; told: string[]; result: Told; stats: object }> {
    const [mock, shadowing] = [new Terminal(), new Terminal()]
    const real = await mock.serve(...mutant)
    const { done, lines } = shadowing.begin('shadow', real.url, '--port', '0', '--fail-on', 'drift', '--json')
    await until(() => lines.err.length > 0)
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(lines.err[0] ?? '')?.[0] ?? ''
    const served = await serveApp(url, join(output, 'app'))
    const { stats } = await runSuite(served, url, output)
    await served.close()
    shadowing.signal('SIGTERM')
    const code = await done
    mock.signal('SIGTERM')
    await real.done
    return { code, told: lines.err.slice(1), result: JSON.parse(lines.out.join('\n')), stats }
  }

  test('find no drift at an honest server', async () => {
    const { code, told, result, stats } = await shadowed()
    expect({ code, told, stats, result }).toEqual({ code: 0, told: [], stats: {}, result: {} })
  }, 300_000)

  test.each(['SL-12.message'])('tell %s', async (mutant) => {
    const { code, told, result, stats } = await shadowed('--mutant', `secure-login.${mutant}`)
    expect({ code, told, stats, result }).toEqual({ code: 0, told: [], stats: {}, result: {} })
  }, 300_000)
})

interface Told {
  readonly seen: number
  readonly compared: number
  readonly unknown: number
}
