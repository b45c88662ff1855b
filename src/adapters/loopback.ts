import { BlockList, isIP } from 'node:net'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')
loopback.addSubnet('::ffff:127.0.0.0', 104, 'ipv6')

/**
 * Whether only this machine can reach a host: `localhost` and names below it, and loopback addresses, IPv6 in brackets
 * or not. Abbreviated spellings of an address (`127.1`, `0x7f.1`) are names that any resolver may know, and do not count.
 */
export function isLoopback(host: string): boolean {
  const bare = host.toLowerCase()
  if (/^([\w-]+\.)*localhost\.?$/.test(bare)) return true
  const address = /^\[(.*)\]$/.exec(bare)?.[1]
  if (address !== undefined) return isIP(address) === 6 && loopback.check(address, 'ipv6')
  const family = isIP(bare)
  return family !== 0 && loopback.check(bare, family === 4 ? 'ipv4' : 'ipv6')
}
