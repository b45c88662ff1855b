// @ts-check
import { BlockList, isIP } from 'node:net'

/**
 * Whether an address belongs to one of some networks, such as 192.0.2.0/24 or a single address.
 *
 * @param {readonly string[]} networks
 * @param {string} address
 */
export function isWithin(networks, address) {
  const list = new BlockList()
  for (const network of networks) {
    const [start = '', bits] = network.split('/')
    const family = isIP(start)
    if (family === 0) throw new TypeError(`${network} is no network; write 192.0.2.0/24`)
    list.addSubnet(start, Number(bits ?? (family === 4 ? 32 : 128)), family === 4 ? 'ipv4' : 'ipv6')
  }
  const family = isIP(address)
  return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6')
}
