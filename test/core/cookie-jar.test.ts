import fc from 'fast-check'
import { CookieJar as ToughJar } from 'tough-cookie'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { CookieJar, type Cookie } from '../../src/core/cookie-jar.ts'

const now = Date.UTC(2026, 0, 15, 9)
const url = 'https://jira.example/jira/rest/auth/1/session'

/** The Cookie line of a request after an answer from {@link url} has set these. */
function sentTo(place: string, ...lines: string[]): string | undefined {
  const jar = new CookieJar(() => now)
  jar.take(lines, url)
  return jar.lineFor(place)
}

describe('a cookie goes back', () => {
  it.each([
    ['to the host that set it', 'A=1', 'https://jira.example/jira/rest/auth/1/', 'A=1'],
    ['to no other host', 'A=1; Path=/', 'https://wiki.example/', undefined],
    ['to no host below', 'A=1; Path=/', 'https://eu.jira.example/', undefined],
    ['to hosts below its domain', 'A=1; Path=/; Domain=.JIRA.example', 'https://eu.jira.example/', 'A=1'],
    ['to hosts beside it with a domain in common', 'A=1; Path=/; Domain=example', 'https://wiki.example/', undefined],
    ['whatever the port', 'A=1; Path=/', 'https://jira.example:8443/', 'A=1'],
    ['below its path', 'A=1; Path=/jira', 'https://jira.example/jira/secure', 'A=1'],
    ['to its path itself', 'A=1; Path=/jira', 'https://jira.example/jira?x=/', 'A=1'],
    ['not to a path that only begins alike', 'A=1; Path=/jira', 'https://jira.example/jirafe', undefined],
    ["below the request's own path, where it names none", 'A=1', 'https://jira.example/jira/rest/user', undefined],
    ['below the root, where it says so', 'A=1; path=/', 'https://jira.example/', 'A=1'],
    ['over HTTP, unless it is Secure', 'A=1; Path=/', 'http://jira.example/', 'A=1'],
    ['over HTTPS only, where it is Secure', 'A=1; Path=/; secure', 'http://jira.example/', undefined],
    ['with the quotes it has', 'A="1"; Path=/', 'https://jira.example/', 'A="1"'],
    ['with an equals sign in its value', 'A=1=2; Path=/', 'https://jira.example/', 'A=1=2'],
    ['without the spaces around it', '  A =  1 2 ;Path = / ', 'https://jira.example/', 'A=1 2'],
    ['until its Max-Age, whatever Expires says', past('A=1; Max-Age=60'), 'https://jira.example/', 'A=1'],
    ['never after its Max-Age', 'A=1; Path=/; Max-Age=0', 'https://jira.example/', undefined],
    ['never after its Expires', past('A=1'), 'https://jira.example/', undefined],
    ['where its Expires is no date', 'A=1; Path=/; Expires=soon', 'https://jira.example/', 'A=1'],
    ['where its Max-Age is no number', 'A=1; Path=/; Max-Age=1h', 'https://jira.example/', 'A=1'],
    ['not without a name', '=1; Path=/', 'https://jira.example/', undefined],
    ['not where it is longer than browsers bear', `A=${'1'.repeat(4096)}; Path=/`, 'https://jira.example/', undefined],
    ['not where its prefix lies', '__Host-A=1; Path=/jira; Secure', 'https://jira.example/jira', undefined],
    ['where its prefix is true', '__host-A=1; Path=/; Secure', 'https://jira.example/jira', '__host-A=1'],
    ['not as __Secure- without Secure', '__Secure-A=1; Path=/', 'https://jira.example/', undefined],
  ])('%s', (_, line, place, sent) => {
    expect(sentTo(place, line)).toBe(sent)
  })

  it('over HTTP on this machine even where it is Secure, and from no other machine over HTTP', () => {
    const kept = (place: string): string | undefined => {
      const jar = new CookieJar(() => now)
      jar.take(['A=1; Path=/; Secure'], place)
      return jar.lineFor(place)
    }
    expect(['http://localhost:4010/', 'http://127.0.0.1/', 'http://[::1]/', 'http://x.localhost/'].map(kept)).toEqual(
      Array(4).fill('A=1'),
    )
    expect(['http://jira.example/', 'http://10.0.0.1/', 'http://localhost.example/'].map(kept)).toEqual(
      Array(3).fill(undefined),
    )
  })

  it('longest path first, then the oldest, which one that is set again stays', () => {
    expect(sentTo('https://jira.example/jira/', 'A=1; Path=/', 'B=1; Path=/', 'C=1; Path=/jira', 'A=2; Path=/')).toBe(
      'C=1; A=2; B=1',
    )
  })

  it('until it is taken away, by a line with the same path', () => {
    expect(sentTo('https://jira.example/', 'A=1; Path=/', 'A=; Path=/; Max-Age=0')).toBeUndefined()
    expect(sentTo('https://jira.example/', 'A=1; Path=/', 'A=; Path=/jira; Max-Age=0')).toBe('A=1')
  })
})

function past(line: string): string {
  return `${line}; Path=/; Expires=Thu, 01-Jan-1970 00:00:00 GMT`
}

