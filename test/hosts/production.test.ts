import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createFetch } from '../../src/fetch.ts'
import { createWorld } from '../../src/index.ts'
import { handlers } from '../../src/msw.ts'

afterEach(() => vi.unstubAllEnvs())

describe('under NODE_ENV=production', () => {
  test('handlers and fetch refuse, and say what to do', async () => {
    const world = await createWorld()
    vi.stubEnv('NODE_ENV', 'production')
    for (const make of [() => handlers(world), () => createFetch(world)]) {
      expect(make).toThrow(expect.objectContaining({ code: 'ERR_PRODUCTION' }))
      expect(make).toThrow('pass { production: true } if this is what you want')
    }
  })

  test('they work for somebody who means it', async () => {
    const world = await createWorld()
    vi.stubEnv('NODE_ENV', 'production')
    expect(handlers(world, { production: true })).toHaveLength(3)
    const ask = createFetch(world, { production: true })
    expect((await ask('http://a/jira/rest/securelogin-admin/1.0/api/info')).status).toBe(200)
  })

  test.each([undefined, '', 'development', 'test', 'Production'])('but not under %j', async (env) => {
    const world = await createWorld()
    vi.stubEnv('NODE_ENV', env)
    expect(handlers(world)).toHaveLength(3)
  })
})

describe('in a page', () => {
  /** The built file, as a bundler would leave it, where there is no process. */
  function inPage(replace: (code: string) => string): unknown {
    const code = readFileSync(new URL('../../dist/hosts/production.js', import.meta.url), 'utf8')
    const body = replace(code)
      .replace(/^import .*$/gm, '')
      .replace(/^export /gm, '')
    const page = {
      UnderstudyError: class extends Error {
        constructor(_: string, message: string) {
          super(message)
        }
      },
    }
    try {
      runInNewContext(`${body}; refuseInProduction('handlers(world)', false)`, page)
      return 'works'
    } catch (error) {
      return (error as Error).message
    }
  }

  test('that was bundled for production, they refuse', () => {
    expect(inPage((code) => code.replaceAll('process.env.NODE_ENV', '"production"'))).toContain(
      'would let everybody in',
    )
  })

  test('that was bundled for development, or not at all, they work', () => {
    expect(inPage((code) => code.replaceAll('process.env.NODE_ENV', '"development"'))).toBe('works')
    expect(inPage((code) => code)).toBe('works')
  })
})
