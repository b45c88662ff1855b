import { createWorld, type WhyView, type World, type WorldOf } from '../../src/index.ts'
import type { Random } from '../../src/core/random.ts'
import { headerValue } from '../../src/core/http.ts'
import type { Answer } from '../../src/world/play.ts'
import { HostTime } from '../support/host-time.ts'
import { apiPath, Phone, sessionPath } from '../support/phone.ts'
import { request, type RequestParts } from '../support/request.ts'
import type { Parser } from './parser.ts'

const helpDesk = '/api/v2/authentication/authenticate'

/** A world that keeps little, so that memory is flat early, with sessions open in it. */
async function open(): Promise<{ world: WorldOf; cookie: string }> {
  const time = new HostTime('2026-01-15T09:00:00Z')
  const limits = { journalLimit: 20, sessionLimit: 20, worldLimit: 5 }
  const cms = { trustProxy: true }
  const world = await createWorld({ extends: 'default', 'gentics-cms': cms }, { time: time.time, ...limits })
  const { session } = await Phone.signIn(world, 'alice')
  return { world, cookie: `JSESSIONID=${session}` }
}

/** What any request has to be answered with, whatever it is. */
function judge(world: WorldOf, answer: Answer): string {
  const { status, headers } = answer
  if (!(status >= 200 && status < 500)) throw new Error(`status ${status}: ${String(answer.body)}`)
  const broken = headers.filter((text) => !/^[\x20-\x7e]*$/.test(text))
  if (broken.length > 0) throw new Error(`header ${JSON.stringify(broken)}`)
  const id = headerValue(headers, 'x-understudy-request')
  // Only a world that is none answers without.
  if (id === undefined) return `${status}`
  const why = world.worlds
    .all()
    .map((each) => reason(each, id))
    .find((found) => found !== undefined)
  if (why?.status !== status) throw new Error(`no reason is given for ${id}`)
  return `${status} ${why.clause} ${why.because.slice(0, 40)}`
}

function reason(world: World, id: string): WhyView | undefined {
  try {
    return world.why(id)
  } catch {
    return undefined
  }
}

type Sender = (input: string, random: Random) => [method: string, path: string, parts: RequestParts]

function opened(toRequest: (cookie: string) => Sender): Parser['open'] {
  return async () => {
    const { world, cookie } = await open()
    const start = world.snapshot()
    const sender = toRequest(cookie)
    let count = 0
    return (input, random) => {
      // What one input did must not hide what the next one does.
      if (count++ % 50 === 0) world.restore(start)
      const [method, path, parts] = sender(input, random)
      const answer = world.worlds.play(request(method, path, parts), world)
      return answer instanceof Promise ? answer.then((late) => judge(world, late)) : judge(world, answer)
    }
  }
}

function oneOf<Item>(random: Random, items: readonly Item[]): Item {
  return items[random.below(items.length)] as Item
}

/** As bytes that are UTF-8, or that are often none. */
function toBytes(text: string, random: Random): Uint8Array {
  return random.below(4) === 0 ? Buffer.from(text, 'latin1') : Buffer.from(text)
}

const jsonType = ['content-type', 'application/json']
const multipart = (...parts: string[]): string =>
  `${parts.map((part) => `--x\r\nContent-Disposition: form-data; name="${part}"\r\n\r\ns3cret\r\n`).join('')}--x--\r\n`