describe('a jar', () => {
  it('reckons ends from the server’s clock', () => {
    let later = 0
    const jar = new CookieJar(() => now + later)
    jar.take(['A=1; Path=/; Expires=Thu, 15 Jan 2026 10:01:00 GMT'], url, now + 3_600_000)
    later = 59_000
    expect(jar.lineFor(url)).toBe('A=1')
    later = 61_000
    expect(jar.lineFor(url)).toBeUndefined()
  })

  it('gives up what was put in by hand for what the server sets', () => {
    const jar = new CookieJar(() => now)
    jar.put('A', 'mine', url)
    jar.put('A', 'other', 'https://wiki.example/')
    expect(jar.lineFor(url)).toBe('A=mine')
    jar.take(['A=theirs; Path=/jira'], url)
    expect(jar.lineFor(url)).toBe('A=theirs')
    expect(jar.lineFor('https://wiki.example/')).toBe('A=other')
  })

  it('says why it refuses a cookie', () => {
    const jar = new CookieJar(() => now)
    const lines = ['A=1; Secure', 'B=1; Domain=wiki.example', '__Host-C=1; Path=/', 'D=1', 'nothing']
    expect(jar.take(lines, 'http://jira.example/').map(({ because }) => because)).toEqual([
      'the cookie A is Secure, and http://jira.example is neither HTTPS nor this machine',
      'the cookie B is for wiki.example, where jira.example does not belong',
      'the cookie __Host-C is not Secure, as its name says',
    ])
    expect(jar.all.map(({ name }) => name)).toEqual(['D'])
  })

  it('is plain data, and can be made of it again', () => {
    const jar = new CookieJar(() => now)
    jar.take(['A=1; Max-Age=60; Secure', 'B=2; Domain=jira.example; Path=/'], url)
    const copy = new CookieJar(() => now, JSON.parse(JSON.stringify(jar.all)) as Cookie[])
    expect(copy.all).toEqual(jar.all)
    expect(copy.lineFor(url)).toBe('A=1; B=2')
  })
})

const hosts = ['jira.example', 'eu.jira.example', 'wiki.example', 'localhost', '127.0.0.1']
const word = fc.constantFrom('A', 'B', 'session', '"q"', 'a b', '', '__Host-A', '__Secure-A', '__host-B')
const spaces = fc.constantFrom('', ' ', '  ')
const anyCase = (text: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    text,
    text.toLowerCase(),
    text.toUpperCase(),
    text.replace(/^./, (first) => first.toLowerCase()),
  )
const path = fc.constantFrom('/', '/jira', '/jira/', '/jira/rest', '/jirafe', '/jira/rest/auth/1', 'jira', '')
const dates = [
  'Thu, 01 Jan 1970 00:00:00 GMT',
  'Thu, 15 Jan 2026 09:00:01 GMT',
  'Thursday, 15-Jan-26 08:59:59 GMT',
  'Sat Jan 16 10:00:00 2027',
  '16 jan 27 1:2:3',
  '31 Dec 1600 00:00:00',
  '2027-01-16T10:00:00Z',
  '99 Jan 2027 10:00:00',
  '16 Jan 2027 25:00:00',
  'soon',
  '',
]
const attribute = fc.oneof(
  fc.tuple(anyCase('Path'), path).map(([name, value]) => `${name}=${value}`),
  fc
    .tuple(anyCase('Domain'), fc.constantFrom(...hosts, '.jira.example', '', 'Example.com', 'other.example'))
    .map(([name, value]) => `${name}=${value}`),
  fc
    .tuple(anyCase('Max-Age'), fc.constantFrom('0', '-1', '60', '3600', '1h', '', '1.5'))
    .map(([name, value]) => `${name}=${value}`),
  fc.tuple(anyCase('Expires'), fc.constantFrom(...dates)).map(([name, value]) => `${name}=${value}`),
  anyCase('Secure'),
  anyCase('HttpOnly'),
  fc.constantFrom('SameSite=Lax', 'samesite=None', 'SameSite', 'Version=1', 'Priority=High', '', '=', '=x'),
)
const line = fc
  .tuple(
    spaces,
    word,
    fc.constantFrom('=', ' = ', ''),
    word,
    fc.array(fc.tuple(spaces, attribute, spaces), { maxLength: 5 }),
  )
  .map(([space, name, equals, value, rest]) =>
    [space + name + equals + value, ...rest.map((parts) => parts.join(''))].join(';'),
  )
const place = fc
  .tuple(fc.constantFrom('https', 'http'), fc.constantFrom(...hosts), fc.constantFrom('', ':8443'), path)
  .map(([scheme, host, port, at]) => `${scheme}://${host}${port}${at.startsWith('/') ? at : `/${at}`}`)

/** In what the two differ on purpose. */
const deliberate: readonly ((set: readonly (readonly [line: string, url: string])[]) => boolean)[] = [
  // For us, as for browsers and RFC 6265bis, a cookie for a host alone and one for the host and those below are two.
  (set) => set.some(([text]) => /;\s*domain/i.test(text)) && set.some(([text]) => !/;\s*domain/i.test(text)),
  // RFC 6265bis has the prefixes in any case, since servers read names in any case.
  (set) => set.some(([text]) => /^\s*__h/.test(text)),
]

describe('beside tough-cookie', () => {
  afterEach(() => vi.useRealTimers())

  it('sends the same cookies for any lines and places', () => {
    // It looks at the clock by itself.
    vi.useFakeTimers({ toFake: ['Date'] })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(line, place), { minLength: 1, maxLength: 6 }),
        place,
        fc.constantFrom(0, 59_000, 61_000, 4_000_000),
        (set, asked, later) => {
          fc.pre(!deliberate.some((differs) => differs(set)))
          const ours = new CookieJar(Date.now)
          const theirs = new ToughJar(undefined, { rejectPublicSuffixes: false })
          vi.setSystemTime(now)
          for (const [text, from] of set) {
            ours.take([text], from)
            theirs.setCookieSync(text, from, { ignoreError: true })
          }
          vi.setSystemTime(now + later)
          expect(ours.lineFor(asked) ?? '').toBe(theirs.getCookieStringSync(asked))
        },
      ),
      { numRuns: 2000 },
    )
  })
})
