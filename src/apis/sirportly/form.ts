import { headerValue, mediaType } from '../../core/http.ts'
import type { Interaction } from '../../core/interaction.ts'
import type { Json } from '../../core/json.ts'
import type { TracedExchange } from '../../core/tracing.ts'
import { parametersOf } from './facts.ts'
import type { Parameters } from './parameters.ts'
import type { Settings } from './settings.ts'

/** How a request carries its parameters. */
export interface Form {
  /** As the end of a title; empty for the recommended way. */
  readonly words: string
  readonly query: { readonly [name: string]: string }
  readonly headers: Interaction['request']['headers']
  readonly body?: Json
}

const boundary = 'a-boundary-of-no-body'

const onTheWire: { readonly [name: string]: keyof Parameters } = {
  username: 'username',
  password: 'password',
  two_factor_code: 'code',
  account: 'account',
}

/** These credentials, where the request had its own: in the query, in a form, or in a body that nobody reads. */
export function formOf(exchange: TracedExchange<Settings>, credentials: { readonly [name: string]: string }): Form {
  const { request } = exchange
  const inBody = parametersOf(exchange, { ...request, query: '' })
  const all = Object.entries(credentials)
  const body = all.filter(([name]) => inBody[onTheWire[name] as keyof Parameters] !== undefined)
  const query = Object.fromEntries(all.filter((pair) => !body.includes(pair)))
  const contentType = headerValue(request.headers, 'content-type')
  const type = mediaType(contentType)
  const { method } = request
  const asked = Object.keys(query).length === 0 ? '' : `, in the query of a ${method}`
  const headers: Form['headers'] = contentType === undefined ? {} : { 'Content-Type': contentType }
  const multipart = { 'Content-Type': `multipart/form-data; boundary=${boundary}` }
  if (type === 'multipart/form-data') {
    if (body.length === 0) return { words: asked, query, headers: multipart }
    return { words: `${asked}, in a multipart form`, query, headers: multipart, body: toMultipart(body) }
  }
  if (type === 'application/x-www-form-urlencoded') {
    if (body.length === 0) return { words: asked, query, headers }
    const words = method === 'POST' ? asked : `${asked}, in the form of a ${method}`
    return { words, query, headers, body: new URLSearchParams(body).toString() }
  }
  if (request.body.length === 0) return { words: asked, query, headers }
  const words = `${asked}, beside a body that is ${type === '' ? 'of no type' : type}`
  return { words, query, headers, body: type === 'application/json' ? { username: 'adam' } : 'username=adam' }
}

function toMultipart(fields: readonly [string, string][]): string {
  const parts = fields.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  return `${parts.join('')}--${boundary}--\r\n`
}
