import { Window } from 'happy-dom'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  AnswerUnexpectedError,
  createGenticsClient,
  createSecureLoginClient,
  createSirportlyClient,
} from '../../src/client.ts'
import { createControlClient } from '../../src/control.ts'
import { createFetch } from '../../src/fetch.ts'
import { createWorld as createWorldTyped } from '../../src/index.browser.ts'
import { createWorld } from '../../src/index.ts'
import { handlers } from '../../src/msw.ts'
import { createRequestListener, listen } from '../../src/node.ts'
import { understudy } from '../../src/vite.ts'

const createWorldInPage: (scenario: string, options?: never) => ReturnType<typeof createWorldTyped> = createWorldTyped
const world = await createWorld()

/** What is thrown at once, or by a promise: its code and message. */
async function thrown(act: () => unknown): Promise<string> {
  try {
    await act()
    return 'nothing'
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    return `${code}: ${message}`
  }
}

describe('an option that there is not is told, with the nearest that there is:', () => {
  test.each<[taker: string, act: (given: never) => unknown, given: object, meant: string]>([
    ['createWorld(scenario)', (given) => createWorld('lockout', given), { overides: {} }, 'overrides'],
    ['createWorld(scenario)', (given) => createWorldInPage('lockout', given), { sead: 1 }, 'seed'],
    ['handlers(world)', (given) => handlers(world, given), { orign: 'https://jira.example' }, 'origin'],
    ['createFetch(world)', (given) => createFetch(world, given), { adress: '::1' }, 'address'],
    ['listen(world)', (given) => listen(world, given), { prot: 4010 }, 'port'],
    ['createRequestListener(world)', (given) => createRequestListener(world, given), { adminTokn: '' }, 'adminToken'],
    ['understudy()', (given) => understudy(given), { scenaro: 'lockout' }, 'scenario'],
    ['users(options)', (given) => world.secureLogin.users(given), { lmit: 1 }, 'limit'],
    ['createSecureLoginClient(options)', (given) => createSecureLoginClient(given), { baseURL: '' }, 'baseUrl'],
    ['createSirportlyClient(options)', (given) => createSirportlyClient(given), { aplication: '' }, 'application'],
    ['createGenticsClient(options)', (given) => createGenticsClient(given), { fetsch: fetch }, 'fetch'],
  ])('%s', async (taker, act, given, meant) => {
    const [name = ''] = Object.keys(given)
    const told = await thrown(() => act(given as never))
    expect(told).toContain(`ERR_USAGE: ${taker} has no option "${name}"; there are `)
    expect(told).toContain(`Did you mean "${meant}"?`)
    expect(await thrown(() => act('lockout' as never))).toContain(`${taker} takes its options as an object, not `)
    expect(await thrown(() => act({ baseUrl: '', application: '', [name]: undefined } as never))).not.toContain(
      `"${name}"`,
    )
  })
})

describe('an origin that is none', () => {
  test.each([
    ['https://jira.example/', 'Did you mean "https://jira.example"?'],
    ['https://jira.example/jira', 'Did you mean "https://jira.example"?'],
    ['HTTPS://Jira.example', 'Did you mean "https://jira.example"?'],
    ['jira.example', 'it should look like http://localhost:5173'],
    ['', 'is no origin'],
    [7, '7 is no origin'],
  ])('%s is told by handlers', async (origin, words) => {
    expect(await thrown(() => handlers(world, { origin: origin as string }))).toContain(words)
  })

  test('one that is one is taken', () => {
    expect(handlers(world, { origin: 'https://jira.example:8443' })).toHaveLength(3)
  })
})

describe('a forgotten await', () => {
  test.each<[string, (promise: never) => unknown]>([
    ['handlers(world)', (promise) => handlers(promise)],
    ['createFetch(world)', (promise) => createFetch(promise)],
    ['listen(world)', (promise) => listen(promise)],
    ['createRequestListener(world)', (promise) => createRequestListener(promise)],
  ])('is told by %s, before anything is served', async (taker, act) => {
    expect(await thrown(() => act(createWorld() as never))).toBe(
      `ERR_WORLD_INVALID: ${taker} was given a promise: createWorld returns one. Say \`await createWorld(…)\`.`,
    )
  })

  test.each([
    ['in Node', createWorld],
    ['in a page', createWorldInPage],
  ])('is told where the promise is asked for what a world has, %s', async (_, create) => {
    const promise = create('lockout')
    expect(await thrown(() => (promise as never as typeof world).secureLogin.user('tim'))).toContain(
      'Say `await createWorld(…)`.',
    )
    expect((await promise).secureLogin.user('tim').view().failures).toBe(2)
  })
})

test.each([['4010'], [-1], [65_536], [1.5], [Number.NaN]])('%s is no port', async (port) => {
  expect(await thrown(() => listen(world, { port: port as number }))).toContain(
    'port is a whole number from 0 to 65535',
  )
})

