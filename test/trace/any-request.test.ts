import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as registry from '../../src/apis/registry.ts'
import { rehearse } from '../../src/contract/coverage/rehearse.ts'
import { createWorld, traceTo, type TraceLine } from '../../src/index.ts'
import { request } from '../support/request.ts'
import { wildRequests } from '../support/wild-request.ts'

const paths = Object.values(registry).flatMap((api) =>
  api.operations.flatMap((each) => each.paths.map((path) => [api.id, path])),
)
const places = paths.map(([api, path = '']) => (api === 'secure-login' ? `/jira${path}` : path))

/** Fifteen letters and digits, as secrets of the CMS are: hidden wherever they stand. */
const secrets = fc
  .string({ unit: fc.constantFrom(...Array.from('bcdfghjkmnpqrstvwxyz23456789')), minLength: 13, maxLength: 13 })
  .map((text) => `7${text}Q`)

/** The places in which people put secrets, with the members that the APIs know. */
const bodies = (secret: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    '',
    secret,
    ` ${secret} `,
    `{"username":"alice","password":"${secret}"}`,
    `{"login":"node","password":"${secret}"}`,
    `{"login":"${secret}","password":"${secret}"}`.replace(`"login":"${secret}"`, '"login":5'),
    `{"username":"node","salt":"${secret}","expirationTimestamp":1.5,"rsaSignature":"${secret}"}`,
    `{"username":"node","salt":"${secret}","expirationTimestamp":9999999999,"rsaSignature":"${secret}"}`,
    `{"password":"${secret}","userId":12345}`,
    `{"password":"${secret}","hash":"${secret}"}`,
    `{"password":["${secret}"],"hash":{"password":"${secret}"}}`,
    `{"password":"${secret}`,
    `username=adam&password=${secret}&two_factor_code=${secret}&account=atech`,
    `username=faye&password=s3cret&two_factor_code=${secret}`,
    `--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n${secret}\r\n--b--\r\n`,
  )

const types = fc.constantFrom(
  'application/json',
  'application/json; charset=utf-8',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=b',
  'text/plain',
  '',
)

const headers = (secret: string): fc.Arbitrary<string[]> =>
  fc.constantFrom(
    [],
    ['cookie', `JSESSIONID=${secret}`],
    ['cookie', `GCN_SESSION_SECRET=${secret}`],
    ['authorization', `Basic ${btoa(`alice:${secret}`)}`],
    ['authorization', `Bearer ${secret}`],
    ['authorization', secret],
    ['x-auth-application', secret],
  )

const queries = (secret: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    '',
    'sid=0',
    `sid=1${secret}`,
    `sid=${secret}`,
    'sid=1',
    `username=adam&password=${secret}`,
    'allSessions=true',
  )

const requests = secrets.chain((secret) =>
  fc.record({
    secret: fc.constant(secret),
    method: fc.constantFrom('POST', 'POST', 'POST', 'GET', 'GET', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'),
    path: fc
      .constantFrom(...places)
      .chain((path) => fc.constantFrom('1', `1${secret}`, secret).map((sid) => path.replace('{sid}', sid))),
    type: types,
    body: bodies(secret),
    more: headers(secret),
    query: queries(secret),
    dialect: fc.constantFrom('documented', 'observed'),
  }),
)

test('any request with a secret is told without it, and can be played again without harm', async () => {
  const world = await createWorld({
    extends: 'cms-sessions',
    sirportly: { applications: ['known'] },
    'gentics-cms': { sso: { header: 'x-sso-user' } },
  })
  const stage = await createWorld()
  const lines: TraceLine[] = []
  await traceTo(world, (line) => lines.push(line))
  const outcomes = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(requests, async ({ secret, method, path, type, body, more, query, dialect }) => {
      lines.length = 0
      world.reset()
      world.genticsCms.set({ dialect })
      const typed = type === '' ? more : [...more, 'content-type', type]
      await world.play(request(method, path, { headers: typed, body, query }))
      const text = JSON.stringify(lines)
      expect(lines).toHaveLength(1)
      expect([secret, secret.slice(5), btoa(`alice:${secret}`)].filter((part) => text.includes(part))).toEqual([])
      expect(text).not.toContain('please report')
      const [line] = lines
      if (line?.interaction === undefined || 'untold' in line.interaction) return
      const reason = await rehearse(stage, line.clause, line.interaction)
      outcomes.set(reason ?? 'kept', (outcomes.get(reason ?? 'kept') ?? 0) + 1)
    }),
    { numRuns: 600 },
  )
  expect(outcomes.get('kept')).toBeGreaterThan(100)
  const others = [...outcomes.keys()].filter((reason) => reason !== 'kept')
  expect(others).toEqual([])
}, 60_000)

test('a request of any shape is told, or is not, but breaks nothing', async () => {
  const world = await createWorld()
  const lines: TraceLine[] = []
  await traceTo(world, (line) => lines.push(line))
  await fc.assert(
    fc.asyncProperty(wildRequests, async ({ method, path, inSession: _inSession, ...parts }) => {
      const { status } = await world.play(request(method, path, parts))
      const line = lines.pop()
      expect(JSON.stringify(line)).not.toContain('please report')
      expect(line?.status).toBe(status)
    }),
    { numRuns: 1000 },
  )
})
