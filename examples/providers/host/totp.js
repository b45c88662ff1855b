// @ts-check
import { createHmac } from 'node:crypto'

const stepMs = 30_000
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/**
 * The code of an authenticator app at an instant: RFC 6238 with SHA-1, 6 digits and 30 seconds.
 *
 * @param {string} secret in Base32
 * @param {number} instant
 * @returns {string}
 */
export function totpAt(secret, instant) {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(instant / stepMs)))
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const offset = /** @type {number} */ (mac.at(-1)) & 15
  return String((mac.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0')
}

/**
 * Whether a code is the app's, give or take one step.
 *
 * @param {string} secret
 * @param {string} code
 * @param {number} instant
 */
export function isTotp(secret, code, instant) {
  return counterOfTotp(secret, code, instant) !== undefined
}

/**
 * The step that a code is of, give or take one; undefined for a wrong one.
 *
 * @param {string} secret
 * @param {string} code
 * @param {number} instant
 */
export function counterOfTotp(secret, code, instant) {
  const steps = [-1, 0, 1].find((away) => totpAt(secret, instant + away * stepMs) === code)
  return steps === undefined ? undefined : Math.floor(instant / stepMs) + steps
}

/** @param {string} text */
function fromBase32(text) {
  const bits = Array.from(text.toUpperCase().replace(/[\s=]/g, ''), (sign) => {
    const value = alphabet.indexOf(sign)
    if (value < 0) throw new TypeError(`${JSON.stringify(sign)} does not belong into a Base32 secret`)
    return value.toString(2).padStart(5, '0')
  })
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
