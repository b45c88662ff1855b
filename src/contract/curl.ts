import { headerPairs } from '../core/http.ts'
import type { Exchange } from './exchange.ts'
import type { Target } from './target.ts'

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
): string {
  const parts = ['curl', '-i']
  if (tls.insecure) parts.push('-k')
  if (tls.ca !== undefined) parts.push('--cacert', quoted(tls.ca))
  if (tls.cert !== undefined) parts.push('--cert', quoted(tls.cert))
  if (tls.key !== undefined) parts.push('--key', quoted(tls.key))
  if (tls.passphrase !== undefined) parts.push('--pass', '"$tls_passphrase"')
  if (proxy === 'none') parts.push('--noproxy', '"*"')
  else if (proxy !== undefined) parts.push('-x', quoted(proxy))
  if (call.method === 'HEAD') parts.push('--head')
  else if (call.method !== 'GET') parts.push('-X', call.method)
  const own = Object.entries(sent.headers ?? {})
  const names = new Set(own.map(([name]) => name.toLowerCase()))
  const opened = headerPairs(call.headers).map(([name]) => name.toLowerCase())
  const { in: session = 'session' } = sent
  if (opened.includes('cookie') && !names.has('cookie')) parts.push('-b', `"$${variable(session)}_cookies"`)
  for (const [name, value] of own) parts.push('-H', quoted(`${name}: ${value}`))
  for (const name of opened.filter((each) => each !== 'cookie' && !names.has(each)))
    parts.push('-H', `"${name}: $${variable(`${session}_${name}`)}"`)
  for (const name of Object.keys(headers)) parts.push('-H', `"${name}: $${variable(name)}"`)
  if (sent.body !== undefined) parts.push('--data-binary', quoted(sent.body))
  parts.push(quoted(baseUrl + sent.path))
  return parts.join(' ')
}

function variable(name: string): string {
  return name.replaceAll(/\W/g, '_')
}

/** In double quotes, so that the names in braces can be variables. */
function quoted(text: string): string {
  const inert = text.replaceAll(/["\\$`]/g, String.raw`\$&`)
  return `"${inert.replaceAll(/\{([a-z]\w*)\}/gi, '${$1}')}"`
}
