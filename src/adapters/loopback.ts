import { isIP } from 'node:net'

/** Whether only this machine can reach a host. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  if (bare === 'localhost' || bare.endsWith('.localhost')) return true
  return isIP(bare) === 4 ? bare.startsWith('127.') : bare === '::1' || /^::ffff:(127\.|7f)/.test(bare)
}