/** JSON, text, forms and multipart forms. */
export const bodies: Parser = {
  name: 'HTTP bodies',
  corpus: [
    '910817',
    '000000',
    '{"username":"alice","password":"alice"}',
    '{"login":"node","password":"node"}',
    '{"username":"node","salt":"x","expirationTimestamp":4000000000,"rsaSignature":"AAAA"}',
    'username=adam&password=s3cret&ip_address=127.0.0.1',
    'username=faye&password=s3cret&code=123456',
    'user_token=abc&user_secret=def',
    '{"username":"adam","password":"s3cret"}',
    multipart('username', 'password'),
  ],
  words: 'username password login code ip_address adam faye tess alice s3cret --x name="'.split(' '),
  open: opened((cookie) => (input, random) => {
    const body = toBytes(input, random)
    switch (random.below(5)) {
      case 0:
        return ['POST', sessionPath, { headers: jsonType, body }]
      case 1:
        return ['POST', `${apiPath}/auth`, { headers: ['cookie', cookie, 'content-type', 'text/plain'], body }]
      case 2:
        return ['POST', '/rest/auth/login', { query: 'sid=0', headers: jsonType, body }]
      case 3: {
        const types = [
          'application/x-www-form-urlencoded',
          'application/json',
          'text/plain',
          ...(random.below(8) === 0 ? ['multipart/form-data; boundary=x'] : []),
        ]
        return ['POST', helpDesk, { headers: ['x-auth-application', 'a', 'content-type', oneOf(random, types)], body }]
      }
      default:
        return ['POST', '/rest/auth/loginwithrsa', { query: 'sid=0', headers: jsonType, body }]
    }
  }),
}

/** Cookies, credentials, and whatever else comes in a header. */
export const headers: Parser = {
  name: 'cookies and headers',
  corpus: [
    'JSESSIONID=0123456789ABCDEF0123456789ABCDEF',
    'JSESSIONID="x"; Path=/; HttpOnly',
    'GCN_SESSION_SECRET=SharedByTwo0001; JSESSIONID=x',
    'x-understudy-world=other; a=b',
    `Basic ${btoa('alice:alice')}`,
    'Bearer example-sso-token',
    'text/plain; charset=UTF-8',
    'application/x-www-form-urlencoded',
    '203.0.113.7, ::ffff:10.0.0.1, 127.0.0.1',
    'for=192.0.2.60;proto=http;by=203.0.113.43',
    'other-world.1',
  ],
  words: ['JSESSIONID', 'GCN_SESSION_SECRET', 'Basic ', 'Bearer ', 'Path=/', 'HttpOnly', 'bob:bob', '127.0.0.1', '::1'],
  open: opened((cookie) => (input, random) => {
    const names = [
      'cookie',
      'authorization',
      'content-type',
      'x-forwarded-for',
      'x-auth-application',
      'x-understudy-world',
    ]
    const name = oneOf(random, names)
    const value = input.replaceAll('$session', cookie)
    const [method, path, query] = oneOf(random, [
      ['GET', `${apiPath}/user`, ''],
      ['POST', `${apiPath}/auth`, ''],
      ['POST', helpDesk, ''],
      ['GET', '/rest/user/me', 'sid=1'],
      ['GET', '/rest/auth/ssologin', ''],
      ['POST', '/rest/auth/logout/1', ''],
    ] as const)
    return [
      method,
      path,
      { query, headers: [name, value, ...(name === 'cookie' ? [] : ['cookie', cookie])], body: '1' },
    ]
  }),
}

/** Paths and queries. */
export const targets: Parser = {
  name: 'paths and queries',
  corpus: [
    `${apiPath}/info`,
    `${apiPath}/user`,
    sessionPath,
    '/rest/auth/login?sid=0',
    '/rest/auth/validate/1SharedByTwo0001',
    '/rest/auth/logout/1?allSessions=true',
    '/rest/auth/ssologin?ts=1&sid=2',
    `${helpDesk}?username=adam&password=s3cret&ip_address=127.0.0.1`,
    '/rest/securelogin/1.0/api/info',
  ],
  words: 'sid= allSessions= /rest/ /auth/ validate/ securelogin .json /jira /api/v2 %2F ? &'.split(' '),
  open: opened((cookie) => (input, random) => {
    const mark = input.indexOf('?')
    const [path, query] = mark < 0 ? [input, ''] : [input.slice(0, mark), input.slice(mark + 1)]
    const method = oneOf(random, ['GET', 'GET', 'POST', 'HEAD', 'PUT', 'OPTIONS'])
    return [method, path, { query, headers: ['cookie', cookie, 'x-auth-application', 'a'] }]
  }),
}
