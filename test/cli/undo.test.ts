import { describe, expect, test } from 'vitest'
import { Terminal } from './terminal.ts'

describe('understudy undo', () => {
  test('takes back the latest, the latest so many, or one, and stops where it is refused', async () => {
    const terminal = new Terminal()
    const { url } = await terminal.serve()
    await terminal.run('user', 'set', 'bob', '--failures', '1')
    await terminal.run('clock', 'advance', '1m')
    await terminal.run('user', 'set', 'bob', '--failures', '2')
    const list = await terminal.run('undo', '--list')
    expect(list.out.split('\n').map((line) => line.slice(0, 2))).toEqual(['ID', 'c1', 'c2', 'c3'])
    const refused = await terminal.run('undo', 'c1')
    expect(refused).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/c1 .*: c3 .*has changed .*:bob since/),
    })
    const two = await terminal.run('undo', '2', '--json')
    expect(JSON.parse(two.out)).toMatchObject({
      undone: [{ id: 'c3' }, { id: 'c2', what: 'the clock was advanced by 1m' }],
    })
    expect(two.err).toBe(`→ main at :${new URL(url).port}`)
    const more = await terminal.run('undo', '2')
    expect(more).toMatchObject({ code: 2, err: expect.stringMatching(/main has no change that can be taken back/) })
    expect(more.out).toMatch(/^taken back: c1 Secure Login: bob/)
    expect((await terminal.run('undo', '--list')).out).toBe('nothing was changed that can be taken back')
    expect(await terminal.run('undo', 'many')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/neither a number/),
    })
  })
})

describe('understudy schedule', () => {
  test('takes durations, times of day and instants, by the clock of the world', async () => {
    const terminal = new Terminal()
    await terminal.serve()
    await terminal.run('clock', 'set', '2026-01-15T09:00:00Z')
    await terminal.run('clock', 'freeze')
    const add = (...words: readonly string[]): ReturnType<typeof terminal.run> =>
      terminal.run('schedule', 'add', ...words)
    expect((await add('10s', 'user', 'bob', 'blocked', '--for', '2m')).out).toMatch(
      /^s1 .*:\d\dZ +10s +bob: blocked, for 2m/m,
    )
    expect((await add('8:30', 'api', 'secure-login', 'active=false')).out).toMatch(
      /2026-01-16T08:30:00Z .*active false/,
    )
    expect((await add('2026-02-01T00:00:00Z', 'end-sessions')).out).toMatch(/2026-02-01T00:00:00Z .*all sessions end/)
    for (const words of [
      ['25:00', 'end-sessions'],
      ['10s', 'users', 'bob'],
      ['10s', 'user', 'bop', 'blocked'],
      ['soon', 'end-sessions'],
    ])
      expect([words, (await add(...words)).code]).toEqual([words, 2])
    await terminal.run('clock', 'advance', '1m')
    expect((await terminal.run('user', 'show', 'bob')).out).toMatch(/blocked/)
    expect((await terminal.run('schedule', 'remove', 's2')).out).toBe('no longer to come: secure-login: active false')
    const { events } = JSON.parse((await terminal.run('schedule', 'list', '--json')).out)
    expect(events).toMatchObject([{ id: 's3', what: 'all sessions end' }])
  })
})
