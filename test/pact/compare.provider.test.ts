import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/core/json.ts'
import { Terminal, type Result } from '../cli/terminal.ts'
import { spelled, type Sketch } from '../contract/spelled-pact.ts'

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const cases = readdirSync(path('cases')).filter((file) => file.endsWith('.json'))

const api = '/jira/rest/securelogin-admin/1.0/api'
const session = { header: { Cookie: { type: 'ProviderState', expression: 'JSESSIONID=${session}' } } }

const info: Sketch = {
  description: 'the info',
  state: 'the plug-in is active',
  request: { path: `${api}/info` },
  response: { body: { active: true } },
}
const user: Sketch = {
  description: 'who I am',
  state: 'a user who must enter the PIN',
  request: { path: `${api}/user`, headers: { Cookie: 'JSESSIONID=x' }, generators: session },
  response: { body: { state: 'enter' } },
}
const wrong: Sketch = {
  description: 'a wrong PIN',
  state: 'a user who must enter the PIN',
  request: {
    method: 'POST',
    path: `${api}/auth`,
    headers: { Cookie: 'JSESSIONID=x', 'Content-Type': 'text/plain' },
    generators: session,
    body: '000000',
  },
  response: { status: 401 },
}

/** A sketch with another answer. */
function answering(sketch: Sketch, response: NonNullable<Sketch['response']>): Sketch {
  return { ...sketch, response: { ...sketch.response, ...response } }
}

const asksTime = answering(info, {
  body: { active: true, server_time: '2026-01-01T00:00:00Z' },
  rules: { '$.body.server_time': { match: 'regex', regex: '\\d{4}-.*Z' } },
})
const asksVersion = answering(info, { body: { active: true, version: '4.2' } })

class Compared {
  readonly terminal: Terminal = new Terminal()

  put(name: string, pact: JsonObject): void {
    mkdirSync(join(this.terminal.cwd, name, '..'), { recursive: true })
    writeFileSync(join(this.terminal.cwd, name), JSON.stringify(pact))
  }

  run(...flags: readonly string[]): Promise<Result> {
    return this.terminal.run('pact', 'compare', 'old.json', 'new.json', ...flags)
  }
}

function compare(
  old: readonly Sketch[],
  now: readonly Sketch[],
  flags: readonly string[] = [],
  provider?: string,
): Promise<Result> {
  const compared = new Compared()
  compared.put('old.json', spelled(old, 2, provider))
  compared.put('new.json', spelled(now, 4, provider))
  return compared.run(...flags)
}

