import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = new URL('../', import.meta.url)
const { exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
const entries = Object.keys(exports).filter((name) => exports[name].require !== undefined || name === '.')
const require = createRequire(import.meta.url)

/** Runs the command line where a package is missing. */
function without(name: string, ...args: string[]): { status: number | null; stderr: string } {
  const imported = `export async function resolve(specifier, context, next) {
    if (specifier === ${JSON.stringify(name)}) throw Object.assign(new Error("Cannot find package '${name}'"), { code: 'ERR_MODULE_NOT_FOUND' })
    return next(specifier, context)
  }`
  const hook = `import Module, { register } from 'node:module'
    const find = Module._resolveFilename
    Module._resolveFilename = function (name, ...rest) {
      if (name === ${JSON.stringify(name)}) throw Object.assign(new Error("Cannot find module '${name}'"), { code: 'MODULE_NOT_FOUND' })
      return find.call(this, name, ...rest)
    }
    register(${JSON.stringify(toData(imported))})`
  const { status, stderr } = spawnSync(process.execPath, ['--import', toData(hook), 'bin/understudy.js', ...args], {
    cwd: fileURLToPath(root),
    encoding: 'utf8',
    timeout: 20_000,
  })
  return { status, stderr }
}

function toData(code: string): string {
  return `data:text/javascript,${encodeURIComponent(code)}`
}

describe('whoever requires the package, as Jest does', () => {
  test.each(entries)('gets of %s what others import', async (name) => {
    const file = name.replace('./', '').replace(/^\.$/, 'index')
    const imported = await import(new URL(`dist/lib/${file}.js`, root).href)
    const required = require(`auth-understudy${name.slice(1)}`)
    expect(Object.keys(required).toSorted()).toEqual(Object.keys(imported).toSorted())
    expect(required).not.toBe(imported)
  })

  test('plays a world with made-up people, codes and a scenario of its own', async () => {
    const { createWorld } = require('auth-understudy')
    const { createFetch } = require('auth-understudy/fetch')
    const world = await createWorld('lockout')
    expect(world.secureLogin.user('tim').view()).toMatchObject({ failures: 2 })
    const answer = await createFetch(world)('https://a.example/jira/rest/securelogin-admin/1.0/api/info')
    expect(answer.headers.get('x-understudy-clause')).toBe('SL-03')
    const made = await createWorld({
      extends: 'default',
      sirportly: { users: [{ username: 'zoe', password: 'a', account: 'atech' }] },
    })
    expect(made.sirportly.user('zoe').view()).toMatchObject({ username: 'atech/zoe' })
  })
})

describe('without a package that few need', () => {
  test('a store says which it asks for', () => {
    const { status, stderr } = without('@redis/client', 'serve', '--port', '0', '--store', 'redis://127.0.0.1:1')
    expect(stderr).toContain('npm install @redis/client@6')
    expect(status).toBe(2)
  })
})

test('the version is told without loading the command line', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['bin/understudy.js', '--version'], {
    cwd: fileURLToPath(root),
    encoding: 'utf8',
  })
  expect({ stdout, stderr }).toEqual({ stdout: `${require('../package.json').version}\n`, stderr: '' })
})
