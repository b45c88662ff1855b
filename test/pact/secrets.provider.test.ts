import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { PactBench, serve } from './pact-verify.ts'
import { pactFileOf } from './pact.ts'

const reports = 'junit,json,html,markdown,ctrf,sarif'
const env = { QA_PASSWORD: 'CANARY password & 1', QA_PIN: '77881299', QA_HEADER: 'CANARYHEADER2' }
const given = {
  session: 'CANARYSESSION3CANARYSESSION3',
  password: 'CANARYHOOK4',
  pin: '55443322',
  username: 'qa-enter',
}
const secrets = [...Object.values(env), given.session, given.password, given.pin]

/** Everything that a directory holds, but for what was put there. */
function contents(directory: string): string {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'target.yaml')
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
    .join('\n')
}

/** A server that says back whatever it is asked, in one place and another, and a hook that gives secrets away. */
async function gossip(): Promise<string> {
  const { url } = await serve(({ url: path = '', method, headers }, response, body) => {
    const send = (status: number, data: object, more: object = {}): void =>
      void response.writeHead(status, { 'content-type': 'application/json', ...more }).end(JSON.stringify(data))
    if (path === '/hook') return send(200, given)
    if (path.endsWith('/session') && method === 'POST')
      return send(200, { session: { name: 'JSESSIONID', value: given.session } })
    const { session, password } = given
    const echo = {
      headers,
      session,
      password,
      pin: body.toString(),
      state: headers['cookie'],
      active: [body.toString()],
    }
    return send(418, echo, { 'set-cookie': `JSESSIONID=${given.session}`, 'x-echo': headers['cookie'] ?? '' })
  })
  return url
}

it.each(['accounts', 'states'])('nothing that is told has a secret in it, of a target with %s', async (means) => {
  const url = await gossip()
  const accounts = {
    enter: { username: 'qa-enter', password: '${QA_PASSWORD}', pin: '${QA_PIN}', mayBeLocked: true },
    bypass: { username: 'qa-free', password: '${QA_PASSWORD}', mayBeLocked: true },
  }
  const bench = new PactBench(
    {
      baseUrl: `${url}/jira`,
      accounts,
      headers: { 'x-proxy-key': '${QA_HEADER}' },
      ...(means === 'states' ? { states: { url: `${url}/hook` } } : {}),
    },
    { ...env, GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: 'summary.md' },
  )
  const file = resolve(pactFileOf('secure-login'))
  const { out, err, checks } = await bench.verify(file, '--report', reports)
  expect(checks.filter(({ outcome }) => outcome === 'failed').length).toBeGreaterThan(10)
  const words = await bench.terminal.run('pact', 'verify', file, '--target', 'target.yaml')
  const shown = [out, err, words.out, words.err, contents(bench.terminal.cwd)].join('\n')
  expect(shown).toContain('418')
  const spelled = secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    Buffer.from(`qa-enter:${secret}`).toString('base64'),
  ])
  expect(spelled.filter((secret) => shown.includes(secret))).toEqual([])
})
