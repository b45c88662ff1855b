import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Terminal } from './terminal.ts'
import { serveTurnstile } from './turnstile-server.ts'

const root = new URL('../../', import.meta.url)

const lockout = `title: three wrong codes lock a badge for a minute
as: disposable
steps:
  - ask: { operation: turnstile.enter, query: { badge: "{{username}}", code: "{{wrongPin}}" } }
    times: 3
    expect: { status: 403 }
  - ask: { operation: turnstile.enter, query: { badge: "{{username}}", code: "{{pin}}" } }
    expect: { status: 423 }
  - wait: until
  - ask: { operation: turnstile.enter, query: { badge: "{{username}}", code: "{{pin}}" } }
    expect: { status: 204 }
`

/** A directory with the turnstile as a module of a project, a journey, and a target of it. */
function project(baseUrl: string, more = ''): Terminal {
  const terminal = new Terminal()
  const write = (name: string, text: string): void => writeFileSync(join(terminal.cwd, name), text)
  write('turnstile.js', `export { turnstile } from '${new URL('test/own-api/turnstile.ts', root).href}'\n`)
  mkdirSync(join(terminal.cwd, 'journeys'))
  write('journeys/lockout.yaml', lockout)
  write(
    'hall.yaml',
    `api: turnstile
baseUrl: ${baseUrl}
accounts:
  user: { username: ada, pin: "1815" }
  disposable: { username: tim, pin: "4711", mayBeLocked: true }
${more}`,
  )
  return terminal
}

const api = ['--api', './turnstile.js'] as const
const journeys = ['--journeys', 'journeys'] as const

/** Moves the clock of a server of somebody else. */
const clockOf = (url: string): string => `clock: { url: "${url}/clock" }\n`

describe('a server of an API of one’s own', () => {
  test('is verified by journeys of one’s own, and they are planned and replayed', async () => {
    const { url } = await serveTurnstile({ after: 3 })
    const terminal = project(url, clockOf(url))
    const planned = await terminal.run('verify', 'hall.yaml', ...api, ...journeys, '--plan')
    expect([planned.code, planned.err]).toEqual([0, ''])
    expect(planned.out).toContain('journey.lockout: three wrong codes lock a badge for a minute')
    // Nothing says which of its answers are those to a right one.
    expect(planned.out).toContain('5 wrong codes for tim')
    const played = await terminal.run('verify', 'hall.yaml', ...api, ...journeys)
    expect([played.code, played.err]).toEqual([0, ''])
    expect(played.out).toContain('1 passed, 0 failed, 0 not reached')
    for (const where of [[], ['--mock']])
      expect((await terminal.run('replay', 'journey.lockout', ...where)).code).toBe(0)
  })

  test('is told by clause, and with the setting that explains it, what it does otherwise', async () => {
    const { url } = await serveTurnstile({ after: 5 })
    const terminal = project(url, clockOf(url))
    const { code, out } = await terminal.run('verify', 'hall.yaml', ...api, ...journeys)
    expect(code).toBe(1)
    expect(out).toContain('TS-03')
    const found = await terminal.run('diagnose', 'hall.yaml', ...api, ...journeys)
    expect([found.code, found.err.split('\n').at(-1)]).toEqual([1, expect.any(String)])
    expect(found.out).toContain('lockAfter')
  })

  test('is verified beside the mock that plays it, whose provider states are those of the definition', async () => {
    const terminal = project('http://unused.example')
    const people = 'turnstile: { users: { ada: { code: "1815" }, tim: { code: "4711" } } }\n'
    writeFileSync(join(terminal.cwd, 'people.yaml'), people)
    const { url } = await terminal.serve('./people.yaml', ...api)
    const text = readFileSync(join(terminal.cwd, 'hall.yaml'), 'utf8')
    const control = `${url}/__understudy`
    writeFileSync(
      join(terminal.cwd, 'hall.yaml'),
      `${text.replace('http://unused.example', `${url}/turnstile`)}clock: { url: "${control}/clock/advance" }
states: { url: "${control}/pact/states" }
`,
    )
    const { code, out, err } = await terminal.run('verify', 'hall.yaml', ...api, ...journeys)
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('1 passed')
  })

  test('is no success where nothing was played, nor sent a wrong code that nobody allowed', async () => {
    const { url } = await serveTurnstile({ after: 3 })
    const terminal = project(url, clockOf(url))
    const nothing = await terminal.run('verify', 'hall.yaml', ...api)
    expect([nothing.code, nothing.out]).toEqual([2, ''])
    expect(nothing.err).toContain('There is nothing to play for Turnstile')
    expect(nothing.err).toContain('--journeys')
    expect((await terminal.run('diagnose', 'hall.yaml', ...api)).code).toBe(2)
    writeFileSync(
      join(terminal.cwd, 'hall.yaml'),
      readFileSync(join(terminal.cwd, 'hall.yaml'), 'utf8').replace(', mayBeLocked: true', ''),
    )
    const unsafe = await terminal.run('verify', 'hall.yaml', ...api, ...journeys)
    expect(unsafe.code).toBe(4)
    expect(unsafe.err).toContain('tim may not be locked')
  })

  test('is not known without --api, which is said', async () => {
    const { code, err } = await project('http://hall.example').run('verify', 'hall.yaml', ...journeys)
    expect(code).toBe(2)
    expect(err).toContain('"turnstile" is not an API that can be checked; there are')
    expect(err).toContain('--api')
  })
})

