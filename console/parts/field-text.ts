import type { FieldView, Json } from '../server/types.ts'

/** A value as it stands in a text field. */
export function toText(field: FieldView, value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  if (isPlainList(field)) return (value as readonly Json[]).map(String).join('\n')
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value)
}

/** The value that a text stands for, or why it stands for none. What is merely wrong the server says. */
export function fromText(
  field: FieldView,
  text: string,
): { readonly value: Json; readonly wrong?: undefined } | { readonly value?: undefined; readonly wrong: string } {
  const trimmed = text.trim()
  if (isPlainList(field))
    return {
      value: text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    }
  if (trimmed === '' && field.nullable === true) return { value: null }
  switch (field.kind) {
    case 'integer':
    case 'number':
      return trimmed !== '' && Number.isFinite(Number(trimmed))
        ? { value: Number(trimmed) }
        : { wrong: `"${trimmed}" is no number.` }
    case 'list':
    case 'map':
    case 'object':
    case 'anything':
      return readJson(trimmed)
    default:
      return { value: trimmed }
  }
}

function isPlainList({ kind, item }: FieldView): boolean {
  return kind === 'list' && item?.kind === 'text'
}

function readJson(text: string): ReturnType<typeof fromText> {
  try {
    return { value: JSON.parse(text) as Json }
  } catch (error) {
    return { wrong: `This is no JSON: ${error instanceof Error ? error.message : ''}` }
  }
}
