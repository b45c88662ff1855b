// @ts-check
import { createVerify } from 'node:crypto'
import { integerOf, textOf } from './body.js'

/**
 * Whether a login is signed with the private half of a key, and still in time.
 *
 * @param {import('./body.js').Body} body
 * @param {{ publicKey: string, payload: string }} rsa what is signed, with {username}, {salt} and {expirationTimestamp}
 * @param {number} instant
 */
export function isSigned(body, { publicKey, payload }, instant) {
  const fields = {
    username: textOf(body, 'username') ?? '',
    salt: textOf(body, 'salt') ?? '',
    expirationTimestamp: String(integerOf(body, 'expirationTimestamp') ?? 0),
  }
  const signature = textOf(body, 'rsaSignature') ?? ''
  if (publicKey === '' || instant >= Number(fields.expirationTimestamp) * 1000) return false
  const signed = payload.replace(/\{(\w+)\}/g, (_all, name) => fields[/** @type {keyof typeof fields} */ (name)])
  try {
    return createVerify('RSA-SHA256').update(signed).verify(publicKey, signature, 'base64')
  } catch {
    return false
  }
}
