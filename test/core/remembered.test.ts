import { expect, test } from 'vitest'
import { remembered } from '../../src/core/remembered.ts'

test('a function that remembers makes what it is asked again once', () => {
  const made: string[] = []
  const keyOf = remembered((id) => {
    made.push(id)
    return `user:${id}`
  })
  expect(['alice', 'bob', 'alice', '', ''].map(keyOf)).toEqual([
    'user:alice',
    'user:bob',
    'user:alice',
    'user:',
    'user:',
  ])
  expect(made).toEqual(['alice', 'bob', ''])
})

test('it remembers neither long texts nor many', () => {
  let made = 0
  const keyOf = remembered((id) => {
    made++
    return `user:${id}`
  })
  const long = 'a'.repeat(201)
  expect([keyOf(long), keyOf(long)]).toEqual([`user:${long}`, `user:${long}`])
  expect(made).toBe(2)
  for (let id = 0; id <= 1000; id++) expect(keyOf(String(id))).toBe(`user:${id}`)
  expect(made).toBe(1003)
  keyOf('1000')
  expect(made).toBe(1003)
  keyOf('0')
  expect(made).toBe(1004)
})
