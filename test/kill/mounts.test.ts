import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Victim } from './victim.ts'

const whyNot =
  spawnSync('unshare', ['--mount', 'true']).status === 0
    ? undefined
    : 'Disks that are full are not tried but in test/state-files: `unshare --mount` takes Linux and its administrator.'
if (whyNot !== undefined) process.stderr.write(`${whyNot}\n`)

const api = '/jira/rest/securelogin-admin/1.0/api'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'understudy-mounts-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** Starts a server that alone sees what a shell command has mounted. */
async function serve(cwd: string, mount: string, argv: readonly string[]): Promise<Victim> {
  const victim = new Victim(cwd, argv, ['unshare', '--mount', 'sh', '-ec', `${mount}; exec "$@"`, 'sh'])
  onTestFinished(() => victim.kill())
  await victim.isReady()
  return victim
}

describe.skipIf(whyNot !== undefined)('serve --state', () => {
  test('on a disk that is full for a while: what was not saved was not done, and what changes nothing is', async () => {
    const cwd = folder()
    mkdirSync(join(cwd, 'disk'))
    const victim = await serve(cwd, 'mount -t tmpfs -o size=300k none disk', ['--state', 'disk/state'])
    const disk = `/proc/${victim.pid}/root${cwd}/disk`
    const ask = async (method: string, path: string, more: RequestInit = {}): Promise<Response> =>
      fetch(victim.url + path, { method, ...more })
    const send = (method: string, path: string, body: object): Promise<Response> =>
      ask(method, path, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    const login = await send('POST', '/jira/rest/auth/1/session', { username: 'alice', password: 'alice' })
    const cookie = login.headers.getSetCookie().at(-1)?.split(';')[0] ?? ''
    const enter = (pin: string): Promise<Response> =>
      ask('POST', `${api}/auth`, { headers: { cookie, 'content-type': 'text/plain' }, body: pin })
    const alice = async (): Promise<Record<string, unknown>> =>
      (await ask('GET', '/__understudy/users/secure-login/alice')).json()
    const before = await alice()

    fill(join(disk, 'fill'))
    // There is room left in the page that the file ends in.
    while ((await send('POST', '/__understudy/clock/freeze', {})).status === 200);
    const size = readFileSync(join(disk, 'state')).length
    const refused = [
      await enter('000000'),
      await enter('000000'),
      await enter('000000'),
      await send('PUT', '/__understudy/users/secure-login/alice', { state: 'onboarding' }),
      await send('POST', '/jira/rest/auth/1/session', { username: 'bob', password: 'bob' }),
      await send('POST', '/__understudy/clock/freeze', {}),
      await send('POST', '/__understudy/reset', {}),
    ]
    expect(refused.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual(
      refused.map(() => [503, '1']),
    )
    expect(await refused[0]?.json()).toMatchObject({ detail: expect.stringMatching(/ENOSPC.*Nothing was changed/) })
    const looks = ['/__understudy/users', '/__understudy/health', '/nowhere', `${api}/info`]
    expect(await Promise.all(looks.map(async (path) => (await ask('GET', path)).status))).toEqual([200, 200, 404, 200])
    expect([await alice(), readFileSync(join(disk, 'state')).length]).toEqual([before, size])

    rmSync(join(disk, 'fill'))
    expect([(await enter('000000')).status, (await enter('000000')).status]).toEqual([401, 401])
    expect(await alice()).toMatchObject({ state: 'enter', failures: 2 })
    expect((await enter('910817')).status).toBe(200)
    expect(victim.err.match(/is answered 503/g)).toHaveLength(1)
    expect(victim.err).toContain('The state file disk/state is written again.')
  })

  test('with a file that is mounted by itself: it is refused, and left alone', async () => {
    const cwd = folder()
    writeFileSync(join(cwd, 'state'), '')
    const victim = await serve(cwd, 'mount --bind state state', ['--state', 'state'])
    expect(victim.err).toContain('state could not be written: EBUSY')
    expect(victim.err).toContain('mount the folder that it is in.')
    expect([readFileSync(join(cwd, 'state'), 'utf8'), readdirSync(cwd)]).toEqual(['', ['state']])
  })
})

/** Writes until there is no room for another byte. */
function fill(path: string): void {
  for (const size of [65_536, 4096, 1]) {
    try {
      for (;;) writeFileSync(path, Buffer.alloc(size), { flag: 'a' })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
  }
}
