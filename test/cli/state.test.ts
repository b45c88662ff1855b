import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Terminal, until } from './terminal.ts'

const api = '/jira/rest/securelogin-admin/1.0/api'
const json = { 'content-type': 'application/json' }

async function post(url: string, path: string, body: object, world?: string): Promise<Response> {
  const headers = { ...json, ...(world === undefined ? {} : { 'x-understudy-world': world }) }
  return fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
}

async function signIn(url: string, username = 'alice', world?: string): Promise<string> {
  const response = await post(url, '/jira/rest/auth/1/session', { username, password: username }, world)
  return response.headers.getSetCookie().at(-1)?.split(';')[0] ?? ''
}

async function enter(url: string, cookie: string, pin: string, world?: string): Promise<number> {
  const headers = {
    cookie,
    'content-type': 'text/plain',
    ...(world === undefined ? {} : { 'x-understudy-world': world }),
  }
  return (await fetch(`${url}${api}/auth`, { method: 'POST', headers, body: pin })).status
}

async function read(url: string, path: string, world = 'main'): Promise<Record<string, never>> {
  return (await fetch(`${url}/__understudy${path}`, { headers: { 'x-understudy-world': world } })).json()
}

async function failuresOf(url: string, username: string, world?: string): Promise<unknown> {
  return (await read(url, `/users/secure-login/${username}`, world))['failures']
}

/** A directory in which servers are started one after the other. */
class Place {
  readonly terminal = new Terminal()
  readonly file = join(this.terminal.cwd, 'state')

  async serve(...argv: string[]): Promise<{ url: string; err: string[]; stop: () => Promise<number> }> {
    const { url, done, lines } = await this.terminal.serve('--state', 'state', ...argv)
    const stop = (): Promise<number> => {
      this.terminal.signal('SIGTERM')
      return done
    }
    return { url, err: lines.err, stop }
  }

  get asides(): string[] {
    return readdirSync(this.terminal.cwd).filter((name) => name.startsWith('state.damaged-'))
  }
}

