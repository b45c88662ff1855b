import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, createLogger, createServer, preview, type InlineConfig } from 'vite'
import { describe, expect, onTestFinished, test } from 'vitest'
import { understudy, type UnderstudyPluginOptions } from '../../src/vite.ts'

const info = '/jira/rest/securelogin-admin/1.0/api/info'
const scenario = (text: string): string => `description: one\nsecure-login:\n  users:\n    zoe: { state: ${text} }\n`

/** A small app with the plug-in, and what Vite says. */
function project(options: UnderstudyPluginOptions): { root: string; config: InlineConfig; said: string[] } {
  const root = mkdtempSync(join(tmpdir(), 'understudy-vite-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  writeFileSync(
    join(root, 'index.html'),
    '<!doctype html><title>the app</title><script type="module" src="/main.js"></script>',
  )
  writeFileSync(join(root, 'main.js'), 'document.title = "ran"')
  writeFileSync(join(root, 'mine.yaml'), scenario('enter'))
  const said: string[] = []
  const customLogger = { ...createLogger('info'), info: (text: string) => void said.push(text) }
  const config: InlineConfig = {
    root,
    configFile: false,
    customLogger,
    cacheDir: join(root, '.vite'),
    server: { port: 0, host: '127.0.0.1', ws: false },
    preview: { port: 0, host: '127.0.0.1' },
    plugins: [understudy(options)],
  }
  return { root, config, said }
}

async function dev(config: InlineConfig): Promise<string> {
  const server = await createServer(config)
  onTestFinished(() => server.close())
  await server.listen()
  return (server.resolvedUrls?.local[0] ?? '').replace(/\/$/, '')
}

describe('the plug-in for Vite', () => {
  test('answers on the app’s own origin, console included, and leaves the app alone', async () => {
    const { config, said } = project({ scenario: './mine.yaml', apis: ['secure-login'] })
    const url = await dev(config)
    expect((await fetch(url + info)).headers.get('x-understudy-clause')).toBe('SL-03')
    expect(await (await fetch(`${url}/`)).text()).toContain('the app')
    expect(await (await fetch(`${url}/main.js`)).text()).toContain('document.title')
    expect((await fetch(`${url}/rest/auth/login`, { method: 'POST' })).headers.get('x-understudy-clause')).toBeNull()
    expect(await (await fetch(`${url}/__understudy/`)).text()).toContain('<html')
    const { users } = await (await fetch(`${url}/__understudy/users`)).json()
    expect(users.map(({ username }: { username: string }) => username)).toEqual(['zoe'])
    expect(said.join('\n')).toContain('the console is at /__understudy/')
  })

  test('takes an edited scenario over, and tells of one that cannot be used', async () => {
    const { root, config, said } = project({ scenario: 'mine.yaml', apis: ['secure-login'] })
    const url = await dev(config)
    const stateOf = async (): Promise<string> => (await (await fetch(`${url}/__understudy/users/zoe`)).json()).state
    expect(await stateOf()).toBe('enter')
    writeFileSync(join(root, 'mine.yaml'), scenario('bypass'))
    await expect.poll(stateOf).toBe('bypass')
    writeFileSync(join(root, 'mine.yaml'), scenario('bypas'))
    await expect.poll(() => said.join('\n')).toContain('The last good version of mine.yaml goes on.')
    expect(await stateOf()).toBe('bypass')
  })

  test('keeps Vite from starting with a scenario that cannot be used, in words', async () => {
    const { config } = project({ scenario: 'mine.yml' })
    await expect(createServer(config)).rejects.toMatchObject({ code: 'ERR_SCENARIO_UNKNOWN' })
  })

  test('is in no build, and stands behind its preview', async () => {
    const { root, config } = project({ scenario: 'lockout', overrides: { 'secure-login': { blockAfter: 7 } } })
    await build({ ...config, logLevel: 'silent' })
    const built = readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(js|html)$/.test(name))
      .map((name) => readFileSync(join(root, 'dist', name), 'utf8'))
    expect(built.length).toBeGreaterThan(1)
    expect(built.join('\n')).not.toContain('understudy')
    const server = await preview(config)
    onTestFinished(() => server.close())
    const url = (server.resolvedUrls?.local[0] ?? '').replace(/\/$/, '')
    expect((await fetch(url + info)).headers.get('x-understudy-clause')).toBe('SL-03')
    expect(await (await fetch(`${url}/`)).text()).toContain('the app')
  })
})
