import { copyFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as registry from '../../src/apis/registry.ts'
import { loadTarget } from '../../src/contract/load-target.ts'
import type { LoadedTarget } from '../../src/contract/target/loaded-target.ts'
import { UnderstudyError } from '../../src/core/errors.ts'
import { newDirectory } from './bench.ts'

type Env = { readonly [name: string]: string }

function load(text: string, env: Env = {}, directory = newDirectory()): Promise<LoadedTarget> {
  writeFileSync(join(directory, 'target.yaml'), text)
  return loadTarget('target.yaml', directory, env, Object.values(registry))
}

/** What is wrong with a target, line by line, without the sentence before it. */
async function wrong(text: string, env: Env = {}): Promise<string[]> {
  const error = await load(text, env).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UnderstudyError)
  expect(error).toMatchObject({ code: 'ERR_TARGET_INVALID' })
  return (error as Error).message
    .split('\n')
    .slice(1)
    .map((line) => line.trim())
}

/** What a line has to be: in all its words, or as far as a pattern goes. */
function fits(line: string, wanted: string | RegExp): boolean {
  return wanted instanceof RegExp ? wanted.test(line) : line === wanted
}

const tls = new URL('tls/', import.meta.url).pathname
const head = 'api: secure-login\nbaseUrl: https://jira.example/jira\n'

describe('a target', () => {
  it('takes what is blank from the defaults, and settings as scenarios write them', async () => {
    const { target, settings } = await load(`${head}settings: { blockFor: 10m }`)
    expect(target).toMatchObject({ session: { kind: 'jira' }, timeout: 10_000, tls: { insecure: false }, accounts: {} })
    expect(settings).toMatchObject({ blockFor: 600_000, blockAfter: 3, revision: 'current' })
  })

  it('has further sets of accounts, of roles and people of their own, with secrets', async () => {
    const accounts = 'accounts: { enter: { username: qa-1, pin: "910817" } }\n'
    const { target, secrets } = await load(`${head}${accounts}further: [{ enter: { username: qa-2, pin: "004711" } }]`)
    expect(target.further).toMatchObject([{ enter: { username: 'qa-2', pin: '004711', mayBeLocked: false } }])
    expect(new Set(secrets)).toEqual(new Set(['910817', '004711']))
    expect(
      await wrong(
        `${head}${accounts}further:\n  - { enter: { username: qa-1 } }\n  - { entre: { username: qa-3 } }\n  - { enter: { username: qa-3 } }\n`,
      ),
    ).toEqual([
      'target.yaml:5:26: further[0].enter.username: qa-1 is in another set of accounts already.',
      'target.yaml:6:7: further[1].entre: "entre" is not a role of Secure Login; there are enter, disposable, bypass, onboarding, blocked. Did you mean "enter"?',
      'target.yaml:7:26: further[2].enter.username: qa-3 is in another set of accounts already.',
    ])
  })

  it('has its secrets from the environment, in quotes or not, in braces or not', async () => {
    const accounts =
      'accounts:\n  enter: { username: ${USER}, password: ${PW}, pin: "${PIN}" }\n  bypass:\n    username: dave\n    password: a-${PW}\n'
    const { target, secrets } = await load(head + accounts, { USER: 'qa-1', PW: 'p{w', PIN: '910817' })
    expect(target.accounts).toMatchObject({
      enter: { username: 'qa-1', password: 'p{w', pin: '910817', mayBeLocked: false },
      bypass: { username: 'dave', password: 'a-p{w' },
    })
    expect(new Set(secrets)).toEqual(new Set(['p{w', 'a-p{w', '910817']))
  })

  it('keeps facts, headers, sessions and passwords in URLs to itself', async () => {
    const { secrets } = await load(
      [
        'api: gentics-cms',
        'baseUrl: https://up:p%40ss@cms.example',
        'session: { kind: header, value: "x-session: topsecret" }',
        'headers: { x-api-key: apikey }',
        'accounts: { sso: { username: sam, facts: { ssoToken: tok, id: 5 } }, user: { username: nora, password: nora } }',
        'states: { url: "https://qa:hook@cms.example/qa" }',
      ].join('\n'),
    )
    expect(new Set(secrets)).toEqual(
      new Set(['x-session: topsecret', 'apikey', 'tok', 'up', 'p%40ss', 'p@ss', 'qa', 'hook']),
    )
  })

  it('names files from where it is', async () => {
    const directory = newDirectory()
    for (const file of ['certificate.pem', 'key.pem']) copyFileSync(join(tls, file), join(directory, file))
    writeFileSync(join(directory, 'arrange.js'), '')
    const files = '{ ca: certificate.pem, cert: certificate.pem, key: key.pem }'
    const { target } = await load(`${head}tls: ${files}\nstates: { module: arrange.js }`, {}, directory)
    const [certificate, key] = [join(directory, 'certificate.pem'), join(directory, 'key.pem')]
    expect(target.tls).toEqual({ ca: certificate, cert: certificate, key, insecure: false })
    expect(target.states.module).toBe(join(directory, 'arrange.js'))
  })
})

