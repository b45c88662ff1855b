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

  async function shadowed(
    ...mutant: readonly string[]
  ): Promise<{ code: number; told: string[]; result: Told; stats: object }> {
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
    expect({ code, told, drifts: result.drifts }).toEqual({ code: 0, told: [], drifts: [] })
    expect(stats).toMatchObject({ expected: 5, unexpected: 0 })
    // What a test has set at the mock itself is not known, nor what holds in a world with another scenario.
    expect(result.compared).toBeGreaterThan(30)
    expect(result.unknown).toBeLessThan(result.seen / 4)
  }, 300_000)

  test('pass at a server that blocks too short, and the shadow tells it by its clause', async () => {
    const { code, told, result, stats } = await shadowed('--mutant', 'secure-login.SL-14.for-ten-minutes')
    expect(stats).toMatchObject({ expected: 5, unexpected: 0 })
    expect(code).toBe(1)
    expect(told[0]).toMatch(/^drift: SL-07 after SL-14, user: body\.blocked\.until is "/)
    expect(result.drifts).toMatchObject([{ clause: 'SL-07', after: 'SL-14', binding: true }])
  }, 300_000)
})

interface Told {
  readonly seen: number
  readonly compared: number
  readonly unknown: number
  readonly drifts: readonly object[]
}
