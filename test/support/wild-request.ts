import fc from 'fast-check'
import { apiPath, sessionPath } from './phone.ts'
import type { RequestParts } from './request.ts'

/** The paths that Secure Login and its host answer. */
export const knownPaths = ['/info', '/user', '/auth'].map((path) => apiPath + path).concat(sessionPath)
const bytes = fc.uint8Array({ maxLength: 64 })
const texts = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }))

/** Bytes that are no UTF-8 wherever they stand. */
const brokenUtf8 = fc
  .tuple(bytes, fc.constantFrom([0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x28]), bytes)
  .map(([before, broken, after]) => Uint8Array.from([...before, ...broken, ...after]))

const bodies = fc.oneof(
  bytes,
  brokenUtf8,
  texts,
  fc.constantFrom('910817', '000000', '9'.repeat(5000), '1e999999999', '-0', '\u0000910817', '0x910817', '٩١٠٨١٧'),
  fc.constantFrom('{"username":"alice","password":"alice"}', '{"username":"alice"}', '{"username":{},"password":[]}'),
  fc.constantFrom('{"__proto__":{"username":"alice"},"password":"x"}', '[]', 'null', '{', '"alice"', '\uFEFF{}'),
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc.nat(3).map((depth) => `${'['.repeat(10 ** depth)}${']'.repeat(10 ** depth)}`),
)

const headerNames = fc.constantFrom(
  'cookie',
  'Cookie',
  'authorization',
  'Authorization',
  'content-type',
  'Content-Type',
  'x-forwarded-for',
  'x-understudy-world',
  'set-cookie',
  '',
  '__proto__',
  'host',
)
const headerValues = fc.oneof(
  texts,
  fc.constantFrom(
    'JSESSIONID=',
    'JSESSIONID="',
    '=;=;',
    ';;;',
    'JSESSIONID=__proto__',
    'JSESSIONID=x; JSESSIONID=y',
    'JSESSIONID',
  ),
  fc.constantFrom(
    'Basic',
    'Basic ',
    'Basic ====',
    'Basic !!!',
    'basic YQ',
    `Basic ${btoa('alice:alice')}`,
    'Bearer x',
    'Basic YWxpY2U=',
  ),
  fc.constantFrom(`Basic ${btoa(':')}`, `Basic ${btoa('__proto__:x')}`, `Basic ${btoa('\xff\xfe:\xff')}`, 'Basic a-_b'),
  fc.constantFrom(
    'text/plain',
    'application/json',
    'text/plain;;',
    ';',
    'text/plain, application/json',
    '::ffff:1.2.3.4',
    ',',
    ', ,',
  ),
)
const headers = fc
  .array(
    fc.oneof(
      { weight: 9, arbitrary: fc.tuple(headerNames, headerValues).map((pair): string[] => pair) },
      { weight: 1, arbitrary: headerNames.map((name) => [name]) },
    ),
    { maxLength: 6 },
  )
  .map((pairs) => pairs.flat())

const methods = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('GET', 'POST') },
  fc.constantFrom('HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'CONNECT', 'get', 'QUERY', ''),
  fc.string({ maxLength: 8 }),
)
const paths = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...knownPaths) },
  fc
    .constantFrom(...knownPaths)
    .chain((path) =>
      fc.constantFrom(
        `${path}/`,
        `${path}%`,
        path.toUpperCase(),
        `${path}?`,
        path.replaceAll('-', '\u2212'),
        path.slice(5),
        `/${path}`,
        encodeURI(path.replaceAll('-', '\u2212')),
      ),
    ),
  fc.constantFrom(
    '',
    '/',
    '*',
    '//',
    '/%',
    '/%E0%A4%A',
    '/rest/securelogin',
    '/rest/securelogin\n',
    '/__proto__',
    '/rest/auth/1/session',
    '/x/rest/securelogin-admin',
  ),
  texts,
)

/** A request as nobody should send it, but somebody will. */
export type Wild = RequestParts & { readonly method: string; readonly path: string; readonly inSession: boolean }

export const wildRequests: fc.Arbitrary<Wild> = fc.record({
  method: methods,
  path: paths,
  query: texts,
  headers,
  body: bodies,
  address: fc.constantFrom('127.0.0.1', '::1', '', '::ffff:10.0.0.1', 'unknown'),
  tooLarge: fc.constantFrom(false, false, false, false, true),
  inSession: fc.boolean(),
})