it.each(readdirSync('targets').filter((file) => file.endsWith('.yaml')))('targets/%s can be used', async (file) => {
  const names = ['UNDERSTUDY_URL', 'QA1_PW', 'QA9_PW', 'QA9_TOTP', 'QANEW_PW']
  const env = Object.fromEntries(
    names.map((name) => [name, name === 'UNDERSTUDY_URL' ? 'http://127.0.0.1:4010' : 'JBSWY3DP']),
  )
  const { target } = await loadTarget(join('targets', file), process.cwd(), env, Object.values(registry))
  expect(Object.keys(target.accounts).length).toBeGreaterThan(2)
})

describe('what is wrong with a target is told with its place', () => {
  it.each<[what: string, text: string, env: Env, lines: readonly (string | RegExp)[]]>([
    [
      'a variable that there is not',
      `${head}accounts: { enter: { username: qa-1, password: \${JIRA_PWD} } }`,
      { JIRA_PW: 'x' },
      ['target.yaml:3:48: accounts.enter.password: The environment has no JIRA_PWD. Did you mean "JIRA_PW"?'],
    ],
    [
      'a variable that is empty',
      `${head}accounts:\n  enter:\n    username: qa-1\n    password: \${JIRA_PW}\n`,
      { JIRA_PW: '' },
      ['target.yaml:6:15: accounts.enter.password: The variable JIRA_PW of the environment is empty.'],
    ],
    [
      'a header that a setting is for',
      'api: sirportly\nbaseUrl: https://help.example\nheaders: { X-Auth-Application: app }\n',
      {},
      [
        'target.yaml:3:12: headers.X-Auth-Application: "X-Auth-Application" is no header of every request: write settings: { applications: [<token>] } instead.',
      ],
    ],
    [
      'a role that there is not',
      `${head}accounts: { entre: { username: qa-1 } }`,
      {},
      [
        'target.yaml:3:13: accounts.entre: "entre" is not a role of Secure Login; there are enter, disposable, bypass, onboarding, blocked. Did you mean "enter"?',
      ],
    ],
    [
      'a setting that there is not, and one of another type',
      `${head}settings:\n  blockAftr: 3\n  blockFor: 30\n  revision: curent\n`,
      {},
      [
        /^target\.yaml:4:3: settings\.blockAftr: "blockAftr" is not known here; .* Did you mean "blockAfter"\?$/,
        'target.yaml:5:13: settings.blockFor: 30 is not a duration such as 90s, 30m or 1h30m.',
        'target.yaml:6:13: settings.revision: "curent" is not one of current, legacy. Did you mean "current"?',
      ],
    ],
    [
      'a PIN that is a number',
      `${head}accounts: { enter: { username: qa-1, pin: 910817 } }`,
      {},
      ['target.yaml:3:43: accounts.enter.pin: The value is not text; put it in quotes.'],
    ],
    [
      'an API that there is not',
      'api: secure-logn\nbaseUrl: https://jira.example',
      {},
      [/^target\.yaml:1:6: api: "secure-logn" is not an API .* Did you mean "secure-login"\?$/],
    ],
    ['no API', 'baseUrl: https://jira.example', {}, ['target.yaml:1:1: api: is missing: which API']],
    [
      'a base URL that is none',
      'api: sirportly\nbaseUrl: sirportly.example',
      {},
      ['target.yaml:2:10: baseUrl: "sirportly.example" is not a URL.'],
    ],
    [
      'a session that nobody could open',
      `${head}session: { kind: cookie }`,
      {},
      ['target.yaml:3:10: session: kind: cookie needs a value, or values by username.'],
    ],
    [
      'a session by no command',
      `${head}session: { kind: command }`,
      {},
      ['target.yaml:3:10: session: kind: command needs a command that prints a cookie.'],
    ],
    [
      'a header that is none',
      `${head}session: { kind: header, value: topsecret }`,
      {},
      ['target.yaml:3:10: session: A header is written `name: value`, which a value here is not.'],
    ],
    [
      'a certificate that is not there',
      `${head}tls: { ca: ca.pem }`,
      {},
      [/^target\.yaml:3:12: tls\.ca: .*ca\.pem cannot be read: ENOENT/],
    ],
    ['YAML that is none', `${head}accounts: { enter: { username: qa-1 }\n`, {}, [/^target\.yaml:\d+:\d+: /]],
    ['a list', '- api', {}, [/^target\.yaml:1:1: .* is not a map with/]],
  ])('%s', async (_, text, env, lines) => {
    const found = await wrong(text, env)
    expect(found.filter((line, index) => !fits(line, lines[index] ?? ''))).toEqual([])
    expect(found).toHaveLength(lines.length)
  })

  it('and with the name of a variable in place of its value', async () => {
    const text =
      'api: secure-login\nbaseUrl: nowhere-${PW}\ntimeout: ${PW}\naccounts: { enter: { username: a, pin: [ "${PW}" ] } }'
    expect(await wrong(text, { PW: 'topsecret' })).toEqual([
      'target.yaml:2:10: baseUrl: "nowhere-${PW}" is not a URL.',
      'target.yaml:3:10: timeout: "${PW}" is not a duration such as 90s, 30m or 1h30m.',
      'target.yaml:4:40: accounts.enter.pin: The value is not text.',
    ])
  })
})

it('a target file that is not there can be started', async () => {
  const loading = loadTarget('targets/stagin.yaml', newDirectory(), {}, Object.values(registry))
  await expect(loading).rejects.toThrow(
    'There is no target file targets/stagin.yaml. `understudy init target targets/stagin.yaml` writes one.',
  )
})
