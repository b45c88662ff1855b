import { expect, test, vi } from 'vitest'
import { tellLints } from '../../src/testing/tell-lints.ts'

const lint = { id: 'code-while-blocked', api: 'secure-login', clause: 'SL-18', sentence: 'It was sent.', mend: 'Wait.' }
const found = ['r1', 'r2', 'r3', 'r4', 'r5', 'r6', 'r7'].map((request) => ({ ...lint, request }))

test('what a client did is warned of once, whatever it did how often', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  tellLints('warn', 'a test', found)
  tellLints('warn', 'a test', [])
  tellLints('off', 'a test', found)
  expect(warn.mock.calls).toEqual([
    [
      [
        '"a test" passed, but: The client did what the contract of an API tells it not to do:',
        '  code-while-blocked, SL-18: It was sent. (r1, r2, r3, r4, r5 and 2 more)',
        '    Wait.',
      ].join('\n'),
    ],
  ])
  warn.mockRestore()
  expect(() => tellLints('error', 'a test', found)).toThrow(expect.objectContaining({ code: 'ERR_LINT' }))
})
