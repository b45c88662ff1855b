import { execFile, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))
const needed = [
  'bin',
  'console',
  'pacts',
  'scenarios',
  'scripts',
  'src',
  'targets',
  'docs',
  'test/transcripts',
  'package.json',
  'tsconfig.build.json',
]

interface Ended {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** A copy of the project that may be broken. */
let copy: string
const at = (name: string): string => join(copy, name)

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'understudy-build-'))
  for (const name of [...needed, 'tsconfig.json']) cpSync(join(root, name), at(name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), at('node_modules'), 'junction')
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

async function run(...args: string[]): Promise<Ended> {
  try {
    return { status: 0, ...(await promisify(execFile)(process.execPath, args, { cwd: copy })) }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { status: code, stdout, stderr }
  }
}

describe('a build', () => {
  test('takes the place of the last one when it is whole', async () => {
    expect(await run('scripts/build.js')).toMatchObject({ status: 0, stderr: '' })
    expect((await run('bin/understudy.js', '--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  test('that fails leaves the last good one, and says so', async () => {
    const version = readFileSync(at('src/core/version.ts'), 'utf8')
    writeFileSync(at('src/core/version.ts'), `${version}\nexport const wrong: number = 'text'\n`)
    onTestFinished(() => writeFileSync(at('src/core/version.ts'), version))
    for (const how of [[], ['--incremental']]) {
      const { status, stdout, stderr } = await run('scripts/build.js', ...how)
      expect(status).not.toBe(0)
      expect(stdout).toContain('src/core/version.ts')
      expect(stderr).toBe('The last good build is left in dist.\n')
      expect(readFileSync(at('dist/core/version.js'), 'utf8')).not.toContain('wrong')
      expect((await run('bin/understudy.js', '--version')).status).toBe(0)
    }
  })

  test('that is incremental has what changed, and no file whose source is gone', async () => {
    writeFileSync(at('src/core/extra.ts'), 'export const extra = 1\n')
    expect((await run('scripts/build.js', '--incremental')).status).toBe(0)
    expect(existsSync(at('dist/core/extra.js'))).toBe(true)
    rmSync(at('src/core/extra.ts'))
    expect((await run('scripts/build.js', '--incremental')).status).toBe(0)
    expect(existsSync(at('dist/core/extra.js'))).toBe(false)
    expect((await run('bin/understudy.js', '--version')).status).toBe(0)
  })
})

describe('npm run dev', () => {
  test('serves the last good build while a source is broken, and the next one when it is mended', async () => {
    const path = at('src/core/version.ts')
    const version = readFileSync(path, 'utf8')
    const child = spawn(process.execPath, ['scripts/dev.js', '--port', '0'], { cwd: copy })
    let told = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (told += String(chunk)))
    const ended = new Promise((resolve) => child.once('exit', resolve))
    onTestFinished(async () => {
      child.kill()
      await ended
      writeFileSync(path, version)
    })
    const says = async (pattern: RegExp): Promise<void> => {
      await expect.poll(() => told, { timeout: 100_000 }).toMatch(pattern)
    }
    await says(/Ctrl-C stops it/)
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(told)?.[0] ?? ''
    writeFileSync(path, `${version}\nexport const wrong: number = 'text'\n`)
    await says(/the build failed; the last good one is served/)
    expect((await fetch(`${url}/__understudy/openapi.json`)).status).toBe(200)
    told = ''
    writeFileSync(path, version.replace(/'[\d.]+'/, "'9.9.9'"))
    await says(/built in [\s\S]*Ctrl-C stops it/)
    // Asked twice, as once it is told without what was built.
    expect((await run('bin/understudy.js', '--version', '--version')).stdout).toBe('9.9.9\n')
  })
})

describe('npm run generate', () => {
  test.each([
    [
      'a pact that is not there',
      'pacts/auth-understudy-client-sirportly.json',
      undefined,
      /^generate: .*sirportly.*'pact consumer'.*\n$/,
    ],
    ['a scenario that is no YAML', 'scenarios/default.yaml', 'users: [', /^generate: scenarios\/default\.yaml: .*\n$/],
  ])('says what is wrong with %s in a sentence', async (_, name, text, words) => {
    const before = readFileSync(at(name), 'utf8')
    onTestFinished(() => writeFileSync(at(name), before))
    if (text === undefined) rmSync(at(name))
    else writeFileSync(at(name), text)
    const { status, stderr } = await run('scripts/generate.js')
    expect(stderr).toMatch(words)
    expect(stderr).not.toMatch(/^\s+at /m)
    expect(status).toBe(2)
  })
})
