import { X509Certificate } from 'node:crypto'
import { request } from 'node:https'
import { connect } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { createCertificate } from '../../src/server/certificate.ts'
import { createWorld } from '../../src/index.ts'
import { listen, type Listener } from '../../src/node.ts'

let server: Listener

/** As a client that trusts this certificate and no authority. */
function ask(ca: string, servername?: string): Promise<number> {
  const path = '/jira/rest/securelogin-admin/1.0/api/info'
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: server.port, path, ca, agent: false }
    const asked = request({ ...options, ...(servername === undefined ? {} : { servername }) }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    asked.on('error', reject)
    asked.end()
  })
}

afterEach(() => server?.close())

describe('HTTPS', () => {
  test('with a certificate of its own making is trusted by whoever is given it, and by nobody else', async () => {
    server = await listen(await createWorld(), { tls: true, allowedHosts: ['mock.test'] })
    expect(server.url).toBe(`https://127.0.0.1:${server.port}`)
    const ca = server.certificate ?? ''
    expect(await ask(ca)).toBe(200)
    expect(await ask(ca, 'localhost')).toBe(200)
    expect(await ask(ca, 'mock.test')).toBe(200)
    await expect(ask(ca, 'other.test')).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
    const other = createCertificate(['127.0.0.1'], Date.now()).cert
    await expect(ask(other)).rejects.toThrow(/self-signed|unable to verify|signature/)
  })

  test('takes a certificate that is given, and keeps the limits', async () => {
    const own = createCertificate(['localhost', '127.0.0.1'], Date.now())
    server = await listen(await createWorld(), { tls: own, limits: { headerMs: 200 } })
    expect([server.certificate, await ask(own.cert)]).toEqual([own.cert, 200])
    const slow = await new Promise<string>((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port: server.port, ca: own.cert }, () => socket.write('GET / HT'))
      let text = ''
      socket.on('data', (chunk) => (text += String(chunk)))
      socket.on('end', () => resolve(text))
      socket.on('error', reject)
    })
    expect(slow).toMatch(/^HTTP\/1\.1 408/)
  })

  test('says what is wrong with a certificate, and nothing of its key', async () => {
    const { cert, key } = createCertificate(['localhost'], Date.now())
    const others = createCertificate(['localhost'], Date.now()).key
    const world = await createWorld()
    for (const tls of [
      { cert: 'no PEM', key },
      { cert, key: 'no PEM' },
      { cert, key: others },
    ]) {
      const error: unknown = await listen(world, { tls }).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'ERR_USAGE' })
      expect(String(error)).toMatch(/^UnderstudyError: The certificate and its key cannot be used: .+\.$/)
      expect(String(error)).not.toContain(key.split('\n')[1])
    }
  })
})

describe('a certificate of its own making', () => {
  test.each([
    [['localhost'], 'DNS:localhost'],
    [['127.0.0.1', '::1'], 'IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1'],
    [['fe80::1:2', '::ffff:10.0.0.1'], 'IP Address:FE80:0:0:0:0:0:1:2, IP Address:0:0:0:0:0:FFFF:A00:1'],
    [['a'.repeat(60), 'b'.repeat(90)], `DNS:${'a'.repeat(60)}, DNS:${'b'.repeat(90)}`],
    [Array.from({ length: 40 }, (_, index) => `host-${index}.test`), 'DNS:host-0.test, DNS:host-1.test'],
  ])('is for %j', (names, shown) => {
    const read = new X509Certificate(createCertificate(names, Date.now()).cert)
    expect(read.subjectAltName?.startsWith(shown)).toBe(true)
    expect(read.verify(read.publicKey)).toBe(true)
  })

  test('holds from a day ago for thirty days, on both sides of 2050', () => {
    for (const [now, from, to] of [
      ['2026-01-15T09:00:00Z', 'Jan 14 09:00:00 2026 GMT', 'Feb 14 09:00:00 2026 GMT'],
      ['2049-12-15T00:00:00Z', 'Dec 14 00:00:00 2049 GMT', 'Jan 14 00:00:00 2050 GMT'],
    ] as const) {
      const read = new X509Certificate(createCertificate(['localhost'], Date.parse(now)).cert)
      expect([read.validFrom, read.validTo]).toEqual([from, to])
    }
  })

  test('has a serial number that no other has', () => {
    const serials = Array.from({ length: 50 }, () => createCertificate(['a'], 0).cert).map(
      (cert) => new X509Certificate(cert).serialNumber,
    )
    expect(new Set(serials).size).toBe(50)
    expect(serials.filter((serial) => !/^[4-7][0-9A-F]{31}$/.test(serial))).toEqual([])
  })
})