describe('serve --state', () => {
  test('goes on where the last server was: failures, sessions, settings, faults, the clock, worlds, snapshots', async () => {
    const place = new Place()
    const first = await place.serve()
    const alice = await signIn(first.url)
    await enter(first.url, alice, '000000')
    await enter(first.url, alice, '000000')
    const ben = await signIn(first.url, 'alice', 'other')
    await enter(first.url, ben, '000000', 'other')
    await fetch(`${first.url}/__understudy/apis/secure-login`, {
      method: 'PATCH',
      headers: json,
      body: JSON.stringify({ blockAfter: 4 }),
    })
    await post(first.url, '/__understudy/faults', { on: 'secure-login.info', reply: { status: 503 }, times: 2 })
    expect((await fetch(`${first.url}${api}/info`)).status).toBe(503)
    await post(first.url, '/__understudy/snapshots', { name: 'mine' })
    await post(first.url, '/__understudy/clock/set', { at: '+20m' })
    await post(first.url, '/__understudy/clock/freeze', {})
    const before = await read(first.url, '/state')
    expect(await first.stop()).toBe(0)

    const { url, err } = await place.serve()
    expect(err).toEqual(['default goes on as state has it: 2 world(s).'])
    const after = await read(url, '/state')
    for (const part of ['scenario', 'clock', 'apis', 'users', 'sessions', 'faults', 'worlds'])
      expect([part, after[part]]).toEqual([part, before[part]])
    expect([await failuresOf(url, 'alice'), await failuresOf(url, 'alice', 'other')]).toEqual([2, 1])
    expect([await enter(url, alice, '000000'), await enter(url, alice, '000000')]).toEqual([401, 401])
    expect((await read(url, '/users/secure-login/alice'))['state']).toBe('blocked')
    expect((await fetch(`${url}${api}/info`)).status).toBe(503)
    expect((await fetch(`${url}${api}/info`)).status).toBe(200)
    expect((await read(url, '/snapshots'))['snapshots']).toMatchObject([{ name: 'mine' }])
  })

  test('draws other session ids than before', async () => {
    const place = new Place()
    const ids = new Set<string>()
    for (let count = 0; count < 3; count++) {
      const { url, stop } = await place.serve()
      ids.add(await signIn(url))
      await stop()
    }
    expect(ids.size).toBe(3)
  })

  test("lets the clock go on between servers, as everybody else's does", async () => {
    const place = new Place()
    const first = await place.serve()
    await post(first.url, '/__understudy/clock/scale', { scale: 1000 })
    const before = Date.parse(String((await read(first.url, '/clock'))['now']))
    await first.stop()
    await new Promise((resolve) => setTimeout(resolve, 100))
    const { url } = await place.serve()
    expect(Date.parse(String((await read(url, '/clock'))['now'])) - before).toBeGreaterThan(100_000)
  })

  test('starts anew only when told to: a reset is kept, too', async () => {
    const place = new Place()
    const first = await place.serve()
    await enter(first.url, await signIn(first.url), '000000')
    await post(first.url, '/__understudy/reset', {})
    await first.stop()
    const { url } = await place.serve()
    expect([await failuresOf(url, 'alice'), (await read(url, '/state'))['sessions']]).toEqual([0, 0])
  })

  test('goes on with another scenario that was chosen while it ran, for worlds that come later as well', async () => {
    const place = new Place()
    const first = await place.serve()
    await post(first.url, '/__understudy/scenario', { scenario: 'lockout' })
    await first.stop()
    const { url } = await place.serve()
    expect((await read(url, '/state'))['scenario']).toMatchObject({ name: 'lockout' })
    expect((await read(url, '/state', 'later'))['scenario']).toMatchObject({ name: 'lockout' })
  })

  test('takes over what was edited in the scenario since, and says what it could not keep', async () => {
    const place = new Place()
    const file = join(place.terminal.cwd, 'mine.yaml')
    const text = (bob: string): string =>
      `secure-login:\n  users:\n    alice: { displayName: A, emailAddress: a@x }\n    bob: ${bob}\n`
    writeFileSync(file, text('{ state: onboarding, displayName: B, emailAddress: b@x }'))
    const { url, stop } = await place.terminal.serve('--state', 'state', 'mine.yaml').then(({ url: at, done }) => ({
      url: at,
      stop: (): Promise<number> => {
        place.terminal.signal('SIGTERM')
        return done
      },
    }))
    await enter(url, await signIn(url), '000000')
    await stop()
    writeFileSync(file, text('{ state: bypass, displayName: B, emailAddress: b@x }'))
    const second = await place.serve('mine.yaml')
    expect(second.err.join('\n')).toContain('mine.yaml was edited since: running state of')
    expect(await failuresOf(second.url, 'alice')).toBe(1)
    expect((await read(second.url, '/users/secure-login/bob'))['state']).toBe('bypass')
  })

  test('refuses the state of another scenario, and leaves it alone', async () => {
    const place = new Place()
    const first = await place.serve()
    await enter(first.url, await signIn(first.url), '000000')
    await first.stop()
    const before = readFileSync(place.file)
    const { code, err } = await place.terminal.run('serve', 'lockout', '--port', '0', '--state', 'state')
    expect(code).toBe(2)
    expect(err).toContain('state holds the state of the scenario default, not of lockout. Serve default')
    expect(readFileSync(place.file)).toEqual(before)
  })

  test('refuses a file that another server uses', async () => {
    const place = new Place()
    const { stop } = await place.serve()
    const { code, err } = await place.terminal.run('serve', '--port', '0', '--state', 'state')
    expect([code, err]).toEqual([
      2,
      expect.stringContaining(`state is in use by another server: process ${process.pid} on ${hostname()}. Stop`),
    ])
    await stop()
    expect(existsSync(`${place.file}.lock`)).toBe(false)
  })

  test('is written for nobody else to read', async () => {
    const place = new Place()
    await place.serve()
    expect(statSync(place.file).mode & 0o777).toBe(0o600)
  })

  test('says that a file cannot be written, and where', async () => {
    const { code, err } = await new Terminal().run('serve', '--port', '0', '--state', 'no/such/folder/state')
    expect(code).toBe(2)
    expect(err).toContain('The state file no/such/folder/state could not be used: ENOENT: no such file or directory.')
  })

  test('is written anew when it has grown, and loses nothing by it', async () => {
    const place = new Place()
    const { url, stop } = await place.serve()
    const cookie = await signIn(url)
    await post(url, '/__understudy/faults', { on: 'sirportly.*', reply: { status: 503, body: 'x'.repeat(20_000) } })
    let largest = 0
    let size = 0
    for (let count = 0; count < 2000 && size >= largest; count++) {
      await post(url, '/__understudy/snapshots', { name: 'again and again'.replaceAll(' ', '-') })
      ;({ size } = statSync(place.file))
      largest = Math.max(largest, size)
    }
    expect(largest).toBeGreaterThan(1_000_000)
    expect(size).toBeLessThan(largest / 4)
    await stop()
    const again = await place.serve()
    expect((await read(again.url, '/state'))['sessions']).toBe(1)
    expect(await enter(again.url, cookie, '910817')).toBe(200)
  })
})

