import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Coverage } from '../../src/contract/coverage/coverage.ts'
import { createWorld } from '../../src/index.ts'
import { trace } from '../../src/node.ts'
import { apiPath } from '../support/phone.ts'
import { request } from '../support/request.ts'
import { Terminal } from './terminal.ts'

const worker = fileURLToPath(new URL('../trace/worker.js', import.meta.url))
const node = process.execPath

/** A terminal in a directory with the trace of one request: Secure Login's info. */
async function traced(): Promise<Terminal> {
  const terminal = new Terminal()
  const world = await createWorld()
  await trace(world, { dir: join(terminal.cwd, '.understudy/traces') })
  await world.play(request('GET', `${apiPath}/info`))
  return terminal
}

async function coverageIn(terminal: Terminal, ...argv: readonly string[]): Promise<Coverage & { files: number }> {
  return JSON.parse((await terminal.run('coverage', '--json', ...argv)).out)
}

describe('coverage', () => {
  test('runs a command, and tells what was met and what was not, each with a way to it', async () => {
    const terminal = new Terminal()
    const { code, out, err } = await terminal.run('coverage', '--', node, worker, 'fails')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^API +WHAT +MET +OF +%\nsecure-login +clauses +6 +15 +40\.0\n/)
    expect(out).toMatch(/\nsecure-login +\(assumed\) +0 +\d+ +0\.0\n/)
    expect(out).toContain(
      '\n  clause SL-04: /info answers 200 with active: false while the plug-in is inactive.\n' +
        '    understudy api set secure-login active=false; curl $UNDERSTUDY_SECURE_LOGIN_URL/rest/securelogin-admin/1.0/api/info\n',
    )
    expect(out).toContain('\n  status auth 406 (with SL-12)\n')
    expect(out).toContain('\nSecure Login: 17 clauses cannot be met by requests; --json tells why\n')
    expect(out).toMatch(/\n6 requests in 1 trace$/)
    expect(out).not.toContain('clause SL-14')
    expect(out).not.toContain('sirportly')
  })

  test('counts what several processes met together', async () => {
    const terminal = new Terminal()
    const met = async (...parts: readonly string[]): Promise<number> => {
      const script = parts.map((part) => `"${node}" "${worker}" ${part}`).join(' & ')
      const { files, apis } = await coverageIn(terminal, '--', 'sh', '-c', `${script} & wait`)
      expect(files).toBe(parts.length)
      return apis.flatMap(({ groups }) => groups.flatMap((group) => group.met)).reduce((sum, each) => sum + each)
    }
    const [fails, meets] = [await met('fails'), await met('meets')]
    const both = await met('fails', 'meets')
    expect(both).toBeGreaterThan(Math.max(fails, meets))
    expect(both).toBeLessThan(fails + meets)
  })

  test('forgets traces from before a command, and nothing else', async () => {
    const terminal = await traced()
    const dir = join(terminal.cwd, '.understudy/traces')
    writeFileSync(join(dir, 'notes.txt'), 'mine')
    const before = readdirSync(dir).filter((name) => name.endsWith('.ndjson'))
    await terminal.run('coverage', '--', node, worker, 'enters')
    expect(readdirSync(dir)).toContain('notes.txt')
    expect(readdirSync(dir)).not.toContain(before[0])
  })

  test('counts the products around the contract, and what is assumed, only where that is wanted', async () => {
    const terminal = await traced()
    const [some, all] = [await coverageIn(terminal), await coverageIn(terminal, '--all')]
    expect(all.total).toBeGreaterThan(some.total)
    expect(some.apis[0]?.groups.filter(({ counts }) => !counts).map(({ name }) => name)).toEqual(['host', 'assumed'])
    expect(all.total).toBe(all.apis[0]?.groups.reduce((sum, { total }) => sum + total, 0))
  })

  test('ignores what nobody depends on, an operation with all of its own', async () => {
    const terminal = await traced()
    const counted = await coverageIn(terminal)
    const less = await coverageIn(terminal, '--ignore', 'SL-16', 'auth')
    const ids = (coverage: Coverage): string[] =>
      coverage.apis.flatMap(({ groups }) => groups.flatMap(({ missing }) => missing.map(({ id }) => id)))
    const gone = ids(counted).filter((id) => !ids(less).includes(id))
    expect(gone).toContain('SL-16')
    expect(gone).toContain('auth 401')
    expect(gone).toContain('auth: enter → blocked')
    expect(gone.filter((id) => id !== 'SL-16' && !/^auth[ :]/.test(id))).toEqual([])
  })

  test('counts an API that was not asked where it is named', async () => {
    const terminal = await traced()
    const { code, out } = await terminal.run('coverage', '--api', 'secure-login', 'sirportly')
    expect(code).toBe(0)
    expect(out).toMatch(/\nsirportly +clauses +0 +17 +0\.0\n/)
  })
})

