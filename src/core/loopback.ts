/** Whether only this machine can reach a host: a name, or an address with or without brackets. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  if (bare === 'localhost' || bare.endsWith('.localhost')) return true
  return /^127(?:\.\d{1,3}){3}$/.test(bare) || bare === '::1' || /^::ffff:(127\.|7f)/.test(bare)
}
