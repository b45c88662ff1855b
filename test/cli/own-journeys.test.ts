import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import type { Account } from '../../src/core/kit.ts'
import { checkedApis, secureLogin } from '../contract/checked.ts'
import { genticsCmsCompany, secureLoginCompany, sirportlyCompany } from '../contract/company.ts'
import { serveMock } from '../contract/servers.ts'
import { prepare, read } from './prepare.ts'
import { Terminal } from './terminal.ts'

const enters = `title: a user enters
as: enter
steps:
  - ask: { operation: secure-login.auth, body: right }
    expect: { status: 200 }
  - ask: { operation: secure-login.user }
    expect: { status: 200 }
`

/** A terminal beside a mock with the accounts of the target, and with a journey in `journeys/`. */
async function withJourney(text: string, more: object = {}): ReturnType<typeof prepare> {
  const cast = Object.entries(secureLoginCompany.accounts).map(([role, account]) => ({ ...account, role }))
  const section = secureLogin.kit.section(cast as unknown as readonly Account[], {})
  const { terminal, mock } = await prepare({ states: {}, ...more }, await serveMock({ 'secure-login': section }))
  mkdirSync(join(terminal.cwd, 'journeys'))
  writeFileSync(join(terminal.cwd, 'journeys/enters.yaml'), text)
  return { terminal, mock }
}

const only = ['--only', 'journey.']

describe("journeys of one's own", () => {
  it('are planned, played and replayed beside the others, by their id', async () => {
    const { terminal } = await withJourney(enters)
    const planned = await terminal.run('verify', 'target.yaml', '--journeys', 'journeys', '--plan', '--only', 'enters')
    expect(planned).toMatchObject({ code: 0, err: '' })
    expect(planned.out).toMatch(
      /^journey\.enters: a user enters\n {2}POST .*\/auth {2}SL-10\n {2}GET .*\/user {2}SL-\w+\n/,
    )
    expect(planned.out).toContain('2 requests in 1 of 1 checks; nothing was sent')
    const all = await terminal.run(
      'verify',
      'target.yaml',
      '--journeys',
      'journeys',
      '--plan',
      '--json',
      '--leave-out-unsafe',
    )
    expect(JSON.parse(all.out).checks.length).toBeGreaterThan(100)
    const played = await terminal.run('verify', 'target.yaml', '--journeys', './journeys/*.yaml', ...only)
    expect(played).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(/\n1 passed, 0 failed, 0 not reached; /),
    })
    for (const where of [[], ['--mock']]) {
      const { code, out } = await terminal.run('replay', 'journey.enters', ...where)
      expect(code).toBe(0)
      expect(out).toMatch(/^journey\.enters on http:.*: a user enters\n\nPOST .* → 200 {2}SL-10: .*\nGET [^]*\npassed$/)
    }
  })

  it('are those that the target names, from where it is', async () => {
    const { terminal } = await withJourney(enters)
    mkdirSync(join(terminal.cwd, 'targets'))
    const target = parse(read(terminal, 'target.yaml')) as object
    writeFileSync(join(terminal.cwd, 'targets/t.yaml'), stringify({ ...target, journeys: ['../journeys'] }))
    const { code, out } = await terminal.run('verify', 'targets/t.yaml', ...only)
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('1 passed, 0 failed') })
    const lost = await terminal.run('verify', 'targets/t.yaml', '--journeys', './journys')
    expect(lost).toEqual({ code: 2, out: '', err: 'error: There is no journey file, and no folder, ./journys.' })
  })

  it('tell what a server does otherwise, by its clause, and fail; in every report', async () => {
    const { terminal, mock } = await withJourney(enters)
    mock.world.faults.add({ on: 'secure-login.auth', reply: { status: 403 } })
    const formats = 'junit,ctrf,sarif,html,markdown,json'
    const run = ['verify', 'target.yaml', '--journeys', 'journeys', ...only, '--report', formats]
    const { code, out, err } = await terminal.run(...run)
    expect(code).toBe(1)
    expect(err).toContain('failed: journey.enters: SL-10 is broken')
    expect(out).toContain('(journey.enters, step 1, journeys/enters.yaml:4)\n  status: expected 200, received 403\n')
    expect(out).toContain('  understudy replay journey.enters\n')
    expect(read(terminal, 'reports/verify.sarif')).toContain('journey.enters')
    mock.world.faults.clear()
    // What no vendor says fails where a journey wants it, and only there.
    const wrong = enters.replace('auth, body: right }', 'login, body: wrong }\n    session: none').replace('200', '401')
    writeFileSync(join(terminal.cwd, 'journeys/enters.yaml'), wrong)
    mock.world.faults.add({ on: 'secure-login.login', times: 1, reply: { status: 404 } })
    const unexpected = await terminal.run(...run)
    expect(unexpected.code).toBe(1)
    expect(unexpected.err).toContain('failed: journey.enters: SL-H2 is not as the journey expects')
    expect(unexpected.out).toMatch(
      /\nSL-H2 is not as the journey expects: POST \/rest\/auth\/1\/session \(journey\.enters, step 1, journeys\/enters\.yaml:4\)\n/,
    )
  })

  it('are told what is wrong with them, with 2, before anything is sent', async () => {
    const { terminal, mock } = await withJourney(
      enters.replace('status: 200', 'status: 403').replace('enters\n', 'x\n'),
    )
    const run = ['verify', 'target.yaml', '--journeys', 'journeys', ...only]
    const { code, out, err } = await terminal.run(...run)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(
      /^error: Nothing was sent: .* journey\.enters expects\.\n {2}journeys\/enters\.yaml:5:23: .* 403 is expected, and the mock itself answers 200, by SL-10: /,
    )
    writeFileSync(join(terminal.cwd, 'journeys/enters.yaml'), enters.replace('auth,', 'aut,'))
    const misspelt = await terminal.run(...run)
    expect(misspelt).toMatchObject({
      code: 2,
      err: expect.stringMatching(/ played\.\n {2}journeys\/enters\.yaml:4:23: .*"secure-login\.auth"\?$/),
    })
    expect(mock.world.requests).toEqual([])
  })

  it('expect values that nobody knows by what they look like, and that others are not there', async () => {
    const parts = '    expect: { status: 200, parts: { $.state: /^b/, $.blocked: absent, $: any } }\n'
    const { terminal, mock } = await withJourney(enters.replace(/ {4}expect: .*\n$/, parts))
    const run = ['verify', 'target.yaml', '--journeys', 'journeys', ...only]
    expect(await terminal.run(...run)).toMatchObject({ code: 0, err: '', out: expect.stringContaining('1 passed') })
    mock.world.faults.add({
      on: 'secure-login.user',
      times: 1,
      reply: { status: 200, body: '{"state":"bypass","blocked":{}}' },
    })
    const broken = await terminal.run(...run)
    expect([broken.code, broken.out]).toEqual([1, expect.stringContaining('journeys/enters.yaml:6')])
    for (const [wrong, told] of [
      [
        parts.replace('absent', 'any'),
        'enters.yaml:7:63: steps[1].expect.parts.$.blocked: anything is expected, and the mock',
      ],
      [parts.replace('$.blocked', 'blocked'), '"blocked" is no place in an answer'],
      [parts.replace('/^b/', '/(/'), '/(/ is no regular expression'],
      [parts.replace('/^b/', '^b'), 'any, absent, or a regular expression between slashes'],
    ] as const) {
      writeFileSync(join(terminal.cwd, 'journeys/enters.yaml'), enters.replace(/ {4}expect: .*\n$/, wrong))
      const { code, err } = await terminal.run(...run)
      expect([code, err]).toEqual([2, expect.stringContaining(told)])
    }
  })

  it('that could lock somebody end with 4 before the first request', async () => {
    const { disposable: _, ...accounts } = secureLoginCompany.accounts
    const locks = 'title: t\nas: enter\nsteps:\n  - { ask: { operation: auth, body: wrong }, times: 3 }\n'
    const { terminal, mock } = await withJourney(locks, { accounts, settings: { blockAfter: 3 } })
    const { code, err } = await terminal.run('verify', 'target.yaml', '--journeys', 'journeys', ...only)
    expect({ code, err }).toEqual({
      code: 4,
      err: expect.stringMatching(/journey\.enters: qa-enter may not be locked/),
    })
    expect(mock.world.requests).toEqual([])
  })
})