describe('the exit code of coverage', () => {
  test('is 1 where less was met than --min asks for, and 0 where it is just that', async () => {
    const terminal = await traced()
    const { met, total } = await coverageIn(terminal)
    expect(met).toBeGreaterThan(0)
    const exactly = (met * 100) / total
    const min = async (percent: number): Promise<number> => (await terminal.run('coverage', '--min', `${percent}`)).code
    expect(await min(Math.floor(exactly * 100) / 100)).toBe(0)
    expect(await min(Math.ceil(exactly * 100) / 100)).toBe(1)
    expect((await terminal.run('coverage', '--min', '100')).err).toBe(
      `${met} of ${total} were met, less than the 100 % that --min asks for`,
    )
  })

  test('is that of the command, if that failed', async () => {
    const { code, out, err } = await new Terminal().run('coverage', '--min', '0', '--', node, worker, 'enters', '7')
    expect({ code, err }).toEqual({ code: 7, err: 'the command ended with 7' })
    expect(out).toContain('secure-login')
  })

  test.each([
    [
      'there is no trace',
      ['coverage'],
      'There are no traces in .understudy/traces, so nothing was checked. Set UNDERSTUDY_TRACE=',
    ],
    ['the command met no mock', ['coverage', '--', node, worker, 'idles'], 'met no mock'],
    ['the pact would be of nothing', ['pact', 'write', '--consumer', 'app'], 'There are no traces'],
  ])('is 2 where %s', async (_why, argv, sentence) => {
    const { code, out, err } = await new Terminal().run(...argv)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(sentence)
  })

  test.each([
    [['--min', '101'], '--min takes a number from 0 to 100, not "101".'],
    [['--min', 'most'], '--min takes a number from 0 to 100, not "most".'],
    [['--api', 'sirportli'], 'There is no API "sirportli"; there are'],
    [['--api', 'gentics-cms'], 'The traces have no request to Gentics CMS, so nothing was checked.'],
    [['--ignore', 'SL-99'], '"SL-99" is none. Did you mean "SL-'],
    [['--trace', 'file'], 'The traces in'],
  ])('is 2 for %j', async (argv, sentence) => {
    const terminal = await traced()
    writeFileSync(join(terminal.cwd, 'file'), '')
    const { code, err } = await terminal.run('coverage', ...argv)
    expect(code).toBe(2)
    expect(err).toContain(sentence)
  })

  test('is that of what can be read: a damaged line is told and left out', async () => {
    const terminal = await traced()
    writeFileSync(join(terminal.cwd, '.understudy/traces/other.ndjson'), '{"trace":1,"id"')
    const { code, err } = await terminal.run('coverage')
    expect(code).toBe(0)
    expect(err).toBe('left out: other.ndjson, line 1: it is no JSON; perhaps its process was killed while it wrote')
  })
})

