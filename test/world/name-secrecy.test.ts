import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { sessionPath } from '../support/phone.ts'
import { request, type RequestParts } from '../support/request.ts'

const letters = Array.from('0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ')
const secrets = fc
  .string({ unit: fc.constantFrom(...letters), minLength: 12, maxLength: 30 })
  .filter((text) => /\D/.test(text))

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1)
const stem = fc.constantFrom(
  'password',
  'passwd',
  'pwd',
  'pass',
  'secret',
  'token',
  'pin',
  'otp',
  'code',
  'signature',
  'api key',
)
const before = fc.constantFrom('', 'new', 'old', 'os', 'user', 'x', 'client', 'my own')
const behind = fc.constantFrom('', '', '2', 'confirmation')

/** A name of these words, as people join words. */
const joined = fc.constantFrom<(words: readonly string[]) => string>(
  (words) => words.join('_'),
  (words) => words.join('-'),
  (words) => words.join('_').toUpperCase(),
  (words) => words.map((word, index) => (index === 0 ? word : capital(word))).join(''),
  (words) => words.map(capital).join(''),
)
const names = fc
  .tuple(before, stem, behind, joined)
  .map(([one, two, three, join]) =>
    join([one, two, three].flatMap((word) => word.split(' ')).filter((word) => word !== '')),
  )
/** Where it stands among others. */
const within = fc.constantFrom<(name: string) => string>(
  (name) => name,
  (name) => `user[${name}]`,
  (name) => `${name}[]`,
  (name) => `users[0][${name}]`,
  (name) => `login.${name}`,
)

const hex = (letter: string): string => (letter.codePointAt(0) ?? 0).toString(16).padStart(2, '0')
const some = (text: string, every: number, spell: (letter: string) => string): string =>
  Array.from(text, (letter, index) => (index % every === 0 && /[a-z]/i.test(letter) ? spell(letter) : letter)).join('')
const inPercent = (text: string, every: number): string => some(text, every, (letter) => `%${hex(letter)}`)
const inJson = (text: string, every: number): string => some(text, every, (letter) => `\\u00${hex(letter)}`)

/** How the name is spelt, and where it goes. */
const places: { readonly [place: string]: (name: string, secret: string, every: number) => RequestParts } = {
  'a query': (name, secret) => ({ query: `a=b&${name}=${secret}` }),
  'a query, in percent': (name, secret, every) => ({ query: `${inPercent(name, every)}=${secret}` }),
  'a query, twice in percent': (name, secret, every) => ({
    query: `${inPercent(name, every).replaceAll('%', '%25')}=${secret}&a=b`,
  }),
  'a query, all of it encoded': (name, secret) => ({
    query: new URLSearchParams({ a: 'b', [name]: secret }).toString(),
  }),
  'a form': (name, secret) => ({ body: `username=alice&${name}=${secret}` }),
  'a form, in percent': (name, secret, every) => ({ body: `${inPercent(name, every)}=${secret}&a=b` }),
  JSON: (name, secret) => ({ body: JSON.stringify({ username: 'alice', [name]: secret }) }),
  'JSON, escaped': (name, secret, every) => ({ body: `{"${inJson(name, every)}":"${secret}"}` }),
  'JSON, broken': (name, secret) => ({ body: `{"a":[1,{"${name}" : "${secret}` }),
  'JSON, broken and escaped': (name, secret, every) => ({ body: `{"a":1,"${inJson(name, every)}":"${secret}",` }),
  'JSON, in single quotes': (name, secret) => ({ body: `{'a':1,'${name}':'${secret}'}` }),
  'JSON, deeper': (name, secret) => ({ body: JSON.stringify({ a: [{ [name]: { b: [secret] } }] }) }),
  'JSON within JSON': (name, secret) => ({ body: JSON.stringify({ a: JSON.stringify({ [name]: secret }) }) }),
  'a query within JSON': (name, secret) => ({ body: JSON.stringify({ a: `/x?b=c&${name}=${secret}` }) }),
  'JSON in a form': (name, secret) => ({ body: `a=${encodeURIComponent(JSON.stringify({ [name]: secret }))}` }),
  'an address in a query': (name, secret) => ({ query: `a=${encodeURIComponent(`https://x/?${name}=${secret}`)}` }),
  'an address in an address in a query': (name, secret) => ({
    query: `a=${encodeURIComponent(`https://x/?b=${encodeURIComponent(`/y?${name}=${secret}`)}`)}`,
  }),
  'a query, beside what cannot be decoded': (name, secret, every) => ({
    query: `a=%zz%E0%2Fx%3F${inPercent(name, every).replaceAll('%', '%25')}%3D${secret}&%${name}=${secret}`,
  }),
  'where somebody came from': (name, secret) => ({ headers: ['referer', `https://x/?a=b&${name}=${secret}#c`] }),
}

function shown(world: WorldOf): string {
  const { requests } = world
  return JSON.stringify([requests, requests.map(({ id }) => [world.request(id), world.why(id)])])
}

describe('a secret is known by its name', () => {
  it.each(Object.entries(places))('in %s, however it is spelt', async (_, carry) => {
    const world = await createWorld('default', { salt: 'secrecy' })
    const targets = fc.constantFrom(
      sessionPath,
      '/api/v2/authentication/authenticate',
      '/rest/auth/login',
      '/elsewhere',
    )
    await fc.assert(
      fc.asyncProperty(
        names,
        within,
        secrets,
        fc.integer({ min: 1, max: 4 }),
        targets,
        async (name, put, secret, every, path) => {
          world.reset()
          await world.play(request('POST', path, carry(put(name), secret, every)))
          const view = shown(world)
          expect([secret.slice(0, 8), secret.slice(-8)].filter((part) => view.includes(part))).toEqual([])
        },
      ),
      { numRuns: 150 },
    )
  })

  it('and what is none stays legible', async () => {
    const world = await createWorld('default')
    const body = {
      username: 'alice',
      state: 'enter',
      responseCode: 'OK',
      keyword: 'x',
      pinned: true,
      hasPassword: false,
    }
    const query = 'username=alice&countryCode=AT&q=token%20ring&next=%2Fdash%3Ftab%3D1'
    const headers = [
      'from',
      'mailto:alice@jira.example',
      'content-type',
      'application/json',
      'user-agent',
      'Phone/1.0 (a; b=c)',
      'referer',
      'https://x/?tab=1&a=b',
    ]
    await world.play(request('POST', '/elsewhere', { query, headers, body: JSON.stringify(body) }))
    const { path, request: seen } = world.request('r1')
    expect(path).toBe(`/elsewhere?${query}`)
    expect(JSON.parse(seen.body ?? '')).toEqual(body)
    expect(seen.headers.flat()).toEqual(headers)
  })

  it('and records show all that their descriptions do not call secret', async () => {
    const world = await createWorld('default')
    const headers = ['content-type', 'application/json']
    await world.play(request('POST', sessionPath, { headers, body: '{"username":"alice","password":"alice"}' }))
    const user = world.why('r1').records.find(({ key }) => key === 'secure-login/user:alice')
    expect(user?.after).toMatchObject({ username: 'alice', state: 'enter', pinEpoch: 0, sessionEpoch: 0, failures: 0 })
    expect(user?.after).toMatchObject({ password: '***', pin: '***' })
    expect(JSON.parse(world.request('r1').reply.body ?? '')).toMatchObject({
      session: { name: 'JSESSIONID', value: '***' },
    })
  })
})