describe('files for an API of one’s own', () => {
  test('are a target with its roles, and a journey that the mock passes', async () => {
    const terminal = project('http://hall.example')
    expect((await terminal.run('init', 'target', 'first.yaml', ...api)).code).toBe(0)
    const target = readFileSync(join(terminal.cwd, 'first.yaml'), 'utf8')
    expect(target).toContain('baseUrl: https://staging.example/turnstile')
    expect(target).toContain('# disposable: { username: qa-disposable, pin: "${DISPOSABLE_PIN}", mayBeLocked: true }')
    expect(target).toContain('# locked: { username: qa-locked, pin: "${LOCKED_PIN}" }')
    expect(target).not.toContain('password')
    expect((await terminal.run('init', 'journey', 'first-journey.yaml', ...api)).code).toBe(0)
    const planned = await terminal.run('verify', 'hall.yaml', ...api, '--journeys', 'first-journey.yaml', '--plan')
    expect([planned.code, planned.err]).toEqual([0, ''])
  })

  test('are its OpenAPI, by its file', async () => {
    const { code, out, err } = await project('http://hall.example').run('openapi', './turnstile.js')
    expect([code, err]).toEqual([0, ''])
    const document = JSON.parse(out)
    expect(document.servers).toEqual([{ url: '/turnstile' }])
    expect(document.paths['/enter'].post.summary).toBe('lets a badge through')
    expect(document['x-clauses'].map(({ id }: { id: string }) => id)).toContain('TS-03')
  })

  test('are not those of two', async () => {
    const terminal = project('http://hall.example')
    const { code, err } = await terminal.run('init', 'target', 'first.yaml', ...api, '--api', 'sirportly')
    expect([code, err]).toEqual([2, expect.stringContaining('has sirportly, turnstile')])
  })

  test('compares pacts by what it answers', async () => {
    const terminal = project('http://hall.example')
    const pact = (status: number): string =>
      JSON.stringify({
        consumer: { name: 'app' },
        provider: { name: 'hall' },
        interactions: [
          {
            description: `answers ${status}`,
            providerStates: [{ name: 'a user who is open', params: { username: 'ada', code: '1815' } }],
            request: { method: 'POST', path: '/turnstile/enter', query: { badge: ['ada'], code: ['1815'] } },
            response: { status },
          },
        ],
        metadata: { pactSpecification: { version: '3.0.0' } },
      })
    writeFileSync(join(terminal.cwd, 'old.json'), pact(204))
    writeFileSync(join(terminal.cwd, 'new.json'), pact(200))
    const { code, out } = await terminal.run('pact', 'compare', 'old.json', 'new.json', ...api)
    expect(code).toBe(1)
    expect(out).toContain('204')
    expect((await terminal.run('pact', 'compare', 'old.json', 'old.json', ...api)).code).toBe(0)
  })
})