describe('pact write', () => {
  test('writes a pact for each API that was asked, the same from the same traffic', async () => {
    const terminal = new Terminal()
    const write = ['pact', 'write', '--consumer', 'mobile-app', '--', node, worker, 'fails']
    const { code, out, err } = await terminal.run(...write)
    expect({ code, out, err }).toEqual({ code: 0, out: 'pacts/mobile-app-secure-login.json: 5 interactions', err: '' })
    const file = join(terminal.cwd, 'pacts/mobile-app-secure-login.json')
    const pact = readFileSync(file, 'utf8')
    expect(JSON.parse(pact)).toMatchObject({
      consumer: { name: 'mobile-app' },
      provider: { name: 'secure-login' },
      metadata: { pactSpecification: { version: '3.0.0' } },
    })
    await terminal.run(...write)
    expect(readFileSync(file, 'utf8')).toBe(pact)
  })

  test('names the provider as it is told, and tells what is left out', async () => {
    const terminal = new Terminal()
    const world = await createWorld()
    await trace(world, { dir: join(terminal.cwd, 'elsewhere') })
    await world.play(request('GET', `${apiPath}/info`))
    await world.play(request('GET', `${apiPath}/inof`))
    const options = ['--consumer', 'app', '--provider', 'jira', '--out', 'contracts', '--trace', 'elsewhere']
    const { code, out, err } = await terminal.run('pact', 'write', ...options)
    expect({ code, out, err }).toEqual({
      code: 0,
      out: 'contracts/app-jira.json: 1 interaction',
      err: 'left out: SL-U10 GET /jira/rest/securelogin-admin/1.0/api/inof: no operation has that path',
    })
    const { pacts } = JSON.parse((await terminal.run('pact', 'write', ...options, '--json')).out)
    expect(pacts).toMatchObject([{ api: 'secure-login', interactions: ['SL-03 the info'], leftOut: [{}] }])
  })

  test('warns of what only this mock answers, with clause, origin, and what to do', async () => {
    const terminal = new Terminal()
    const dir = join(terminal.cwd, '.understudy/traces')
    const world = await createWorld('default', { overrides: { sirportly: { missingCode: 'required' } } })
    await trace(world, { dir })
    await world.play(request('GET', `${apiPath}/info`))
    await world.play(request('GET', `${apiPath}/user`))
    const adam = new URLSearchParams({ username: 'amy', password: 'amy', account: 'atech' }).toString()
    const form = ['content-type', 'application/x-www-form-urlencoded', 'x-auth-application', 'any']
    await world.play(request('POST', '/api/v2/authentication/authenticate', { headers: form, body: adam }))
    const { code, out, err } = await terminal.run('pact', 'write', '--consumer', 'app')
    expect(code).toBe(0)
    expect(out).toBe('pacts/app-secure-login.json: 2 interactions\npacts/app-sirportly.json: 1 interaction')
    expect(err.split('\n')).toEqual([
      'only this mock answers: SL-U1 the state without a session: SL-U1 is assumed, as no vendor says it: A request without a session. Here: 401 without a body on /user and /auth; /info answers. Do not rely on it before your server has shown it: understudy verify <target> --only SL-U1',
      'only this mock answers: SP-09 an unknown user, where missingCode is required: SP-U5 is assumed, as no vendor says it: A second factor is set up, and two_factor_code is missing. Here: with missingCode required. Do not rely on it before your server has shown it: understudy verify <target> --only SP-U5',
    ])
    const { pacts } = JSON.parse((await terminal.run('pact', 'write', '--consumer', 'app', '--json')).out)
    expect(pacts).toMatchObject([
      {
        guessed: [{ interaction: 'SL-U1 the state without a session', guesses: [{ id: 'SL-U1', origin: 'assumed' }] }],
      },
      { guessed: [{ guesses: [{ id: 'SP-U5', presupposes: { missingCode: 'required' } }] }] },
    ])
  })

  test('replaces no pact that was written otherwise, unless it is told to', async () => {
    const terminal = await traced()
    mkdirSync(join(terminal.cwd, 'pacts'))
    const file = join(terminal.cwd, 'pacts/app-secure-login.json')
    for (const text of ['{"interactions":[],"metadata":{"pact-js":{"version":"16.5.0"}}}', 'no pact at all']) {
      writeFileSync(file, text)
      const { code, err } = await terminal.run('pact', 'write', '--consumer', 'app')
      expect(code).toBe(2)
      expect(err).toContain('was not written by this command; --overwrite replaces it all the same.')
      expect(readFileSync(file, 'utf8')).toBe(text)
    }
    expect((await terminal.run('pact', 'write', '--consumer', 'app', '--overwrite')).code).toBe(0)
    expect(readFileSync(file, 'utf8')).toContain('SL-03 the info')
  })

  test('is of no use for a consumer without a name, and writes nowhere else', async () => {
    const terminal = await traced()
    const refused = [
      [['pact', 'write'], 'Say who asked: --consumer mobile-app.'],
      [
        ['pact', 'write', '--consumer', '../app'],
        '--consumer takes letters, digits, spaces, dots and hyphens, not "../app".',
      ],
      [['pact', 'write', '--consumer', 'app', '--provider', 'a/b'], '--provider takes letters'],
      [
        ['pact', 'write', '--consumer', 'app', '--provider', 'x', '--api', 'secure-login', 'sirportly'],
        '--provider names one API',
      ],
    ] as const
    for (const [argv, sentence] of refused) {
      const { code, err } = await terminal.run(...argv)
      expect(code).toBe(2)
      expect(err).toContain(sentence)
    }
    expect(existsSync(join(terminal.cwd, 'pacts'))).toBe(false)
  })

  test('leaves out of a trace by hand what does not hold at the mock', async () => {
    const terminal = await traced()
    const dir = join(terminal.cwd, '.understudy/traces')
    const name = join(dir, readdirSync(dir)[0] ?? '')
    const line = readFileSync(name, 'utf8')
    const bent = [
      line.replace('"clause":"SL-03"', '"clause":"SL-04"'),
      line.replace('"name":"the plug-in is active"', '"name":"the plug-in is activ"'),
      line.replace('"status":200,"headers"', '"status":201,"headers"'),
    ]
    writeFileSync(name, line + bent.join(''))
    const { err, out } = await terminal.run('pact', 'write', '--consumer', 'app')
    expect(out).toBe('pacts/app-secure-login.json: 1 interaction')
    expect(err.split('\n').map((each) => each.slice(0, 90))).toEqual([
      'left out: SL-03 the info: There is no provider state "the plug-in is activ"; there are "a ',
      'left out: SL-03 the info: played again, it differs in response.status',
      'left out: SL-04 the info: its provider states do not bring it about: played again, it is S',
    ])
  })
})
