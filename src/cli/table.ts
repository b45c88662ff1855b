import { plainText, type Line, type Span } from './shown.ts'

/** No column becomes narrower than this to make room. */
const narrowest = 8

/**
 * Rows in columns, two spaces between them, each on one line whatever is in it. The last column is not padded; those without
 * anything below their heading are left out. Rows that tell what they are need no headings. What does not fit into a width is
 * cut off where a column is widest.
 */
export function table(
  headings: readonly string[] | undefined,
  rows: readonly (readonly Span[])[],
  width: number = Number.POSITIVE_INFINITY,
): Line[] {
  const [first = []] = rows
  const filled = (headings ?? first)
    .map((_, column) => column)
    .filter((column) => rows.some((row) => plainText(row[column] ?? '') !== ''))
  const lines = [...(headings === undefined ? [] : [headings]), ...rows].map((row) =>
    filled.map((column) => row[column] ?? ''),
  )
  const natural = filled.map((_, column) =>
    lines.reduce((widest, line) => Math.max(widest, plainText(line[column] ?? '').length), 0),
  )
  const widths = narrowed(natural, width)
  return lines.map((line) => {
    const last = line.findLastIndex((cell) => plainText(cell) !== '')
    return line.slice(0, last + 1).flatMap((whole, column) => {
      const cell = cut(whole, widths[column] ?? 0)
      return column === last ? [cell] : [cell, ' '.repeat((widths[column] ?? 0) - plainText(cell).length + 2)]
    })
  })
}

/** Widths that fit into one, taken off the widest columns. */
function narrowed(natural: readonly number[], width: number): readonly number[] {
  const widths = [...natural]
  let over = widths.reduce((sum, each) => sum + each + 2, -2) - width
  while (over > 0) {
    const widest = Math.max(...widths)
    if (widest <= narrowest) break
    widths[widths.lastIndexOf(widest)] = widest - 1
    over--
  }
  return widths
}

function cut(cell: Span, width: number): Span {
  const text = plainText(cell)
  if (text.length <= width) return cell
  const short = `${text.slice(0, Math.max(0, width - 1))}…`
  return typeof cell === 'string' ? short : { ...cell, text: short }
}
