import { BlockList, isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inAddressRange, isAddressRange } from '../../src/core/address-range.ts'

/** What Node's own list of addresses says. */
function nodeSays(address: string, net: string, bits: number): boolean {
  const list = new BlockList()
  list.addSubnet(net, bits, isIP(net) === 6 ? 'ipv6' : 'ipv4')
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

describe('inAddressRange', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1', true],
    ['127.0.0.1', '127.0.0.1/32', true],
    ['127.0.0.2', '127.0.0.1', false],
    ['10.255.0.1', '10.0.0.0/8', true],
    ['11.0.0.1', '10.0.0.0/8', false],
    ['192.168.1.127', '192.168.1.64/26', true],
    ['192.168.1.128', '192.168.1.64/26', false],
    ['203.0.113.9', '0.0.0.0/0', true],
    ['::1', '::1', true],
    ['::1', '::1/128', true],
    ['::2', '::1', false],
    ['2001:db8:0:1::9', '2001:DB8::/32', true],
    ['2001:db9::9', '2001:db8::/32', false],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8', true],
    ['fe80::1', '::/0', true],
    ['::ffff:10.1.2.3', '::ffff:10.0.0.0/104', true],
    ['127.0.0.1', '::/0', false],
    ['::1', '0.0.0.0/0', false],
    ['', '0.0.0.0/0', false],
    ['localhost', '0.0.0.0/0', false],
  ])('%s in %s: %s', (address, range, expected) => {
    expect(inAddressRange(address, range)).toBe(expected)
  })

  it("agrees with Node's own on IPv4 and IPv6", () => {
    const near = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<[Value, Value]> =>
      fc.oneof(
        fc.tuple(value, value),
        value.map((one): [Value, Value] => [one, one]),
      )
    const pairs = fc.oneof(
      fc.tuple(near(fc.ipV4()), fc.nat(32)),
      fc.tuple(near(fc.ipV6().filter((text) => isIP(text) === 6 && !/\.|^::[0-9a-f:]*$/i.test(text))), fc.nat(128)),
    )
    fc.assert(
      fc.property(pairs, ([[address, net], bits]) => {
        expect(inAddressRange(address, `${net}/${bits}`)).toBe(nodeSays(address, net, bits))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('isAddressRange', () => {
  it.each(['10.0.0.0/8', '10.0.0.0/0', '127.0.0.1', '::1', '::', '2001:db8::/32', '1::2:3', '::ffff:1.2.3.4/128'])(
    'takes %s',
    (text) => expect(isAddressRange(text)).toBe(true),
  )

  it.each([
    '',
    'localhost',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '10.0.0.0/',
    '1::2::3',
    '12345::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '::/129',
    '1.2.3.4::',
    '::1.2.3',
    ':1',
    '1:',
    '10.0.0.0 /8',
  ])('refuses %j', (text) => expect(isAddressRange(text)).toBe(false))
})
