// Tables of the reference pages, in Markdown.
import { formatDuration } from '../dist/core/duration.js'

/** A table for an object, then one for each object in it. */
export function fieldTables(fields, path) {
  const rows = Object.entries(fields).map(([name, field]) => [
    `\`${name}\``,
    kindOf(field),
    defaultOf(field),
    meaningOf(field),
  ])
  const deeper = Object.entries(fields).flatMap(([name, field]) => {
    const inner = field.kind === 'list' || field.kind === 'map' ? field.item : field
    const step = field.kind === 'map' ? `${name}.<name>` : field.kind === 'list' ? `${name}[]` : name
    return inner.kind === 'object'
      ? ['', `### \`${path}${step}\``, '', ...fieldTables(inner.fields, `${path}${step}.`)]
      : []
  })
  return [table(['member', 'value', 'default', 'meaning'], rows), ...deeper, ...(path === '' ? [''] : [])]
}

export function kindOf(field) {
  switch (field.kind) {
    case 'choice':
      return field.choices.map((word) => `\`${word}\``).join(' or ')
    case 'duration':
      return 'a duration: `90s`, `30m`'
    case 'moment':
      return 'an instant, or `+30m`'
    case 'integer':
      return 'a whole number'
    case 'boolean':
      return '`true` or `false`'
    case 'list':
      return `a list of ${field.item.kind === 'object' ? 'maps' : kindOf(field.item)}`
    case 'map':
      return 'a map by name'
    case 'object':
      return 'a map'
    case 'anything':
      return 'anything'
    default:
      return `a ${field.kind}`
  }
}

export function defaultOf(field) {
  if (field.default === undefined) return field.optional ? '' : field.kind === 'object' ? '' : 'required'
  if (field.kind === 'duration') return `\`${formatDuration(field.default)}\``
  return `\`${typeof field.default === 'object' ? JSON.stringify(field.default) : field.default === '' ? '""' : field.default}\``
}

/** What a field is for, and what each of its words means. */
export function meaningOf(field) {
  const words = Object.entries(field.meanings ?? {}).map(([word, meaning]) => `\`${word}\`: ${meaning}`)
  return [field.about + pointOf(field), ...words].join('; ')
}

function pointOf({ openPoint }) {
  return openPoint === undefined ? '' : ` (assumed, ${openPoint})`
}

export function table(headings, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line)].join('\n')
}
