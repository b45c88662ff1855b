import type { Exchange } from './exchange.ts'

/** A line for a shell that sends the request again. What is secret or changes stands there as a variable. */
export function curlLine(baseUrl: string, { sent, call }: Pick<Exchange, 'sent' | 'call'>): string {
  const parts = ['curl', '-i']
  if (call.method !== 'GET') parts.push('-X', call.method)
  if (sent.in !== undefined) parts.push('-b', `"$${sent.in}_cookies"`)
  for (const [name, value] of Object.entries(sent.headers ?? {})) parts.push('-H', quoted(`${name}: ${value}`))
  if (sent.body !== undefined) parts.push('--data-binary', quoted(sent.body))
  parts.push(quoted(baseUrl + sent.path))
  return parts.join(' ')
}

/** In double quotes, so that the names in braces can be variables. */
function quoted(text: string): string {
  const inert = text.replaceAll(/["\\$`]/g, String.raw`\$&`)
  return `"${inert.replaceAll(/\{([a-z]\w*)\}/gi, '${$1}')}"`
}
