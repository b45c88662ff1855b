import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { headerValue, type HttpRequest } from '../../src/core/http.ts'
import { createWorld } from '../../src/index.ts'
import { pactFileOf } from './pact.ts'
import { provide } from './provider.suite.ts'
import { sirportlyPact } from './sirportly.pact.ts'
import { verify } from './verify.ts'

provide(sirportlyPact, ['default', 'sirportly-networks', 'lockout'])

interface WrittenRequest {
  readonly method: string
  readonly path: string
  readonly headers?: { readonly [name: string]: string }
  readonly query?: string
  readonly body?: string
}

it('every request arrives as the pact has it, forms to the byte', async () => {
  const world = await createWorld()
  const arrived: HttpRequest[] = []
  world.listen((event) => {
    if (event.kind === 'request') arrived.push(event.entry.request)
  })
  await verify(world, sirportlyPact.provider)
  const { interactions } = JSON.parse(await readFile(pactFileOf(sirportlyPact.provider), 'utf8')) as {
    interactions: { readonly request: WrittenRequest }[]
  }
  const written = interactions.map(({ request }) => request)
  expect(arrived.map(({ method, path }) => `${method} ${path}`)).toEqual(
    written.map(({ method, path }) => `${method} ${path}`),
  )
  const typeOf = ({ headers }: WrittenRequest): string | undefined => headers?.['Content-Type']
  const forms = written.filter((request) => typeOf(request)?.includes('form'))
  expect(forms.length).toBeGreaterThan(30)
  for (const [index, request] of written.entries()) {
    const { body, headers, query } = arrived[index] as HttpRequest
    expect(new Map(new URLSearchParams(query))).toEqual(new Map(new URLSearchParams(request.query ?? '')))
    if (!forms.includes(request)) continue
    expect(new TextDecoder().decode(body)).toBe(request.body)
    expect(headerValue(headers, 'content-type')).toBe(typeOf(request))
    expect(headerValue(headers, 'content-length')).toBe(String(body.length))
  }
})
