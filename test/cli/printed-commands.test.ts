import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { curlLine, replayLine } from '../../src/contract/telling/curl.ts'
import { hostShell } from '../../src/hosts/host-shell.ts'
import { posix, powershell } from '../../src/core/shell-syntax.ts'
import type { SendStep } from '../../src/core/journey.ts'
import { prepare } from './prepare.ts'
import { shellTexts } from '../hostile/scenarios.ts'
import { anyText, raw } from '../hostile/text.ts'
import { wordsOf } from '../hostile/powershell.ts'
import { Terminal, until } from './terminal.ts'

let stage = ''

/** Commands of these names tell what they were called with. */
beforeAll(() => {
  stage = mkdtempSync(join(tmpdir(), 'understudy-printed-'))
  mkdirSync(join(stage, 'bin'))
  for (const name of ['understudy', 'told-curl']) {
    writeFileSync(join(stage, 'bin', name), '#!/bin/sh\nfor word; do printf "%s\\0" "$word"; done\n')
    chmodSync(join(stage, 'bin', name), 0o755)
  }
})
afterAll(() => rmSync(stage, { recursive: true }))

/** Runs a line as somebody who pastes it; gives back what it prints. Nothing else may have been run. */
async function paste(line: string, cwd: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const all = { ...process.env, PATH: `${join(stage, 'bin')}:${process.env['PATH']}`, ...env }
  const { stdout } = await promisify(execFile)('sh', ['-c', line], { cwd, env: all })
  expect(existsSync(join(cwd, 'PWN'))).toBe(false)
  return stdout
}

/** The words that a line calls `understudy` with. */
const argvOf = async (line: string, cwd: string): Promise<string[]> => (await paste(line, cwd)).split('\0').slice(0, -1)

/** As the name of a file. */
const fileNames = shellTexts.map((text) => `${text.replaceAll('/', '')}.yaml`)

describe('what serve says to try', () => {
  test.each([...shellTexts, 'no\0argument', 'ends\n'])(
    'asks as the user and runs nothing else, where users and passwords are %j',
    async (text) => {
      const terminal = new Terminal()
      const scenario = {
        description: 'names that a shell might take for its own',
        'secure-login': { users: { [text]: { state: 'enter', pin: '910817', password: text } } },
        'gentics-cms': { users: { [text]: { password: text } } },
        sirportly: {
          accounts: { abc: {} },
          users: [{ username: text, account: 'abc', password: text, apiAccess: true }],
        },
      }
      writeFileSync(join(terminal.cwd, 'names.yaml'), stringify(scenario))
      const { lines } = terminal.begin('serve', 'names.yaml', '--port', '0')
      await until(() => lines.err.length > 0)
      const [, tries = ''] = /\nTry it:\n([^]*?)\n\n/.exec(lines.err.join('\n')) ?? []
      const printed = tries.split('\n').map((line) => line.trim())
      expect(printed).toHaveLength(3)
      for (const line of printed) expect(raw(line)).toEqual([])
      const answers = await Promise.all(printed.map((line) => paste(line, terminal.cwd)))
      const told = answers.join('\n')
      for (const each of ['"state":"enter"', '"responseCode":"OK"', '"status":"Authenticated"'])
        expect(told).toContain(each)
    },
  )

  test('is for PowerShell where that is the shell', async () => {
    const terminal = new Terminal({}, powershell)
    const users = { "o'neill": { state: 'enter', pin: '910817', password: 'a$b' } }
    writeFileSync(join(terminal.cwd, 'names.yaml'), stringify({ description: 'a name', 'secure-login': { users } }))
    const { lines } = terminal.begin('serve', 'names.yaml', '--port', '0')
    await until(() => lines.err.length > 0)
    const line = /^ {2}(curl.exe .*\/user)$/m.exec(lines.err.join('\n'))?.[1] ?? ''
    expect(wordsOf(line, {})).toEqual(['curl.exe', '-s', '-u', "o'neill:a$b", expect.stringMatching(/^http:.*\/user$/)])
  })
})

