import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { processIo } from '../../src/cli/io.ts'
import { jsonLines, paint } from '../../src/cli/shown.ts'

/** A process whose streams are terminals, or are not. */
function processWith(isTTY: boolean, env: NodeJS.ProcessEnv): { process: NodeJS.Process; written: string[] } {
  const written: string[] = []
  const stream = Object.assign(new EventEmitter(), { isTTY, write: (text: string) => written.push(text) })
  return {
    process: {
      env,
      stdin: stream,
      stdout: stream,
      stderr: stream,
      cwd: () => '/',
      pid: 1,
    } as unknown as NodeJS.Process,
    written,
  }
}

const red = '\u001b[31mred\u001b[39m\n'

test.each([
  ['off a terminal', false, {}, 'red\n'],
  ['on a terminal', true, {}, red],
  ['on a terminal with NO_COLOR', true, { NO_COLOR: '1' }, 'red\n'],
  ['on a terminal with an empty NO_COLOR', true, { NO_COLOR: '' }, red],
  ['on a dumb terminal', true, { TERM: 'dumb' }, 'red\n'],
  ['off a terminal with FORCE_COLOR', false, { FORCE_COLOR: '1' }, red],
  ['with FORCE_COLOR and NO_COLOR', false, { FORCE_COLOR: '1', NO_COLOR: '1' }, 'red\n'],
])('colours %s', (_, isTerminal, env, expected) => {
  const { process, written } = processWith(isTerminal, env)
  processIo(process).out([paint('red', 'red')])
  processIo(process).err([[paint('red', 'red')]])
  expect(written).toEqual([expected, expected])
})

test('what is printed as JSON has none, even where a terminal has', () => {
  const { process, written } = processWith(true, {})
  processIo(process).out(jsonLines({ name: 'a\u001b[31m\u009b\u202e' }, 2))
  expect(written).toEqual([String.raw`{` + '\n' + String.raw`  "name": "a\u001b[31m\u009b\u202e"` + '\n}\n'])
})

test('a plain string is one line, and its colours and commands are text', () => {
  const { process, written } = processWith(true, {})
  processIo(process).err('::error::a\n\u001b[31mb')
  processIo(process).err(['  ::error::a', [paint('bold', '::error'), '::\u001b[0m\n']])
  expect(written).toEqual([
    String.raw`\u003a:error::a\n\u001b[31mb` + '\n',
    '  \\u003a:error::a\n' + String.raw`\u003a:error::\u001b[0m\n` + '\n',
  ])
})
