import { responseCodes } from './wire.ts'

// Where answers tell what, as it is called where they differ.
export const atCode = /^body\.responseInfo\.responseCode$/
export const atCookie = /^header set-cookie$/

/** A code that is none. */
export const otherCode: RegExp = new RegExp(`^(?!"(${responseCodes.join('|')})"$)`)

/** Another code than that of success. */
export const failing: RegExp = new RegExp(`^"(${responseCodes.filter((code) => code !== 'OK').join('|')})"$`)
