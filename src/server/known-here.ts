import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { isLoopback } from '../core/loopback.ts'

/**
 * Whether a Host header is a name of this server that no stranger can have bound to its address: a name of this machine, an
 * address, or one that was named to it.
 */
export function isKnownHere(host: string, names: readonly string[]): boolean {
  const name = host.replace(/:\d*$/, '').replace(/\.$/, '').toLowerCase()
  return isLoopback(name) || isIP(name.replace(/^\[|\]$/g, '')) !== 0 || names.some((own) => own.toLowerCase() === name)
}

/** The scheme of what a request came by. */
export function schemeOf({ socket }: IncomingMessage): 'http' | 'https' {
  return 'encrypted' in socket ? 'https' : 'http'
}
