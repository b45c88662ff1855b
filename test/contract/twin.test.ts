import { expect, it, test } from 'vitest'
import type { Answered } from '../../src/contract/comparing/answered.ts'
import type { Exchange } from '../../src/contract/playing/exchange.ts'
import { repeatedPasswords } from '../../src/contract/playing/repeated-password.ts'
import { isUnlikeTwin, unlikeTwin } from '../../src/contract/playing/twin.ts'

function answer(body: object | string, headers: string[] = [], status = 200): Answered {
  return { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body), at: 0 }
}

function exchange(expected: Answered, received: Answered, step = 0): Exchange {
  return {
    step,
    call: { method: 'GET', path: '/', headers: [], body: undefined },
    sent: { do: 'send', method: 'GET', path: '/' },
    meaning: { clause: 'PLAYED', because: '', operation: undefined, user: undefined },
    expected,
    received,
    differences: [],
  }
}

const wanted = answer({ status: 'InvalidCredentials', username: 'adam' })
const alsoWanted = answer({ status: 'InvalidCredentials', username: 'nobody' })
const first = exchange(wanted, answer({ status: 'InvalidCredentials', username: 'adam' }, ['date', 'Thu']), 4)

it.each<[what: string, received: Answered, where: string[]]>([
  ['nothing where each tells its own', answer({ status: 'InvalidCredentials', username: 'nobody' }), []],
  ['a status', answer({ status: 'InvalidCredentials', username: 'nobody' }, [], 404), ['status']],
  ['a member', answer({ status: 'InvalidCredentials', username: 'nobody', hint: 'name' }), ['body.hint']],
  ['a member that is missing', answer({ status: 'InvalidCredentials' }), ['body.username']],
  ['a word that should be one', answer({ status: 'UnknownUser', username: 'nobody' }), ['body.status']],
  ['a header', answer({ status: 'InvalidCredentials', username: 'nobody' }, ['X-Known', 'no']), ['header x-known']],
  ['nothing in headers that come and go', answer({ status: 'InvalidCredentials', username: 'n' }, ['Age', '1']), []],
])('answers that should be alike differ in %s', (_, received, where) => {
  const found = unlikeTwin(first, exchange(alsoWanted, received, 5))
  expect(found.map((difference) => difference.where)).toEqual(where)
  expect(found.every(isUnlikeTwin)).toBe(true)
  expect(found.every(({ expected }) => expected.endsWith(', as in step 5'))).toBe(true)
})

const adam = { role: 'user', username: 'adam', password: 'open sesame' }

test('a password is found wherever an answer repeats it, and is not told again', () => {
  const received = answer({ user: { note: 'was: open sesame' } }, ['X-Tried', 'open sesame'])
  expect(repeatedPasswords(answer({}), received, [adam])).toEqual([
    { where: 'header x-tried', how: 'extra', expected: 'no password', received: 'the password' },
    { where: 'body.user.note', how: 'extra', expected: 'no password', received: 'the password' },
  ])
  expect(repeatedPasswords(answer(''), answer('open sesame'), [adam])).toHaveLength(1)
})

test('a password is none that is expected, short, or a name', () => {
  const received = answer({ password: 'open sesame', username: 'adam-the-first' })
  expect(repeatedPasswords(answer({ password: 'open sesame' }), received, [adam])).toEqual([])
  expect(repeatedPasswords(answer({}), answer({ a: 'short' }), [{ ...adam, password: 'short' }])).toEqual([])
  expect(repeatedPasswords(answer({}), received, [{ role: 'user', username: 'adam-the-first' }])).toEqual([])
})
