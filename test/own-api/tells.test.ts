import { expect, test } from 'vitest'
import { bare, defineApi, text } from '../../src/api.ts'
import { checkedApi, type CheckedApi } from '../../src/contract/target/checked-api.ts'
import { credentialsIn } from '../../src/contract/playing/credentials.ts'
import { login } from './login.ts'

const open = bare(204, 'right')

/** A door that is told something in a place. */
function doorWith(tells: unknown): unknown {
  return {
    id: 'door',
    user: { code: text({ about: 'the code' }) },
    clauses: { 'D-1': { text: 'It opens.', says: { open } } },
    operations: { open: { at: 'POST /open/{who}', about: 'opens', tells, step: () => open } },
  }
}

test.each([
  ['query', 'tells: "query" tells nothing; write { username:'],
  [{ usernam: 'query.who' }, 'Did you mean "username"?'],
  [{ password: 'body.password' }, '"password" is not known here; known are username, code.'],
  [{ username: 'query:who' }, 'tells.username: "query:who" is no place in a request, such as query.badge'],
  [{ username: 'query.' }, 'tells.username: "query." is no place in a request'],
  [{ username: 5 }, 'tells.username: 5 is no place in a request'],
  [{ username: 'params.whom' }, '"params.whom" is not in "POST /open/{who}": it leaves no {whom} open.'],
])('a request that tells %j is refused', (tells, message) => {
  expect(() => defineApi(doorWith(tells) as never)).toThrow(message)
})

const request = {
  method: 'POST',
  path: '/anywhere/door/open/ada%20l',
  query: 'code=1&code=2',
  headers: ['Authorization', `Basic ${btoa('bob:4:5')}`, 'content-type', 'application/json', 'X-Who', 'eve'],
  body: new TextEncoder().encode('{"who":7,"code":["no text"]}'),
  address: '127.0.0.1',
}

test.each([
  [
    { username: 'params.who', code: 'query.code' },
    { username: 'ada l', code: '1' },
  ],
  [
    { username: 'basic', code: 'basic' },
    { username: 'bob', code: '4:5' },
  ],
  [
    { username: 'headers.X-Who', code: 'text' },
    { username: 'eve', code: '{"who":7,"code":["no text"]}' },
  ],
  [{ username: 'body.who', code: 'body.code' }, { username: '7' }],
  [{ username: 'query.constructor' }, {}],
])('what a request tells at %j is read', async (tells, told) => {
  const api = (await checkedApi(defineApi(doorWith(tells) as never))) as CheckedApi
  expect(credentialsIn(api, 'open', request)).toEqual(told)
})

test('who tells a password or code tries one, for verify as well', async () => {
  const { kit } = (await checkedApi(login)) as CheckedApi
  expect(kit.lockout?.operations).toEqual(['password', 'pin'])
  expect(kit.tells).toMatchObject({ pin: { code: 'text' }, me: {} })
})
