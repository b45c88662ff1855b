import { inAddressRange } from './address-range.ts'

const loopbacks = ['127.0.0.0/8', '::1', '::ffff:127.0.0.0/104']

/**
 * Whether only this machine can reach a host: `localhost` and names below it, and loopback addresses, IPv6 in brackets
 * or not. Abbreviated spellings of an address (`127.1`, `0x7f.1`) are names that any resolver may know, and do not count.
 */
export function isLoopback(host: string): boolean {
  const bare = host.toLowerCase()
  if (/^([\w-]+\.)*localhost\.?$/.test(bare)) return true
  const bracketed = /^\[(.*:.*)\]$/.exec(bare)?.[1]
  return loopbacks.some((range) => inAddressRange(bracketed ?? bare, range))
}
