import { hostShell } from '../../hosts/host-shell.ts'
import { headerPairs } from '../../core/http.ts'
import { commandLine, type ShellSyntax } from '../../core/shell-syntax.ts'
import type { Exchange } from '../playing/exchange.ts'
import type { Target } from '../target/target.ts'

/** What of a target it takes to reach it. */
export type Address = Pick<Target, 'baseUrl' | 'headers' | 'tls' | 'proxy'>

/** Where a mock is that nobody reaches over the network. */
export const nowhere: Address = { baseUrl: '', headers: {}, tls: { insecure: false } }

/**
 * A line for a shell that sends a request again. What is secret or changes stands there as a variable, to be set to what
 * the request had in that place.
 */
export function curlLine(
  { baseUrl, headers, tls, proxy }: Address,
  { sent, call }: Pick<Exchange, 'sent' | 'call'>,
  shell: ShellSyntax = hostShell,
): string {
  const parts = [shell.curl, '-i']
  if (tls.insecure) parts.push('-k')
  if (tls.ca !== undefined) parts.push('--cacert', shell.quote(tls.ca))
  if (tls.cert !== undefined) parts.push('--cert', shell.quote(tls.cert))
  if (tls.key !== undefined) parts.push('--key', shell.quote(tls.key))
  if (tls.passphrase !== undefined) parts.push('--pass', shell.fill(variable('tls_passphrase')))
  if (proxy === 'none') parts.push('--noproxy', shell.quote('*'))
  else if (proxy !== undefined) parts.push('-x', shell.quote(proxy))
  if (call.method === 'HEAD') parts.push('--head')
  else if (call.method !== 'GET') parts.push('-X', shell.quote(call.method))
  const own = Object.entries(sent.headers ?? {})
  const names = new Set(own.map(([name]) => name.toLowerCase()))
  const opened = headerPairs(call.headers).map(([name]) => name.toLowerCase())
  const { in: session = 'session' } = sent
  if (opened.includes('cookie') && !names.has('cookie')) parts.push('-b', shell.fill(variable(`${session}_cookies`)))
  for (const [name, value] of own) parts.push('-H', shell.fill(`${name}: ${value}`))
  for (const name of opened.filter((each) => each !== 'cookie' && !names.has(each)))
    parts.push('-H', shell.fill(`${name}: ${variable(`${session}_${name}`)}`))
  for (const name of Object.keys(headers)) parts.push('-H', shell.fill(`${name}: ${variable(name)}`))
  // Not --data-binary, which reads a file where a body begins with @.
  if (sent.body !== undefined) parts.push('--data-raw', shell.fill(sent.body))
  parts.push(shell.fill(baseUrl + sent.path))
  return parts.join(' ')
}

/** A line for a shell that plays a check again. */
export function replayLine(id: string, shell: ShellSyntax = hostShell): string {
  return commandLine(shell, 'understudy', 'replay', id)
}

function variable(name: string): string {
  return `{${name.replaceAll(/\W/g, '_').replace(/^(?=\d)/, '_')}}`
}
