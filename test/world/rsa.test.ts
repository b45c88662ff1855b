import { createSign, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { rsaVerify } from '../../src/world/rsa.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

/** A signature by OpenSSL, which Node's own module is. */
function sign(text: string, algorithm = 'RSA-SHA256'): string {
  return createSign(algorithm).update(text).sign(privateKey, 'base64')
}

function verify(payload: string, signature: string, key = publicKey): Promise<unknown> {
  return rsaVerify.find({ kind: 'rsa-verify', publicKey: key, payload, signature })
}

describe('an RSA signature', () => {
  it('is right for the text that was signed, of any characters', async () => {
    for (const text of ['node', '', 'ä€😀', 'x'.repeat(10_000)]) expect(await verify(text, sign(text))).toBe(true)
  })

  it('may have line breaks in it, and so may the key', async () => {
    const lines = sign('node').replaceAll(/.{64}/g, '$&\n')
    expect(await verify('node', lines, publicKey.replaceAll('\n', '\r\n'))).toBe(true)
  })

  it('is wrong for another text, by another key or algorithm, and where it is none', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' })
    expect(await verify('nod', sign('node'))).toBe(false)
    expect(await verify('node', sign('node'), String(other))).toBe(false)
    expect(await verify('node', sign('node', 'RSA-SHA1'))).toBe(false)
    expect(await verify('node', sign('node', 'RSA-SHA512'))).toBe(false)
    for (const none of ['', 'x', '%%%', sign('node').slice(4)]) expect(await verify('node', none)).toBe(false)
    for (const none of ['', 'no key', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', privateKey]) {
      expect(await verify('node', sign('node'), none)).toBe(false)
    }
  })
})
