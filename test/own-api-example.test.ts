import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { linkExample } from '../scripts/link-example.js'

const root = fileURLToPath(new URL('../', import.meta.url))
const example = join(root, 'examples/own-api')

interface Ran {
  readonly code: unknown
  readonly out: string
  readonly err: string
}

/** Runs a program as somebody does who works in the example. */
function run(args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const env = { PATH: process.env['PATH'], NO_COLOR: '1', ...more }
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: example, env, maxBuffer: 2 ** 26 }, (error, out, err) =>
      resolve({ code: error?.code ?? 0, out, err }),
    )
  })
}

/** Starts the example's server of somebody else; where it listens. */
async function serveForeign(policy: object, fault = ''): Promise<string> {
  // Its clock is the machine's, which may be busy between two failures that are to be quick; others are 2 s apart.
  const wished = JSON.stringify({ quickLoginCheckMilliseconds: 2000, ...policy })
  const server = spawn(process.execPath, ['foreign-server.js', '0', wished, fault], { cwd: example })
  onTestFinished(() => void server.kill())
  return new Promise((resolve, reject) => {
    server.stdout.once('data', (chunk) => resolve(String(chunk).trim()))
    server.once('exit', (code) => reject(new Error(`The foreign server ended with ${code}.`)))
  })
}

/** Has a server checked against the realm of a module, by journeys for all realms and by those of the policy. */
async function verify(url: string, api: string, folders: readonly string[]): Promise<Ran> {
  const away = mkdtempSync(join(tmpdir(), 'understudy-own-api-'))
  onTestFinished(() => rmSync(away, { recursive: true, force: true }))
  const journeys = ['journeys/*.yaml', ...folders.map((name) => `journeys/${name}`)].flatMap((path) => [
    '--journeys',
    path,
  ])
  const args = ['verify', 'target.yaml', '--api', api, ...journeys, '--ledger', join(away, 'attempts.jsonl')]
  return run([join(root, 'bin/understudy.js'), ...args], { KEYCLOAK_URL: url })
}

/** Has a server shadowed by the realm while an app talks to it. */
async function shadow(upstream: string, app: (url: string) => Promise<void>): Promise<Ran> {
  const args = ['shadow', upstream, '--port', '0', '--api', './realm.js', '--fail-on', 'drift', '--json']
  const shadowing = spawn(process.execPath, [join(root, 'bin/understudy.js'), ...args], { cwd: example })
  const said = { out: '', err: '' }
  shadowing.stdout.on('data', (chunk) => (said.out += String(chunk)))
  const url = await new Promise<string>((resolve) => {
    shadowing.stderr.on('data', (chunk) => {
      said.err += String(chunk)
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(said.err) ?? []
      if (found !== undefined) resolve(found)
    })
  })
  await app(url)
  shadowing.kill('SIGTERM')
  const code = await new Promise((resolve) => shadowing.once('close', resolve))
  return { code, ...said }
}

// As a project that depends on this package has it; `scripts/ready.js` does it before `npm test`.
beforeAll(() => linkExample(root))

describe('the example of an API of one’s own', () => {
  test('passes its own tests', async () => {
    const { code, out, err } = await run([join(root, 'node_modules/vitest/vitest.mjs'), 'run'])
    expect([code, out + err]).toEqual([0, expect.stringMatching(/Tests +12 passed/)])
  })

  test.each([
    ['multiple', './realm.js', {}, ['temporary', 'multiple'], 6],
    ['linear', './policies/linear.js', { strategy: 'linear', maxWaitSeconds: 180 }, ['temporary', 'linear'], 6],
    ['permanent', './policies/permanent.js', { mode: 'permanent' }, ['permanent'], 4],
    ['mixed', './policies/mixed.js', { mode: 'mixed' }, ['temporary', 'mixed'], 6],
  ])('finds nothing wrong with a right server, %s', async (_, api, policy, folders, passed) => {
    const { code, out, err } = await verify(await serveForeign(policy), api, folders)
    expect([code, out + err]).toEqual([0, expect.stringContaining(`${passed} passed, 0 failed, 0 not reached`)])
  })

  test.each([
    ['one-more', ['KC-03']],
    ['flat', ['KC-04']],
    ['never', ['KC-05']],
    ['leak', ['KC-03', 'KC-04', 'KC-05']],
  ])('names the clause that a server breaks which is %s', async (fault, clauses) => {
    const { code, out } = await verify(await serveForeign({}, fault), './realm.js', ['temporary', 'multiple'])
    expect(code).toBe(1)
    const broken = new Set([...out.matchAll(/^(KC-\d+) is broken/gm)].map(([, clause]) => clause))
    expect(broken).toEqual(new Set(clauses))
  })

  test.each([
    ['', [], 0],
    ['never', ['KC-05'], 1],
    ['leak', ['KC-05'], 1],
  ])('follows an app that talks to a server, which is wrong by "%s"', async (fault, clauses, code) => {
    const ran = await shadow(await serveForeign({}, fault), async (url) => {
      const realm = `${url}/realms/demo/protocol/openid-connect`
      const ask = async (password: string): Promise<string> => {
        const body = new URLSearchParams({ grant_type: 'password', username: 'ada', password })
        const { access_token: token = '' } = await (await fetch(`${realm}/token`, { method: 'POST', body })).json()
        return String(token)
      }
      const userinfo = async (headers: Record<string, string>): Promise<void> =>
        void (await (await fetch(`${realm}/userinfo`, { headers })).text())
      await userinfo({ authorization: `Bearer ${await ask('engine')}` })
      await userinfo({})
      for (const password of ['x', 'y', 'engine']) await ask(password)
    })
    const { drifts, compared, unknown } = JSON.parse(ran.out)
    expect([ran.code, compared + unknown]).toEqual([code, 6])
    expect(drifts.map(({ clause }: { readonly clause: string }) => clause)).toEqual(clauses)
    expect(ran.out + ran.err).not.toContain('engine')
  })

  test('is not taken for a server of another policy', async () => {
    const { code, out } = await verify(await serveForeign({}), './policies/linear.js', ['temporary', 'linear'])
    expect([code, out]).toEqual([1, expect.stringContaining('KC-04 is broken')])
  })
})
