import type { ToStringOptions } from 'yaml'
import type { Json } from '../core/json.ts'
import { isPrintable, printable } from '../core/printable.ts'

/**
 * A value as a YAML file that can be shown anywhere and reads back as the same value. Texts that could do more than be read, at
 * a terminal or to a CI system, are in double quotes, with `\uXXXX` for what is not printable.
 */
export async function toYaml(value: Json, options: ToStringOptions = {}): Promise<string> {
  const { Document, Scalar, visit } = await import('yaml')
  const document = new Document(value)
  let isQuoted = false
  visit(document, {
    Scalar: (_, scalar) => {
      // What is put in its place is visited as well.
      if (typeof scalar.value !== 'string' || scalar.type === 'QUOTE_DOUBLE' || isHarmless(scalar.value))
        return undefined
      isQuoted = true
      return Object.assign(new Scalar(scalar.value), { type: 'QUOTE_DOUBLE' as const })
    },
  })
  // Double-quoted texts stay on their line: another one might begin with any part of them.
  const onOneLine = { lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER }
  const yaml = document.toString(isQuoted ? { ...options, ...onOneLine } : options)
  return yaml
    .split('\n')
    .map((line) => printable(line).replaceAll('##', String.raw`#\u0023`))
    .join('\n')
}

function isHarmless(text: string): boolean {
  return text.split('\n').every(isPrintable) && !/::|##/.test(text)
}