describe('a state file', () => {
  async function prepared(): Promise<Place> {
    const place = new Place()
    const { url, stop } = await place.serve()
    const cookie = await signIn(url)
    await enter(url, cookie, '000000')
    await enter(url, cookie, '000000')
    await stop()
    return place
  }

  test('whose last line was not finished: what was answered is there, and it is told', async () => {
    const place = await prepared()
    appendFileSync(place.file, '1a2b3c4d {"worlds":{"main":{"chan')
    const { url, err } = await place.serve()
    expect(err[0]).toBe('The last line of state was not finished: its request was never answered, and is left out.')
    expect([await failuresOf(url, 'alice'), place.asides]).toEqual([2, []])
  })

  test('that is damaged is told and copied aside as it is; what stands before the damage is used', async () => {
    const place = await prepared()
    const bytes = readFileSync(place.file)
    const lines = bytes.toString().split('\n')
    const last = bytes.length - 10
    bytes[last] = (bytes[last] ?? 0) ^ 1
    writeFileSync(place.file, bytes)
    const { url, err } = await place.serve()
    expect(err[0]).toContain(`The state file state is damaged at line ${lines.length - 1}. It was copied to`)
    expect(err[0]).toContain(`The ${lines.length - 2} lines before it are used.`)
    expect(place.asides).toHaveLength(1)
    expect(readFileSync(join(place.terminal.cwd, place.asides[0] ?? ''))).toEqual(bytes)
    expect(await failuresOf(url, 'alice')).toBe(1)
  })

  test('whose first line is damaged is told and copied aside as it is', async () => {
    const place = new Place()
    const text = '00000000 {"kind":"auth-understudy/state","version":1}\n'
    writeFileSync(place.file, text)
    const { url, err } = await place.serve()
    expect(err[0]).toContain('Nothing of it can be used.')
    expect(readFileSync(join(place.terminal.cwd, place.asides[0] ?? ''), 'utf8')).toBe(text)
    expect(await failuresOf(url, 'alice')).toBe(0)
  })

  test('that is empty is told', async () => {
    const place = new Place()
    writeFileSync(place.file, '')
    expect((await place.serve()).err[0]).toContain('The state file state is empty')
  })

  test('cut off at any place loses no more than what came after, and never without a word', async () => {
    const place = await prepared()
    const whole = readFileSync(place.file)
    const found: number[] = []
    for (let cut = 1; cut < whole.length; cut += Math.ceil(whole.length / 25)) {
      writeFileSync(place.file, whole)
      truncateSync(place.file, whole.length - cut)
      const { url, err, stop } = await place.serve()
      await until(() => err.length > 0)
      const onLine = whole[whole.length - cut - 1] === 10
      expect(err[0]).toMatch(onLine ? /goes on as state has it/ : /not finished|does not hold/)
      found.push(Number(await failuresOf(url, 'alice')))
      await stop()
    }
    // The more is cut off, the longer ago it goes on.
    expect(found.length).toBeGreaterThan(20)
    expect(found).toEqual(found.toSorted((one, other) => other - one))
  })
})
