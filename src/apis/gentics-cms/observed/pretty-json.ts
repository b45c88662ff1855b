import { asObject, type Json } from '../../../core/json.ts'

/** JSON as the server's library indents it: lists in one line with their brackets, ` : ` behind names (GC-O2). */
export function prettyJson(value: Json, indent = ''): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) {
    const items = value as readonly Json[]
    return items.length === 0 ? '[ ]' : `[ ${items.map((item) => prettyJson(item, indent)).join(', ')} ]`
  }
  const deeper = `${indent}  `
  const members = Object.entries(asObject(value)).flatMap(([name, member]) =>
    member === undefined ? [] : [`${deeper}${JSON.stringify(name)} : ${prettyJson(member, deeper)}`],
  )
  return members.length === 0 ? '{ }' : `{\n${members.join(',\n')}\n${indent}}`
}
