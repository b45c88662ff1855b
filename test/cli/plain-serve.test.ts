import fc from 'fast-check'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { createProgram } from '../../src/cli/program.ts'
import { readPlainServe, type PlainServe } from '../../src/cli/plain-serve.ts'
import type { ServeOptions } from '../../src/cli/serve-options.ts'
import { printer } from '../../src/cli/shown.ts'
import { processIo } from '../../src/cli/io.ts'
import { Terminal } from './terminal.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

const word = fc.constantFrom('lockout', './my.yaml', '4010', 'help', '', '-', '-x', '-5', 'a=b', 'ä')
const flag = fc.constantFrom(
  ...'-p --port --host --seed --context-path --state -w --watch -v --verbose --json'.split(' '),
  ...'--port=1 -p1 -wv --tls --api --no-json --help --unknown'.split(' '),
)
const pair = fc.tuple(fc.constantFrom('-p', '--port', '--host', '--seed', '--context-path', '--state'), word)

const silent = printer(() => undefined, false)
const usual = processIo(process)

/** What commander makes of it; undefined where it finds fault with it, or shows help. */
function byCommander(argv: readonly string[], cwd: string): PlainServe | undefined {
  let read: PlainServe | undefined
  const io = { ...usual, cwd, out: silent, err: silent }
  const program = createProgram({ io, rest: [], exitWith: () => undefined }, [])
  program.commands[0]?.action((scenario: string, options: ServeOptions) => {
    read = { scenario, options }
  })
  try {
    program.parse(argv, { from: 'user' })
  } catch {
    return undefined
  }
  return read
}

test('a line that is read plainly is read as commander reads it', () => {
  const { cwd } = new Terminal()
  let plain = 0
  fc.assert(
    fc.property(fc.array(fc.oneof(pair, fc.tuple(flag), fc.tuple(word)), { maxLength: 4 }), (parts) => {
      const argv = ['serve', ...parts.flat()]
      const read = readPlainServe(argv, { cwd })
      if (read === undefined) return
      plain++
      expect(read).toEqual(byCommander(argv, cwd))
    }),
    { numRuns: 500 },
  )
  expect(plain).toBeGreaterThan(20)
})

test('no words at all are those of serve', () => {
  const { cwd } = new Terminal()
  expect(readPlainServe([], { cwd })).toEqual(byCommander([], cwd))
  expect(readPlainServe(['serve', 'lockout', '--port', '0', '-v'], { cwd })).toEqual({
    scenario: 'lockout',
    options: { port: '0', host: '127.0.0.1', verbose: true },
  })
})

test.each([
  ['another command', ['status']],
  ['a scenario alone', ['lockout']],
  ['an option that is no plain one', ['serve', '--api', 'secure-login']],
  ['a value that is missing', ['serve', '--port']],
  ['a value that looks like an option', ['serve', '--port', '-1']],
  ['a word too much', ['serve', 'lockout', 'faults']],
  ['help', ['serve', '--help']],
])('%s is not read plainly', (_, argv) => {
  const { cwd } = new Terminal()
  expect(readPlainServe(argv, { cwd })).toBeUndefined()
})

test('nor is a line on which the environment or a config has a say', () => {
  const { cwd } = new Terminal()
  vi.stubEnv('UNDERSTUDY_TRACE', 'traces')
  expect(readPlainServe(['serve'], { cwd })).toBeDefined()
  vi.stubEnv('Understudy_Port', '1')
  expect(readPlainServe(['serve'], { cwd })).toBeUndefined()
  vi.unstubAllEnvs()
  writeFileSync(join(cwd, 'understudy.config.yaml'), 'port: 1\n')
  expect(readPlainServe(['serve'], { cwd })).toBeUndefined()
})
