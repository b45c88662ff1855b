import { encodeUtf8 } from '../core/utf8.ts'
import type { Finder } from './answers.ts'

/** Checks SHA256withRSA signatures with the platform's own cryptography. */
export const rsaVerify: Finder<'rsa-verify'> = {
  find: async ({ publicKey, payload, signature }) => {
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
    try {
      const key = await crypto.subtle.importKey('spki', fromPem(publicKey), algorithm, false, ['verify'])
      return await crypto.subtle.verify(algorithm, key, fromBase64(signature), encodeUtf8(payload))
    } catch {
      return false
    }
  },
}

function fromPem(pem: string): Uint8Array<ArrayBuffer> {
  return fromBase64(pem.replaceAll(/-----[A-Z ]+-----/g, ''))
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll(/\s/g, '')), (character) => character.charCodeAt(0))
}