describe('a file that is written is told with a line that takes up just that file', () => {
  test.each(fileNames)('%j', async (name) => {
    const { terminal } = await prepare()
    const { cwd } = terminal
    await terminal.serve()
    const path = name.startsWith('-') ? `./${name}` : name

    for (const argv of [
      ['scenario', 'new', path],
      ['share', '--file', `shared-${name}`],
    ]) {
      const { err } = await terminal.run(...argv)
      const [command, file] = await argvOf(lineIn(err, '; play it with `'), cwd)
      expect(command).toBe('serve')
      expect((await terminal.run('scenario', 'check', String(file))).code).toBe(0)
    }

    const { err: begun } = await terminal.run('init', 'target', `target-${name}`)
    const [command, file, flag] = await argvOf(lineIn(begun, '; `'), cwd)
    expect([command, existsSync(join(cwd, String(file))), flag]).toEqual(['verify', true, '--plan'])

    const { err: missing } = await terminal.run('verify', `./none-${name}`)
    expect(await argvOf(lineIn(missing, '. `'), cwd)).toEqual(['init', 'target', `./none-${name}`])
  })
})

describe('a file in folders that are not there yet, or by its whole path', () => {
  test.each(['sub/deep er/x.yaml', './y.yaml', 'WHOLE/z z.yaml'])(
    '%s is told with a line that plays it',
    async (named) => {
      const { terminal } = await prepare()
      const { cwd } = terminal
      const path = named.replace('WHOLE', join(cwd, 'whole'))
      await terminal.serve()
      const told: string[] = []
      for (const argv of [
        ['scenario', 'new', path],
        ['share', '--file', `${path}.shared.yaml`],
      ]) {
        const { err } = await terminal.run(...argv)
        const line = lineIn(err, '; play it with `')
        const [command, file] = await argvOf(line, cwd)
        expect([command, (await terminal.run('scenario', 'check', String(file))).code]).toEqual(['serve', 0])
        told.push(line)
      }
      // A file that was shared says it as well.
      expect(readFileSync(resolve(cwd, `${path}.shared.yaml`), 'utf8')).toContain(`# To play it: ${told[1]}\n`)
    },
  )
})

/** The command line in a sentence, behind what stands before it. */
function lineIn(sentence: string, before: string): string {
  const [, line = ''] =
    /^(understudy .*)`/.exec(sentence.slice(sentence.lastIndexOf(`${before}understudy `) + before.length)) ?? []
  return line
}

describe('the line that sends a request again', () => {
  test('calls curl with just what was sent, whatever it is', async () => {
    const text = anyText.map((each) => Buffer.from(each.replaceAll('\0', '')).toString().replace(/\n+$/, ''))
    await fc.assert(
      fc.asyncProperty(text, text, text, text, text, async (path, value, body, pin, file) => {
        const sent: SendStep = { do: 'send', method: 'POST', path: `/x${path}`, headers: { a: value }, body }
        const call = { method: 'POST', path, headers: ['cookie', 'x'], body }
        const address = {
          baseUrl: 'http://x',
          headers: { 'x-key': 'secret' },
          tls: { insecure: false, ca: `/x${file}` },
        }
        const filled = (each: string): string => each.replaceAll('{pin}', () => pin)
        const meant = ['-i', '--cacert', `/x${file}`, '-X', 'POST', '-b', 'x=1', '-H', `a: ${filled(value)}`]
        meant.push('-H', 'x-key: secret', '--data-raw', filled(body), filled(`http://x/x${path}`))
        const variables = { pin, session_cookies: 'x=1', x_key: 'secret' }
        const line = curlLine(address, { sent, call }, posix).replace('curl', 'told-curl')
        expect(raw(line)).toEqual([])
        expect((await paste(line, stage, variables)).split('\0').slice(0, -1)).toEqual(meant)
        expect(wordsOf(curlLine(address, { sent, call }, powershell), variables)).toEqual(['curl.exe', ...meant])
      }),
      { numRuns: 60 },
    )
  })

  test('of a check calls replay with its id', async () => {
    for (const text of shellTexts) expect(await argvOf(replayLine(text, posix), stage)).toEqual(['replay', text])
  })

  test('is for the shell of the machine', () => {
    expect(hostShell).toBe(process.platform === 'win32' ? powershell : posix)
  })
})
