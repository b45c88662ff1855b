import { headerValue } from '../../core/http.ts'
import { secretNames } from '../../core/secret-name.ts'
import type { ShellSyntax } from '../../core/shell-syntax.ts'
import { worldHeader } from '../../core/world-header.ts'
import type { World } from '../../world/world.ts'
import { Disguise } from './disguise.ts'
import { KnownSecrets } from './known-secrets.ts'
import { tellRequest } from './told-request.ts'

/**
 * A line for a shell that sends one request again, in its session, with what the scenario's users sign in with; what was
 * typed and is nobody's is replaced. Throws ERR_REQUEST_UNKNOWN.
 */
export function curlLineOf(world: World, id: string, { curl, quote }: ShellSyntax): string {
  const { apis } = world.worlds
  const entry = world.story.entry(id)
  const known = new KnownSecrets(apis, world.scenario)
  known.meet(entry)
  const disguise = new Disguise(`curl:${id}`)
  const isKnown = (secret: string): boolean => known.has(secret)
  const { method, path, headers, body } = tellRequest(entry, {
    apis,
    secrecyOf: secretNames(apis.flatMap(({ secrets }) => secrets.members)),
    keep: (secret, _name, mayStay = false) => (mayStay || isKnown(secret) ? secret : disguise.of(secret, isKnown)),
  })
  const { request } = entry
  const parts = [curl, '-i', '-g', '--path-as-is']
  if (method === 'HEAD') parts.push('--head')
  else if (method !== 'GET' || body !== undefined) parts.push('-X', quote(method))
  if (world.name !== 'main') parts.push('-H', quote(`${worldHeader}: ${world.name}`))
  if (body !== undefined && !headers.some(([name]) => name === 'content-type')) parts.push('-H', quote('content-type:'))
  for (const [name, value] of headers) parts.push('-H', quote(value === '' ? `${name};` : `${name}: ${value}`))
  // Not --data-binary, which reads a file where a body begins with @. What is no text no shell can say.
  if (body !== undefined) parts.push('--data-raw', quote(typeof body === 'string' ? body : '(no text)'))
  const origin = request.origin ?? `http://${headerValue(request.headers, 'host') ?? 'localhost'}`
  return [...parts, quote(origin + path)].join(' ')
}