describe('a client', () => {
  const makers: [string, (options: never) => unknown, object][] = [
    ['createSecureLoginClient', createSecureLoginClient, {}],
    ['createSirportlyClient', createSirportlyClient, { application: 'my-app' }],
    ['createGenticsClient', createGenticsClient, {}],
  ]

  test.each(makers)('%s wants a base URL', async (name, create, more) => {
    for (const given of [undefined, {}, { baseUrl: undefined }])
      expect(await thrown(() => create(given as never))).toMatch(
        new RegExp(`^ERR_USAGE: ${name}\\(options\\) needs a base URL such as https://`),
      )
    for (const baseUrl of ['jira.example', 'ftp://jira.example', 'https://', 7])
      expect(await thrown(() => create({ baseUrl, ...more } as never))).toContain(`${JSON.stringify(baseUrl)} is none`)
    for (const baseUrl of ['', '/jira', 'https://jira.example/jira/', new URL('https://jira.example').href])
      expect(await thrown(() => create({ baseUrl, ...more } as never))).toBe('nothing')
  })

  test('of Sirportly wants an application, and one of the control API a url', async () => {
    expect(await thrown(() => createSirportlyClient({ baseUrl: '' } as never))).toContain('needs an application')
    expect(await thrown(() => createControlClient({} as never))).toContain('needs a url')
  })
})

describe('a base URL that is off', () => {
  const send = createFetch(world)

  test('comes back with what the mock says of it', async () => {
    const client = createSecureLoginClient({ baseUrl: 'https://jira.example/wiki', fetch: send })
    const error = await client.info().catch((reason: unknown) => reason)
    const hint = 'The context path is /jira, not /wiki: /jira/rest/securelogin-admin/1.0/api/info'
    expect(error).toBeInstanceOf(AnswerUnexpectedError)
    expect(error).toMatchObject({ status: 404, hint, message: expect.stringContaining(` The mock says: ${hint}`) })
    const help = createSirportlyClient({ baseUrl: 'https://help.example/desk', application: 'a', fetch: send })
    expect(await thrown(() => help.authenticate({ username: 'adam', password: 's3cret', account: 'atech' }))).toContain(
      'Nothing stands before /api',
    )
    const cms = createGenticsClient({ baseUrl: 'https://cms.example/cms', fetch: send })
    expect(await thrown(() => cms.login('node', 'node'))).toContain('The context path is empty, not /cms.')
  })

  test.each<[string, ResponseInit, object]>([
    ['a real server', { status: 404 }, { detail: 'no 910817' }],
    ['another status', { status: 503, headers: { 'x-understudy-clause': 'SL-U1' } }, { detail: 'no 910817' }],
    ['no text', { status: 404, headers: { 'x-understudy-clause': 'SL-U1' } }, { detail: { no: 910817 } }],
  ])('nothing is passed on of %s', async (_, init, body) => {
    const fetch = async (): Promise<Response> => Response.json(body, init)
    const client = createSecureLoginClient({ baseUrl: 'https://jira.example', fetch })
    const error = await client.auth('910817').catch((reason: unknown) => reason)
    expect(error).toMatchObject({ hint: undefined, message: expect.not.stringContaining('910817') })
  })

  test('nor what holds a secret of the URL', async () => {
    const headers = { 'x-understudy-clause': 'GC-X1' }
    const fetch = async (url: string): Promise<Response> =>
      Response.json({ detail: `not ${url}` }, { status: 404, headers })
    const client = createGenticsClient({ baseUrl: 'https://cms.example', fetch })
    client.useSession('4711', 'secret-of-4711')
    const told = await thrown(() => client.validate('4711secret-of-4711'))
    expect(told).toContain('404')
    expect(told).not.toContain('secret-of-4711')
  })
})

describe('a scenario that there is not, in a page', () => {
  /** A page, for as long as the test runs. */
  function page(html: string): Document {
    const { document } = new Window()
    document.write(html)
    vi.stubGlobal('document', document)
    onTestFinished(() => void vi.unstubAllGlobals())
    return document as unknown as Document
  }

  test('is told in the page', async () => {
    const { body } = page('<body><main></main></body>')
    expect(await thrown(() => createWorldInPage('lokout'))).toContain('ERR_SCENARIO_UNKNOWN')
    const [shown] = body.children
    expect(shown?.getAttribute('role')).toBe('alert')
    expect(shown?.textContent).toMatch(/^auth-understudy: There is no scenario "lokout".*Did you mean "lockout"\?/s)
    expect(body.children).toHaveLength(2)
  })

  test('as text, whatever it is called', async () => {
    const { body } = page('<body></body>')
    await thrown(() => createWorldInPage('<img src=x>'))
    expect(body.querySelector('img')).toBeNull()
    expect(body.textContent).toContain('<img src=x>')
  })

  test('also where the script stands before the body, and nothing is shown where all is well', async () => {
    const document = page('<body></body>')
    await createWorldInPage('lockout')
    expect(document.body.children).toHaveLength(0)
    const { body } = document
    const at = vi.spyOn(document, 'body', 'get').mockReturnValue(null as never)
    await thrown(() => createWorldInPage('lokout'))
    at.mockReturnValue(body)
    document.dispatchEvent(new (document.defaultView as unknown as typeof globalThis).Event('DOMContentLoaded'))
    expect(body.children).toHaveLength(1)
  })
})
