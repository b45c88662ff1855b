import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld } from '../../src/index.ts'
import { listen, type Listener } from '../../src/server/node.ts'
import { sendRaw } from './raw-socket.ts'

const built = fileURLToPath(new URL('../../dist/console/', import.meta.url))
const files = readdirSync(built, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))

describe('the console', () => {
  let server: Listener
  beforeAll(async () => {
    server = await listen(await createWorld('default'))
  })
  afterAll(() => server.close())

  it('is served below the control API, with what it loads', async () => {
    const page = await fetch(`${server.url}/__understudy/`)
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    const html = await page.text()
    const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url as string)
    expect(loaded.length).toBeGreaterThanOrEqual(3)
    const types = await Promise.all(
      loaded.map(async (url) => {
        const asset = await fetch(new URL(url, page.url))
        expect([url, asset.status, asset.headers.get('cache-control')]).toEqual([
          url,
          200,
          'public, max-age=31536000, immutable',
        ])
        return asset.headers.get('content-type')
      }),
    )
    expect(types).toEqual(
      expect.arrayContaining(['text/javascript; charset=utf-8', 'text/css; charset=utf-8', 'image/svg+xml']),
    )
  })

  it('may load nothing from elsewhere, and be in nobody’s frame', async () => {
    const { headers } = await fetch(`${server.url}/__understudy/`)
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'self';.*frame-ancestors 'none'/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    const whole = files.map((path) => readFileSync(path, 'utf8')).join('\n')
    const urls = [...whole.matchAll(/https?:\/\/[\w.-]+/g)].map(([url]) => url)
    // Names of XML's vocabularies, and an example of a link, are not asked for anything.
    expect(urls.filter((url) => !url.startsWith('http://www.w3.org'))).toEqual([])
  })

  it('is smaller than 62 kB, gzipped, with what is loaded late', () => {
    const size = files.reduce((sum, path) => sum + gzipSync(readFileSync(path)).length, 0)
    expect(files.length).toBeGreaterThanOrEqual(4)
    expect(size).toBeLessThan(62_000)
  })

  it('is found without the slash as well', async () => {
    const moved = await fetch(`${server.url}/__understudy`, { redirect: 'manual' })
    expect([moved.status, moved.headers.get('location')]).toEqual([308, '__understudy/'])
    expect((await fetch(`${server.url}/__understudy`)).url).toBe(`${server.url}/__understudy/`)
  })

  it('has no body when only HEAD is asked', async () => {
    const head = await fetch(`${server.url}/__understudy/`, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([
      200,
      'text/html; charset=utf-8',
      '',
    ])
  })

  it.each([
    '/__understudy/assets/../index.html',
    '/__understudy/assets/..%2findex.html',
    '/__understudy/assets/../../../package.json',
    '/__understudy/assets/..%5c..%5cpackage.json',
    '/__understudy/assets//etc/passwd',
    '/__understudy/assets/',
    '/__understudy/assets/__proto__',
    '/__understudy/index.html',
    '/__understudyx/assets/icon.svg',
  ])('serves no other file: %s', async (path) => {
    const answer = await sendRaw(server.port, `GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 404 /)
    expect(answer).toContain('application/problem+json')
    expect(answer).not.toMatch(/<html|"name": "auth|root:/)
  })

  it('leaves other methods to the control API', async () => {
    const answer = await fetch(`${server.url}/__understudy/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
  })
})