describe('pact compare', () => {
  it('says that nothing is asked where nothing is, in whatever version', async () => {
    const { code, out, err } = await compare([info], [info])
    expect({ code, out, err }).toEqual({
      code: 0,
      out: 'app with secure-login: nothing new is asked, 1 as before',
      err: '',
    })
  })

  it('asks the mock for what is new, and names the clause that gives it', async () => {
    const { code, out } = await compare([info], [asksTime, user])
    expect(out.split('\n')).toEqual([
      'app with secure-login: 1 added, 1 changed, 0 as before',
      'changed the info, given "the plug-in is active"',
      '  asks response body.server_time: nothing → "2026-01-01T00:00:00Z" by regex \\d{4}-.*Z',
      '  the contract gives it (SL-03, documented)',
      'added who I am, given "a user who must enter the PIN"',
      `  asks GET ${api}/user`,
      '  the contract gives it (SL-06, documented)',
    ])
    expect(code).toBe(0)
  })

  it('ends with 1 where the contract gives something else, and says what', async () => {
    const { code, out } = await compare([info, wrong], [asksVersion, answering(wrong, { status: 403 })])
    expect(code).toBe(1)
    expect(out).toContain('app with secure-login: 2 changed, 0 as before; 2 break')
    expect(out).toMatch(
      /asks response body\.version: nothing → "4\.2"\n {2}breaks \(SL-03, documented\): .*\n {4}body\.version: .*/,
    )
    expect(out).toMatch(/asks response status: 401 → 403\n {2}breaks \(SL-11, documented\): .*\n {4}status: .*401/)
  })

  it('tells what only the mock gives, as no vendor says it', async () => {
    const nobody: Sketch = { request: { path: `${api}/user` }, response: { status: 401 } }
    const { code, out } = await compare([], [nobody])
    expect(out).toContain('only this mock is known to give it (SL-U1, assumed)')
    expect(code).toBe(0)
  })

  it('does not ask for what is no longer wanted', async () => {
    const { code, out } = await compare([asksVersion, user], [info])
    expect(code).toBe(0)
    expect(out).toContain('asks no more response body.version: "4.2" → nothing')
    expect(out).toContain('removed who I am')
  })

  it('tells what did not hold before either, and what only has another name', async () => {
    const worse = answering(asksVersion, { body: { active: true, version: '5' } })
    const { code, out } = await compare([asksVersion, user], [worse, { ...user, description: 'me' }])
    expect(code).toBe(0)
    expect(out).toContain('broken before as well (SL-03, documented)')
    expect(out).toContain('renamed me, given "a user who must enter the PIN", formerly "who I am"')
  })

  it('compares what is written where states are in other words, or nobody knows the provider', async () => {
    const ours = { ...asksTime, state: 'ACME has it' }
    const { code, out } = await compare([{ ...info, state: 'ACME has it' }], [ours])
    expect(out).toContain(
      'breaks: whoever kept the old pact may not keep this; There is no provider state "ACME has it"',
    )
    expect(code).toBe(1)
    const other = await compare([info], [asksTime], [], 'billing')
    expect(other.out).toContain('billing is no API of this mock; --api says which it is')
    expect(other.code).toBe(1)
    const loosened = await compare([asksTime], [info], [], 'billing')
    expect(loosened.code).toBe(0)
    const named = await compare([info], [asksTime], ['--api', 'secure-login'], 'billing')
    expect(named.out).toContain('the contract gives it (SL-03, documented)')
    expect((await compare([info], [asksTime], ['--as-written'])).out).toContain('only the pacts are compared')
  })

  it('knows by a target what states are called, and how the server is set up', async () => {
    const compared = new Compared()
    const elsewhere = { request: { path: '/wiki/rest/securelogin-admin/1.0/api/info' } }
    compared.put('old.json', spelled([], 3))
    compared.put('new.json', spelled([{ ...info, ...elsewhere, state: 'ACME has it' }], 3))
    const target = {
      api: 'secure-login',
      baseUrl: 'http://127.0.0.1:9/wiki',
      settings: { contextPath: '/wiki' },
      states: { map: { 'ACME has it': { state: 'the plug-in is active' } } },
    }
    writeFileSync(join(compared.terminal.cwd, 'target.yaml'), JSON.stringify(target))
    const { code, out } = await compared.run('--target', 'target.yaml')
    expect(out).toContain('the contract gives it (SL-03, documented)')
    expect(code).toBe(0)
    expect((await compared.run('--target', 'target.yaml', '--api', 'sirportly')).err).toContain('leave one out')
  })

  it('finds where the API lies by the paths that are asked for', async () => {
    const there: Sketch = { ...info, request: { path: '/wiki/rest/securelogin-admin/1.0/api/info' } }
    const { code, out } = await compare([], [there])
    expect(out).toContain('the contract gives it')
    expect(code).toBe(0)
  })

  it('compares folders by consumer and provider, and prints the same as data', async () => {
    const compared = new Compared()
    compared.put('old/a.json', spelled([info], 3))
    compared.put('old/b.json', spelled([info], 3, 'billing'))
    compared.put('new/deep/b.json', spelled([asksTime], 3, 'billing'))
    compared.put('new/c.json', spelled([asksTime], 1, 'shop'))
    const { code, out } = await compared.terminal.run('pact', 'compare', 'old', 'new', '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      breaks: 2,
      pacts: [
        { provider: 'shop', old: [], new: ['new/c.json'], interactions: [{ kind: 'added' }], breaks: 1 },
        {
          provider: 'billing',
          interactions: [
            {
              kind: 'changed',
              changes: [{ kind: 'asked', where: 'response body.server_time', new: { value: '2026-01-01T00:00:00Z' } }],
              judgement: { outcome: 'breaks', by: 'comparison' },
            },
          ],
        },
        { provider: 'secure-login', new: [], interactions: [{ kind: 'removed' }], breaks: 0 },
      ],
    })
  })

  it.each(cases)('finds nothing new in %s beside itself', async (name) => {
    const file = path(`cases/${name}`)
    const { code, out, err } = await new Terminal().run('pact', 'compare', file, file)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/: nothing new is asked, [1-9]\d* as before$/)
  })

  it('judges by what all of them ask', async () => {
    const compared = new Compared()
    compared.put('old.json', spelled([], 3))
    const outcomes: Record<string, string> = {}
    for (const name of cases) {
      const pact = JSON.parse(readFileSync(path(`cases/${name}`), 'utf8')) as JsonObject
      compared.put('old.json', spelled([], 3, String((pact['provider'] as JsonObject)['name'])))
      compared.put('new.json', pact)
      const { pacts } = JSON.parse((await compared.run('--json')).out)
      outcomes[name.slice(0, 2)] = pacts[0].interactions
        .map((each: { judgement: { outcome: string } }) => each.judgement.outcome)
        .join(' ')
    }
    expect(outcomes).toMatchObject({
      '01': 'gives',
      '06': 'gives',
      '11': 'gives',
      '24': 'breaks',
      '27': 'breaks',
      '50': 'gives breaks',
      '51': 'gives',
      '71': 'gives',
    })
  })

  it.each<[string, string, string, string]>([
    ['there is none', 'none.json', '', 'There is no pact file, and no folder, none.json.'],
    ['it is no JSON', 'new.json', '{', 'new.json is no JSON'],
    ['it is no pact', 'new.json', '{}', 'new.json is no pact'],
    ['it is of another provider', 'new.json', JSON.stringify(spelled([], 3, 'x')), 'new.json one with x'],
    [
      'it has mistakes',
      'new.json',
      JSON.stringify(spelled([{ more: { response: { status: '200' } } }], 3)),
      'new.json: interactions[0].response.status is to be a number from 100 to 599, not 200.',
    ],
  ])('ends with 2 where %s', async (_what, file, text, message) => {
    const compared = new Compared()
    compared.put('old.json', spelled([info], 3))
    if (text !== '') writeFileSync(join(compared.terminal.cwd, file), text)
    const { code, err, out } = await compared.terminal.run('pact', 'compare', 'old.json', file)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(message)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  it('ends with 2 for an API that there is not', async () => {
    const { code, err } = await compare([info], [info], ['--api', 'secure-logn'])
    expect(code).toBe(2)
    expect(err).toContain('Did you mean "secure-login"?')
  })
})
