import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeUp } from '../contract/recorded-traffic.ts'
import { playScript } from '../contract/scripted-server.ts'
import { logInAsAnAppDoes } from '../contract/shadow-app.ts'
import { chromiumPath, sharedChromium, whyNoChromium } from '../support/chromium.ts'
import { writeModule } from '../support/turnstile-file.ts'
import { zipOf } from '../support/zip.ts'
import { Terminal } from './terminal.ts'

const secrets = /wonder\.land1|736251|carols\.pass|Dave-4711|20261|991122/

async function browserHar(): Promise<string> {
  const made = makeUp(3)
  const { har } = await playScript(made, made.section)
  return JSON.stringify(har)
}

test("a browser's HAR becomes a scenario on stdout, without what proves who somebody is", async () => {
  const terminal = new Terminal()
  writeFileSync(join(terminal.cwd, 'app.har'), await browserHar())
  const { code, out, err } = await terminal.run('record', 'app.har')
  expect(code).toBe(0)
  expect(out).toContain('revision: legacy')
  expect(out).toMatch(/^# .*revision: certain; request \d+, POST .*status would have been 406 instead of 410/m)
  expect(err).toContain('A mock with this scenario gives each of the 49 answers.')
  expect(`${out}${err}`).not.toMatch(secrets)
  writeFileSync(join(terminal.cwd, 'found.yaml'), out)
  expect(await terminal.run('scenario', 'check', 'found.yaml')).toMatchObject({ code: 0 })
})

test('passwords and codes are written where that is asked for', async () => {
  const terminal = new Terminal()
  writeFileSync(join(terminal.cwd, 'app.har'), await browserHar())
  const { code, out } = await terminal.run('record', 'app.har', '--with-secrets', '--json')
  expect(code).toBe(0)
  const { scenario, settings } = JSON.parse(out)
  expect(scenario['secure-login'].users.alice).toMatchObject({ password: 'wonder.land1' })
  expect(settings).toContainEqual(expect.objectContaining({ name: 'revision', value: 'legacy', confidence: 'certain' }))
})

test('the journal of a mock, masked as it is, becomes a scenario that plays the same', async () => {
  const mock = new Terminal()
  writeFileSync(
    join(mock.cwd, 'real.yaml'),
    `secure-login:\n  blockAfter: 2\n  blockFor: 45m\n  revision: legacy\n  users:\n    alice: { pin: '910817' }\n    bob: { state: bypass }\n    carol: { state: onboarding }\n`,
  )
  const served = await mock.serve('real.yaml')
  await logInAsAnAppDoes(`${served.url}/jira`)
  const { out: har } = await mock.run('requests', '--har', '--limit', '100')
  writeFileSync(join(mock.cwd, 'own.har'), har)
  mock.signal('SIGTERM')
  await served.done
  const { code, out, err } = await mock.run('record', 'own.har', '--out', 'found.yaml')
  expect({ code, out, err }).toEqual({ code: 0, out: '', err: expect.any(String) })
  expect(err).toContain('wrote found.yaml; play it with `understudy serve ./found.yaml`')
  const yaml = readFileSync(join(mock.cwd, 'found.yaml'), 'utf8')
  // Which of the masked PINs was none, and did not count, cannot be told.
  expect(err).toMatch(/blockAfter +3 \(from 1 to 3\) +in part/)
  expect(yaml).toContain('blockFor: 45m')
  expect(yaml).toContain('revision: legacy')
  expect(yaml).toMatch(/bob:\n\s+state: bypass/)
})

test('a trace of Playwright has the bodies beside its entries', async () => {
  const terminal = new Terminal()
  const { log } = JSON.parse(await browserHar())
  const files: Record<string, string> = {}
  const lines = log.entries.map((entry: { request: Body; response: { content: { text: string } } }, index: number) => {
    const { request, response } = entry
    files[`resources/${index}.json`] = response.content.text
    const { text: _, ...content } = { ...response.content, _sha1: `${index}.json` }
    if (request.postData !== undefined) files[`resources/${index}.post`] = request.postData.text
    const postData = request.postData === undefined ? {} : { postData: { _sha1: `${index}.post` } }
    const { postData: __, ...sent } = request
    return JSON.stringify({
      type: 'resource-snapshot',
      snapshot: { ...entry, request: { ...sent, ...postData }, response: { ...response, content } },
    })
  })
  files['trace.network'] = lines.join('\n')
  writeFileSync(join(terminal.cwd, 'trace.zip'), zipOf(files))
  const { code, out } = await terminal.run('record', 'trace.zip')
  expect(code).toBe(0)
  expect(out).toContain('revision: legacy')
})

interface Body {
  readonly postData?: { readonly text: string }
}

test('of a recording of something else is told what could not be placed, and nothing is written', async () => {
  const terminal = new Terminal()
  const entry = (url: string, status: number): object => ({
    startedDateTime: '2026-01-05T08:00:00.000+01:00',
    request: { method: 'GET', url, headers: [] },
    response: { status, headers: [], content: {} },
  })
  const entries = [entry('https://shop.example/cart?token=abc', 200), entry('https://shop.example/pay', 0), {}]
  writeFileSync(join(terminal.cwd, 'shop.har'), JSON.stringify({ log: { entries } }))
  const { code, out, err } = await terminal.run('record', 'shop.har', '--out', 'found.yaml')
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain('Nothing was written: no request is one to Secure Login, Sirportly, Gentics CMS.')
  expect(err).toContain('  request 1, GET https://shop.example/cart: it is for no API that is known here')
  expect(err).toContain('  request 2, GET /pay: it got no answer')
  expect(err).toContain('  request 3, nothing: it names no method and address')
  expect(err).not.toContain('abc')
  expect(() => readFileSync(join(terminal.cwd, 'found.yaml'))).toThrow('ENOENT')
})

test.each([
  ['{"log": {}}', 'is no HAR: it has no log.entries'],
  ['no JSON', 'is no HAR: it is not JSON'],
  ['PK\u0003\u0004 cut off', 'is no trace of Playwright: it has no directory'],
])('%s is refused in words', async (text, sentence) => {
  const terminal = new Terminal()
  writeFileSync(join(terminal.cwd, 'some.har'), text)
  const { code, out, err } = await terminal.run('record', 'some.har')
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(sentence)
})

test('a file that is not there is named', async () => {
  const { code, err } = await new Terminal().run('record', 'nowhere.har')
  expect(code).toBe(2)
  expect(err).toContain('nowhere.har cannot be read: ENOENT.')
})

test('a HAR that was saved without cookies is told to be one', async () => {
  const terminal = new Terminal()
  const { log } = JSON.parse(await browserHar())
  const without = (headers: readonly { readonly name: string }[]): object[] =>
    headers.filter(({ name }) => !/cookie$/i.test(name))
  const entries = log.entries.map(({ request, response, ...entry }: { request: Sent; response: Sent }) => ({
    ...entry,
    request: { ...request, headers: without(request.headers) },
    response: { ...response, headers: without(response.headers) },
  }))
  writeFileSync(join(terminal.cwd, 'bare.har'), JSON.stringify({ log: { entries } }))
  const { err } = await terminal.run('record', 'bare.har')
  expect(err).toContain('The recording was saved without cookies: nobody can be followed')
  writeFileSync(join(terminal.cwd, 'whole.har'), JSON.stringify({ log }))
  expect((await terminal.run('record', 'whole.har')).err).not.toContain('without cookies')
})

interface Sent {
  readonly headers: readonly { readonly name: string }[]
}

test('of traffic with an API of your own no scenario can be made, which is said', async () => {
  const terminal = new Terminal()
  writeModule(
    terminal.cwd,
    'turnstile.mjs',
    `export { turnstile as own } from '${new URL('../own-api/turnstile.ts', import.meta.url).href}'`,
  )
  writeFileSync(join(terminal.cwd, 'app.har'), await browserHar())
  const { code, err } = await terminal.run('record', 'app.har', '--api', './turnstile.mjs')
  expect(code).toBe(2)
  expect(err).toContain('What stands for users and codes in requests to Turnstile is known to its steps only')
})

test('a trace that Playwright wrote becomes a scenario', async ({ skip }) => {
  if (chromiumPath === undefined) return skip(whyNoChromium)
  const mock = new Terminal()
  writeFileSync(
    join(mock.cwd, 'real.yaml'),
    "secure-login:\n  revision: legacy\n  users:\n    alice: { pin: '910817' }\n",
  )
  const served = await mock.serve('real.yaml')
  const browser = await sharedChromium()
  const context = await browser.newContext()
  await context.tracing.start({ snapshots: true, screenshots: false })
  const page = await context.newPage()
  await page.goto(`${served.url}/jira/rest/securelogin-admin/1.0/api/info`)
  await page.evaluate(async () => {
    const api = '/jira/rest/securelogin-admin/1.0/api'
    const ask = async (path: string, body?: string, type = 'text/plain'): Promise<unknown> => {
      const sent = body === undefined ? {} : { method: 'POST', body, headers: { 'content-type': type } }
      return (await fetch(path, sent)).text()
    }
    await ask('/jira/rest/auth/1/session', '{"username":"alice","password":"alice"}', 'application/json')
    await ask(`${api}/user`)
    await ask(`${api}/auth`, '000000')
    await ask(`${api}/auth`, '910817')
    await ask(`${api}/user`)
    for (const pin of ['000001', '000002', '000003']) await ask(`${api}/auth`, pin)
    await ask(`${api}/user`)
  })
  await context.tracing.stop({ path: join(mock.cwd, 'trace.zip') })
  await context.close()
  const { code, out, err } = await mock.run('record', 'trace.zip')
  mock.signal('SIGTERM')
  await served.done
  expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(/gives each of the \d+ answers\./) })
  expect(out).toMatch(/alice:/)
  expect(out).not.toMatch(/910817|00000\d/)
})

test('a scenario is written into folders that are made for it, or refused in words where it cannot be', async () => {
  const terminal = new Terminal()
  writeFileSync(join(terminal.cwd, 'app.har'), await browserHar())
  expect(await terminal.run('record', 'app.har', '--out', 'new/found.yaml')).toMatchObject({ code: 0 })
  expect(readFileSync(join(terminal.cwd, 'new/found.yaml'), 'utf8')).toContain('revision: legacy')
  const { code, err } = await terminal.run('record', 'app.har', '--out', 'app.har/found.yaml')
  expect(code).toBe(2)
  expect(err).toContain('found.yaml was not written: ')
})
