import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { stringify } from 'yaml'
import { start as startGenticsCms } from '../../examples/providers/gentics-cms/server.js'
import { start as startSecureLogin } from '../../examples/providers/secure-login/server.js'
import { start as startSirportly } from '../../examples/providers/sirportly/server.js'
import { genticsCmsCompany, secureLoginCompany, sirportlyCompany, type Company } from '../contract/company.ts'
import { Terminal } from './terminal.ts'

/** What a server has given out that nobody else may have: cookies, tokens, hashes. */
type Given = Set<string>

/** Changes some answers, so that checks fail and show them. */
type Bend = (body: string, path: string) => string

const bends: { readonly [what: string]: Bend } = {
  'puts answers with secrets into a list': (body) => (/"(hash|api_token|session|sid)"/.test(body) ? `[${body}]` : body),
  'answers in HTML': (body, path) => (path.startsWith('/qa') ? body : `<p>${body}</p>`),
}

/** A server that passes requests on, notes what secrets come back, and bends answers. */
async function proxy(target: string, given: Given, bend: Bend): Promise<string> {
  const server = createServer((request, response) => {
    const { method, headers, url = '/' } = request
    const onward = ask(target + url, { method: method ?? 'GET', headers }, (answer) => pass(answer, response, url))
    request.pipe(onward)
  })
  const pass = (answer: IncomingMessage, response: ServerResponse, url: string): void => {
    const chunks: Buffer[] = []
    answer.on('data', (chunk: Buffer) => chunks.push(chunk))
    answer.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      for (const line of answer.headers['set-cookie'] ?? []) given.add(/=([^;]*)/.exec(line)?.[1] ?? '')
      for (const [, secret] of body.matchAll(/"(?:token|secret|hash|value|session)":"([^"]+)"/g))
        given.add(secret ?? '')
      const { 'content-length': _, ...headers } = answer.headers
      response.writeHead(answer.statusCode ?? 500, headers).end(bend(body, url))
    })
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(() => resolve()))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** The target with every secret in the environment. */
function inEnvironment(accounts: Company['accounts']): { accounts: object; env: { [name: string]: string } } {
  const env: { [name: string]: string } = {}
  const hidden = Object.entries(accounts).map(([role, account]) => {
    const members = Object.entries(account).map(([name, value]) => {
      if (name !== 'password' && name !== 'pin') return [name, value]
      const variable = `${role.toUpperCase().replaceAll('-', '_')}_${name.toUpperCase()}`
      env[variable] = String(value)
      return [name, `\${${variable}}`]
    })
    return [role, Object.fromEntries(members)]
  })
  return { accounts: Object.fromEntries(hidden), env }
}

/** Everything that a directory holds, but for what is given. */
function contents(directory: string, but: string): string {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== but)
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
    .join('\n')
}

const reports = 'junit,json,html,markdown,ctrf,sarif'

const apis = [
  ['secure-login', '/jira', secureLoginCompany, startSecureLogin],
  ['sirportly', '', sirportlyCompany, startSirportly],
  ['gentics-cms', '', genticsCmsCompany, startGenticsCms],
] as const

describe.each(Object.entries(bends))('where a server %s, no command tells a secret', (_, bend) => {
  it.each(apis)('of %s', async (api, path, company, start) => {
    const provider = await start({ ...company.provider })
    onTestFinished(() => provider.close())
    const given: Given = new Set()
    const url = await proxy(provider.url, given, bend)
    const { accounts, env } = inEnvironment(company.accounts)
    const terminal = new Terminal({ ...env, GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: 'summary.md' })
    const hooks = { states: { url: `${url}/qa/states` }, clock: { url: `${url}/qa/clock` } }
    writeFileSync(join(terminal.cwd, 'target.yaml'), stringify({ api, baseUrl: url + path, accounts, ...hooks }))
    const verified = await terminal.run('verify', 'target.yaml', '--strict', '--report', reports)
    expect(verified.code).toBe(1)
    const told = [verified.out, verified.err]
    const { checks } = JSON.parse(readFileSync(join(terminal.cwd, 'reports', 'verify.json'), 'utf8'))
    const failed = checks
      .filter(({ outcome }: { outcome: string }) => outcome === 'failed' || outcome === 'differs')
      .slice(0, 3)
    for (const { id } of failed) {
      const { out, err } = await terminal.run('replay', id)
      told.push(out, err)
    }
    const { out, err } = await terminal.run('verify', 'target.yaml', '--plan')
    told.push(out, err)
    const shown = `${told.join('\n')}\n${contents(terminal.cwd, 'target.yaml')}`
    // A cookie that is taken away has a word for a value.
    const secrets = [...Object.values(env), ...given].filter((secret) => secret.length > 3 && secret !== 'deleted')
    expect(secrets.length).toBeGreaterThan(Object.keys(env).length)
    expect(
      secrets.filter((secret) => shown.includes(secret) || shown.includes(JSON.stringify(secret).slice(1, -1))),
    ).toEqual([])
  })
})
