import { control } from '../../src/control/control.ts'
import { headerPairs } from '../../src/core/http.ts'
import type { Playable } from '../../src/world/world-source.ts'
import { assertDescribed } from './described-answer.ts'
import { request } from './request.ts'

/** What a control call answered. */
export interface ControlAnswer {
  readonly status: number
  readonly headers: { readonly [name: string]: string }
  readonly body: { readonly [name: string]: unknown }
}

/** A control call with a JSON body, or with a text or bytes as they are. Its answer has to be what its route describes. */
export async function callControl(
  world: Playable,
  method: string,
  path: string,
  body?: unknown,
  headers: readonly string[] = [],
): Promise<ControlAnswer> {
  const [pathname = '', query = ''] = path.split('?', 2)
  const sent =
    body === undefined || typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
  const asked = request(method, `/__understudy${pathname}`, {
    query,
    headers,
    ...(sent === undefined ? {} : { body: sent }),
  })
  const reply = await control(asked, world, undefined, { make: () => 'a-pass', exchange: () => 'a-token' })
  const answer = reply.body === undefined ? {} : (JSON.parse(String(reply.body)) as ControlAnswer['body'])
  if (reply.status === 200 && method !== 'HEAD') assertDescribed(method, asked.path, answer)
  return { status: reply.status, headers: Object.fromEntries(headerPairs(reply.headers)), body: answer }
}
