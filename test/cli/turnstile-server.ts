import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A server of somebody else. */
export interface Turnstile {
  readonly url: string
  /** How many codes a badge was tried with. */
  readonly codesOf: (badge: string) => number
}

/** A turnstile that shares no code with this package; `after` wrong codes lock a badge for a minute. */
export async function serveTurnstile({ after }: { readonly after: number }): Promise<Turnstile> {
  const right: { readonly [badge: string]: string } = { ada: '1815', tim: '4711' }
  const failures = new Map<string, number>()
  const lockedUntil = new Map<string, number>()
  let skew = 0
  const codes = new Map<string, number>()
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://hall')
    const answer = (status: number, body?: object): void => {
      response.writeHead(status, body === undefined ? {} : { 'content-type': 'application/json' })
      response.end(body === undefined ? undefined : JSON.stringify(body))
    }
    if (pathname === '/clock') {
      let text = ''
      request.on('data', (chunk) => (text += String(chunk)))
      return request.on('end', () => {
        skew += Number(JSON.parse(text).by)
        answer(204)
      })
    }
    // Arranges everybody anew, whatever the state is.
    if (pathname === '/states') {
      failures.clear()
      lockedUntil.clear()
      request.resume()
      return request.on('end', () => answer(200, {}))
    }
    if (pathname !== '/enter') return answer(404)
    if (request.method !== 'POST') return answer(405)
    const badge = searchParams.get('badge') ?? ''
    codes.set(badge, (codes.get(badge) ?? 0) + 1)
    const now = Date.now() + skew
    if ((lockedUntil.get(badge) ?? 0) > now) return answer(423)
    if (lockedUntil.delete(badge)) failures.delete(badge)
    if (searchParams.get('code') === right[badge]) {
      failures.delete(badge)
      return answer(204)
    }
    const count = (failures.get(badge) ?? 0) + 1
    failures.set(badge, count)
    if (count >= after) lockedUntil.set(badge, now + 60_000)
    return answer(403, { left: Math.max(0, 3 - count) })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    codesOf: (badge) => codes.get(badge) ?? 0,
  }
}
