// @ts-check
import { Refusal } from './answer.js'

/**
 * The members of a body by their kinds, or nothing where there is no body.
 *
 * @param {{ type: string | undefined, body: Buffer }} request
 * @param {{ [member: string]: 'text' | 'number' }} kinds
 * @param {boolean} isLax whether other members are let pass
 * @returns {{ [member: string]: string | null } | null}
 */
export function readMembers({ type, body }, kinds, isLax) {
  if (body.length === 0) return null
  if (type === undefined) throw new Refusal(415)
  const data = parse(body.toString())
  if (data === null) return null
  const wrong = new Refusal(400, 'The request body contained an incorrect object.')
  if (typeof data !== 'object' || Array.isArray(data)) throw wrong
  /** @type {{ [member: string]: string | null }} */
  const members = {}
  for (const [name, value] of Object.entries(data)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
    if (kind === undefined && isLax) continue
    if (kind === undefined || (typeof value === 'object' && value !== null)) throw wrong
    if (kind === 'number' && value !== null && !Number.isFinite(Number(value))) throw wrong
    members[name] = value === null ? null : String(value)
  }
  return members
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal(400)
  }
}
