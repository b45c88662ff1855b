import { setupServer } from 'msw/node'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createFetch } from '../../src/fetch.ts'
import { createWorld, type World } from '../../src/index.ts'
import { handlers, type HandlersOptions } from '../../src/msw.ts'
import { callControl } from '../support/control-client.ts'

const info = 'https://jira.example/jira/rest/securelogin-admin/1.0/api/info'
const login = 'https://cms.example/rest/auth/login'
const authenticate = 'https://desk.example/api/v2/authentication/authenticate'

async function statuses(world: World): Promise<readonly number[]> {
  const ask = createFetch(world)
  return Promise.all([info, login, authenticate].map(async (url) => (await ask(url)).status))
}

describe('the APIs that play', () => {
  test('are all, if nobody chooses', async () => {
    const world = await createWorld('default')
    expect(world.apis.map(({ id }) => id)).toEqual(['secure-login', 'sirportly', 'gentics-cms'])
    expect(await statuses(world)).not.toContain(404)
  })

  test.each([
    ['the scenario', () => createWorld({ extends: 'default', apis: ['secure-login'] })],
    ['an option', () => createWorld('default', { apis: ['secure-login'] })],
  ])('are those that %s chooses; the others answer nothing, and nobody sees them', async (_, make) => {
    const world: World = await make()
    expect(world.apis.map(({ id }) => id)).toEqual(['secure-login'])
    expect(await statuses(world)).toEqual([200, 404, 404])
    expect(() => world.api('sirportly')).toThrow(
      "Sirportly does not play: the scenario's apis choose; there is secure-login.",
    )
    const { body } = await callControl(world, 'GET', '/users')
    expect(JSON.stringify(body)).not.toContain('sirportly')
    const answer = await createFetch(world)('https://x.example/nothing')
    expect(await answer.text()).not.toMatch(/Sirportly|Gentics/)
  })

  test('are the only ones that a world has, to the compiler as well', async () => {
    const world = await createWorld('default', { apis: ['secure-login', 'gentics-cms'] })
    expect(world.secureLogin.id).toBe('secure-login')
    // @ts-expect-error
    expect(() => world.sirportly).toThrow('Sirportly does not play')
  })

  test('change with the scenario, and with a snapshot', async () => {
    const world: World = await createWorld('default')
    const whole = world.snapshot()
    await callControl(world, 'POST', '/scenario', { scenario: { extends: 'default', apis: ['sirportly'] } })
    const [first, second, third] = await statuses(world)
    expect([first, second]).toEqual([404, 404])
    expect(third).not.toBe(404)
    world.restore(whole)
    expect(await statuses(world)).not.toContain(404)
  })

  test.each([
    [['secure-logn'], 'Did you mean "secure-login"?'],
    [[], 'It names no API, so that nothing would play.'],
    ['secure-login', 'is not a list'],
  ])('cannot be %j', async (apis, words) => {
    await expect(createWorld({ apis } as object)).rejects.toThrow(words)
  })
})

describe('handlers', () => {
  async function unhandled(
    options: HandlersOptions,
    world: World,
    urls: readonly string[],
  ): Promise<readonly string[]> {
    const server = setupServer(...handlers(world, options))
    const passed: string[] = []
    server.listen({
      onUnhandledRequest: ({ url }) => {
        passed.push(url)
        throw new Error('nobody answers')
      },
    })
    onTestFinished(() => server.close())
    await Promise.all(urls.map((url) => fetch(url, { method: 'POST' }).catch(() => undefined)))
    server.close()
    return passed.sort()
  }

  test('leave to the app what is only like a path of theirs', async () => {
    const own = ['https://my.app/api/authentication/login', 'https://my.app/api/v1/authenticate']
    const world = await createWorld('default')
    expect(await unhandled({}, world, [...own, authenticate])).toEqual(own)
  })

  test('answer for those APIs that they are given, and that play', async () => {
    const world = await createWorld('default')
    expect(await unhandled({ apis: ['sirportly'] }, world, [info, login, authenticate])).toEqual([login, info])
    const one = await createWorld('default', { apis: ['secure-login'] })
    expect(await unhandled({}, one, [info, login, authenticate])).toEqual([login, authenticate])
    expect(() => handlers(world, { apis: ['sirportle'] })).toThrow('Did you mean "sirportly"?')
  })
})
