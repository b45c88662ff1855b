import { inAddressRange } from '../../core/address-range.ts'
import type { Settings } from './settings.ts'

/** What the open-source server ships with: whoever is on its own machine (GC-O18). */
const local = ['127.0.0.1', '::1']

/** Whether an address may hash and match passwords without a session (GC-21, GC-O18). */
export function isListed(address: string, { allowFrom, dialect }: Settings): boolean {
  if (dialect === 'documented') return (allowFrom ?? []).some((range) => inAddressRange(address, range))
  for (const range of allowFrom ?? local) {
    const isIn = inAddressRange(address, range)
    // For a caller by IPv4 the first range decides, whatever stands behind it.
    const decides = range.includes('/') && !range.includes(':') && !address.includes(':')
    if (isIn || decides) return isIn
  }
  return false
}
