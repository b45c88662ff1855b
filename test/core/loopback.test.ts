import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLoopback } from '../../src/core/loopback.ts'

describe('a host that only this machine reaches', () => {
  it.each([
    'localhost',
    'LOCALHOST',
    'localhost.',
    'app.localhost',
    'a.b-c.localhost',
    '127.0.0.1',
    '127.9.9.9',
    '::1',
    '[::1]',
    '0:0:0:0:0:0:0:1',
    '[::ffff:127.0.0.1]',
    '::ffff:7f00:1',
    '[::FFFF:7FFF:FFFF]',
  ])('is %s', (host) => {
    expect(isLoopback(host)).toBe(true)
  })

  it.each([
    '',
    '.',
    'localhost.evil.example',
    'evil-localhost',
    'evil.example/.localhost',
    'localhost..',
    '.localhost',
    '127.0.0.1.evil.example',
    '127.evil.com',
    '::ffff:127.evil.com',
    '[::ffff:127.evil.com]',
    '::ffff:7f.evil.com',
    '::ffff:7f',
    '::ffff:8.8.8.8',
    '::7f00:1',
    '127.1',
    '0x7f.1',
    '0177.0.0.1',
    '2130706433',
    '0.0.0.0',
    '::',
    '128.0.0.1',
    '[127.0.0.1]',
    '[::1',
    '::1]',
    '[localhost]',
  ])('is not %j', (host) => {
    expect(isLoopback(host)).toBe(false)
  })

  it('is an address of 127.0.0.0/8, however IPv6 spells it, and no other', () => {
    const hex = (high: number, low: number): string => ((high << 8) | low).toString(16)
    fc.assert(
      fc.property(fc.tuple(fc.oneof(fc.constant(127), fc.nat(255)), fc.nat(255), fc.nat(255), fc.nat(255)), (bytes) => {
        const dotted = bytes.join('.')
        const mapped = `::ffff:${hex(bytes[0], bytes[1])}:${hex(bytes[2], bytes[3])}`
        for (const host of [dotted, `::ffff:${dotted}`, `[::ffff:${dotted}]`, mapped, `[${mapped}]`])
          expect([host, isLoopback(host)]).toEqual([host, bytes[0] === 127])
      }),
    )
  })

  it('is nothing that goes on as a name of somebody else', () => {
    const start = fc.constantFrom('localhost', '127.0.0.1', '::1', '[::1]', '::ffff:127', '::ffff:7f00:1', '127')
    fc.assert(
      fc.property(start, fc.domain(), (host, domain) => {
        expect(isLoopback(`${host}.${domain}`)).toBe(false)
      }),
    )
  })
})
