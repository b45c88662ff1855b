import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { listen } from '../../src/node.ts'
import { createWorld } from '../../src/index.ts'
import { playHurl, readHurl } from './hurl-reader.ts'
import { lintedByRedocly } from './redocly.ts'
import { Terminal } from './terminal.ts'

const hasHurl = spawnSync('hurl', ['--version']).status === 0

const own = `title: a login after a lockout
as: disposable
steps:
  - ask: { operation: secure-login.auth, body: wrong }
    times: 3
    expect: { status: 401 }
  - ask: { operation: secure-login.user }
    expect: { body: { state: blocked } }
  - wait: until
  - ask: { method: GET, path: /rest/securelogin-admin/1.0/api/user }
    capture: { state: $.state }
    expect: { body: { state: enter }, parts: { $.blocked: absent, $.state: /^en/ } }
  - ask: { operation: secure-login.auth, body: right }
    expect: { status: 200 }
`

/** Serves a mock on which nothing has been done. */
async function serve(): Promise<{ url: string; close: () => Promise<void> }> {
  return listen(await createWorld('default'))
}

describe('journeys as Hurl', () => {
  test.each(['secure-login', 'sirportly', 'gentics-cms'])(
    'of %s are played on a mock, users, clock and all',
    async (api) => {
      const terminal = new Terminal()
      const { code, out, err } = await terminal.run('journey', 'export', '--as', 'hurl', '--api', api, '--json')
      expect([code, err.split('\n').every((line) => line === '' || line.startsWith('left out: '))]).toEqual([0, true])
      const { written, leftOut } = JSON.parse(out) as { written: string[]; leftOut: { id: string; because: string }[] }
      expect(leftOut.filter(({ because }) => because === '')).toEqual([])
      expect(written.length).toBeGreaterThan(leftOut.length)
      const wrong: string[] = []
      for (const file of written) {
        const server = await serve()
        const told = await playHurl(readFileSync(join(terminal.cwd, file), 'utf8'), server.url)
        wrong.push(...told.map((line) => `${file}: ${line}`))
        await server.close()
      }
      expect(wrong).toEqual([])
    },
  )

  test('of one’s own assert what they expect, and a mock that does otherwise fails them', async () => {
    const terminal = new Terminal()
    writeFileSync(join(terminal.cwd, 'lockout.yaml'), own)
    const args = ['journey', 'export', '--as', 'hurl', '--journeys', 'lockout.yaml', '--only', 'journey.']
    const { code, out } = await terminal.run(...args)
    expect([code, out]).toEqual([0, 'journeys-out/journey.lockout.hurl'])
    const text = readFileSync(join(terminal.cwd, out), 'utf8')
    expect(readHurl(text).filter(({ status }) => status === 401)).toHaveLength(3)
    expect(text).toContain('jsonpath "$.blocked" not exists')
    expect(text).toContain('jsonpath "$.state" matches "^en"')
    const server = await serve()
    expect(await playHurl(text, server.url)).toEqual([])
    await server.close()
    const lax = await listen(await createWorld({ 'secure-login': { blockAfter: 5 } }))
    expect((await playHurl(text, lax.url)).join('\n')).toContain('jsonpath "$.state" == "blocked"')
    await lax.close()
  })

  test.skipIf(!hasHurl)('is played by hurl itself', async () => {
    const terminal = new Terminal()
    await terminal.run('journey', 'export', '--as', 'hurl', '--only', 'secure-login.lockout')
    const server = await serve()
    const files = readdirSync(join(terminal.cwd, 'journeys-out')).map((file) => join('journeys-out', file))
    const played = spawnSync('hurl', ['--test', '--variable', `url=${server.url}`, ...files], {
      cwd: terminal.cwd,
      encoding: 'utf8',
    })
    expect([played.status, played.stderr]).toEqual([0, expect.any(String)])
    await server.close()
  })

  if (!hasHurl) process.stderr.write('hurl is not installed: its files are played by test/cli/hurl-reader.ts alone\n')
})

