import { expect, onTestFinished, test, vi } from 'vitest'
import * as registry from '../../src/apis/registry.ts'
import { createWorld } from '../../src/index.ts'
import { listen } from '../../src/node.ts'
import { turnstile } from '../example-api/api.ts'
import { Terminal } from './terminal.ts'

/** Runs a command line that works, and tells what it asked the server. */
async function asked(terminal: Terminal, ...argv: readonly string[]): Promise<string[]> {
  const spy = vi.spyOn(globalThis, 'fetch')
  try {
    expect(await terminal.run(...argv)).toMatchObject({ code: 0 })
    return spy.mock.calls.map(([url, init]) => `${init?.method} ${new URL(String(url)).pathname}`)
  } finally {
    spy.mockRestore()
  }
}

test('a user is found and changed in one request', async () => {
  const terminal = new Terminal()
  await terminal.serve()
  expect(await asked(terminal, 'user', 'set', 'bob', 'blocked', '--for', '30m')).toEqual([
    'PUT /__understudy/users/bob',
  ])
  expect(await asked(terminal, 'user', 'unblock', 'bob')).toEqual(['PUT /__understudy/users/bob'])
  expect(await asked(terminal, 'user', 'show', 'bob')).toEqual(['GET /__understudy/users/bob'])
  const named = ['--api', 'secure-login']
  expect(await asked(terminal, 'user', 'set', 'bob', 'bypass', ...named)).toEqual([
    'PUT /__understudy/users/secure-login/bob',
  ])
})

test('what a fact or a setting looks like is asked of the server, which may have other APIs', async () => {
  const apis = { ...registry, turnstile }
  const world = await createWorld({ turnstile: { users: { b7: { code: '4711' } } } }, { apis })
  const server = await listen(world)
  onTestFinished(() => server.close())
  const terminal = new Terminal()
  const there = ['--url', server.url]
  expect(await asked(terminal, 'user', 'set', 'b7', 'locked=true', ...there)).toEqual([
    'GET /__understudy/apis',
    'PUT /__understudy/users/b7',
  ])
  expect(world.turnstile.user('b7').view().state).toBe('locked')
  expect(await asked(terminal, 'api', 'set', 'turnstile', 'path=/gate', ...there)).toEqual([
    'GET /__understudy/apis',
    'PATCH /__understudy/apis/turnstile',
  ])
  expect(world.turnstile.settings.path).toBe('/gate')
})