describe('init journey', () => {
  const schema = JSON.parse(readFileSync(new URL('../../targets/journey.schema.json', import.meta.url), 'utf8'))
  const fits = new Ajv({ strict: false, allErrors: true }).compile(schema)
  const company = {
    'secure-login': secureLoginCompany,
    sirportly: sirportlyCompany,
    'gentics-cms': genticsCmsCompany,
  } as const

  it.each(checkedApis)('writes a journey for $id that passes on the mock', async (api) => {
    const { accounts } = company[api.id as keyof typeof company]
    const cast = Object.entries(accounts).map(([role, account]) => ({ ...account, role }))
    const mock = await serveMock({ [api.id]: api.kit.section(cast as unknown as readonly Account[], {}) })
    const baseUrl = mock.url + (api.id === 'secure-login' ? '/jira' : '')
    const { terminal } = await prepare({ api: api.id, baseUrl, accounts, states: {} }, mock)
    const { code, err } = await terminal.run('init', 'journey', 'mine.yaml', '--api', api.id)
    expect({ code, err }).toEqual({
      code: 0,
      err: 'wrote mine.yaml and, for editors, journey.schema.json; `understudy verify targets/staging.yaml --journeys mine.yaml --only journey.` plays it',
    })
    const { out } = await terminal.run('verify', 'target.yaml', '--journeys', 'mine.yaml', ...only)
    expect(out).toContain('1 passed, 0 failed')
    expect([fits(parse(read(terminal, 'mine.yaml'))), fits.errors]).toEqual([true, null])
  })

  it('overwrites nothing unless it is told to', async () => {
    const terminal = new Terminal()
    expect((await terminal.run('init', 'journey')).err).toContain('wrote journeys/first.yaml')
    expect(await terminal.run('init', 'journey')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--force overwrites it'),
    })
  })

  it('has a schema that refuses what the file is told is wrong', () => {
    const wrong = [
      { title: 't', steps: [] },
      { steps: [{ wait: '3m' }] },
      { title: 't', steps: [{ wait: 3 }] },
      { title: 't', steps: [{ wait: 'soon' }] },
      { title: 't', steps: [{ ask: { operation: 'auth', method: 'FETCH' } }] },
      { title: 't', steps: [{ ask: { path: 'rest' } }] },
      { title: 't', steps: [{ ask: { operation: 'auth' }, session: 'old' }] },
      { title: 't', steps: [{ ask: { operation: 'auth' }, expect: { state: 'enter' } }] },
    ]
    expect(wrong.map((journey) => fits(journey))).toEqual(wrong.map(() => false))
  })
})