const turned = `title: a turn
as: user
steps:
  - ask: { operation: turnstile.enter, query: { badge: "{{username}}", code: "{{pin}}" } }
    expect: { status: 204 }
`

describe('journeys as Arazzo', () => {
  type Step = { stepId: string; operationPath: string; successCriteria: { condition: string }[] }

  test.each([['secure-login'], ['sirportly'], ['gentics-cms'], ['./turnstile.js', '--journeys', 'turn.yaml']])(
    'of %s are found nothing in by Redocly, which knows the specification',
    async (api, ...more) => {
      const terminal = new Terminal()
      const turnstile = new URL('../own-api/turnstile.ts', import.meta.url)
      writeFileSync(join(terminal.cwd, 'turnstile.js'), `export { turnstile } from '${turnstile.href}'\n`)
      writeFileSync(join(terminal.cwd, 'turn.yaml'), turned)
      const { code, out } = await terminal.run('journey', 'export', '--as', 'arazzo', '--api', api, ...more)
      expect([code, out]).toEqual([0, expect.stringMatching(/^journeys-out\/[\w-]+\.arazzo\.json$/)])
      const file = join(terminal.cwd, out)
      expect(await lintedByRedocly(file)).toEqual([])
      // It is no blind reader: a reference to what no step gives is found.
      writeFileSync(file, readFileSync(file, 'utf8').replace('$statusCode == ', '$steps.nobody.outputs.sid == '))
      expect((await lintedByRedocly(file)).join()).toContain('nobody')
    },
  )

  test('leave out what takes the value of a cookie out of its header, and say so', async () => {
    const { code, out, err } = await new Terminal().run('journey', 'export', '--as', 'arazzo', '--api', 'gentics-cms')
    expect([code, out]).toEqual([0, 'journeys-out/gentics-cms.arazzo.json'])
    expect(err).toContain('left out: gentics-cms.logout: it sends {secret}, the value of a cookie')
  })

  test('are workflows whose steps are operations of the OpenAPI that understudy writes', async () => {
    const terminal = new Terminal()
    writeFileSync(join(terminal.cwd, 'lockout.yaml'), own)
    const { code, out } = await terminal.run(
      'journey',
      'export',
      '--as',
      'arazzo',
      '--journeys',
      'lockout.yaml',
      '--json',
    )
    expect(code).toBe(0)
    const [file = ''] = (JSON.parse(out) as { written: string[] }).written
    const document = JSON.parse(readFileSync(join(terminal.cwd, file), 'utf8'))
    expect(document.arazzo).toMatch(/^1\.0\.\d$/)
    const api = JSON.parse((await terminal.run('openapi', 'secure-login')).out)
    const server = await serve()
    const control = await (await fetch(`${server.url}/__understudy/openapi.json`)).json()
    await server.close()
    const documents: { [name: string]: { paths: object } } = { 'secure-login': api, understudy: control }
    const workflows = document.workflows as { workflowId: string; steps: Step[] }[]
    expect(new Set(workflows.map(({ workflowId }) => workflowId)).size).toBe(workflows.length)
    const dangling = workflows.flatMap(({ steps }) =>
      steps.filter(({ operationPath }) => {
        const [, name = '', pointer = ''] = /^\{\$sourceDescriptions\.([\w-]+)\.url\}#\/(.+)$/.exec(operationPath) ?? []
        const names = pointer.split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
        return (
          names.reduce<unknown>((at, step) => (at as { [step: string]: unknown })?.[step], documents[name]) ===
          undefined
        )
      }),
    )
    expect(dangling.map(({ operationPath }) => operationPath)).toEqual([])
    const lockout = workflows.find(({ workflowId }) => workflowId === 'journey-lockout')
    const refused = lockout?.steps.filter(
      ({ successCriteria }) => successCriteria[0]?.condition === '$statusCode == 401',
    )
    // Three times is three steps.
    expect(refused).toHaveLength(3)
    expect(JSON.stringify(lockout)).toContain('$inputs.disposable_wrongPin')
  })
})
