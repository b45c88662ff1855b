import { plainText, type Line, type Span } from './shown.ts'

/**
 * Rows in columns, two spaces between them, each on one line whatever is in it. The last column is not padded; those without
 * anything below their heading are left out. Rows that tell what they are need no headings.
 */
export function table(headings: readonly string[] | undefined, rows: readonly (readonly Span[])[]): Line[] {
  const [first = []] = rows
  const filled = (headings ?? first)
    .map((_, column) => column)
    .filter((column) => rows.some((row) => plainText(row[column] ?? '') !== ''))
  const lines = [...(headings === undefined ? [] : [headings]), ...rows].map((row) =>
    filled.map((column) => row[column] ?? ''),
  )
  const widths = filled.map((_, column) =>
    lines.reduce((widest, line) => Math.max(widest, plainText(line[column] ?? '').length), 0),
  )
  return lines.map((line) => {
    const last = line.findLastIndex((cell) => plainText(cell) !== '')
    return line
      .slice(0, last + 1)
      .flatMap((cell, column) =>
        column === last ? [cell] : [cell, ' '.repeat((widths[column] ?? 0) - plainText(cell).length + 2)],
      )
  })
}
