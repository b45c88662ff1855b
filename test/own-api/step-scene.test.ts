import { expect, test } from 'vitest'
import { readParams, readRequest } from '../../src/define/read-request.ts'
import { Draft } from '../../src/core/draft.ts'

const request = (query: string, type: string, body: string): Parameters<typeof readRequest>[0] => ({
  method: 'POST',
  path: '/',
  query,
  headers: ['Content-Type', type, 'X-Twice', 'first', 'x-twice', 'second'],
  body: new TextEncoder().encode(body),
  address: '127.0.0.1',
})

test('a request is read by names, of which the first counts and none is there by itself', () => {
  const form = 'application/x-www-form-urlencoded; charset=UTF-8'
  const { query, headers, body, text } = readRequest(request('a=1&a=2&b=%20', form, 'c=3&c=4'))
  expect([query['a'], query['b'], headers['x-twice'], body['c'], text]).toEqual(['1', ' ', 'first', '3', 'c=3&c=4'])
  for (const named of [query, headers, body])
    expect([named['constructor'], named['__proto__']]).toEqual([undefined, undefined])
  expect(readRequest(request('', 'application/hal+json', '{"d":[5],"__proto__":6}')).body).toEqual(
    Object.assign(Object.create(null), { d: [5], ['__proto__']: 6 }),
  )
  expect(readRequest(request('', 'text/plain', '{"d":5}')).body['d']).toBeUndefined()
  expect(readParams({ name: 'a%20b', half: '%E0%A4' })).toEqual(
    Object.assign(Object.create(null), { name: 'a b', half: '%E0%A4' }),
  )
})

test('what a step has put, it finds', () => {
  const records = new Draft({ get: (key) => (key === 'a' ? 1 : undefined) })
  records.commit([{ key: 'b', value: 2 }])
  records.commit([{ key: 'a', value: undefined }])
  expect([records.get('a'), records.get('b')]).toEqual([undefined, 2])
  expect(records.changes).toEqual([
    { key: 'b', value: 2 },
    { key: 'a', value: undefined },
  ])
})
