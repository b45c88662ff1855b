/** Rows in columns, two spaces between them. The last column is not padded; empty columns are left out. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const filled = headings.map((_, column) => column).filter((column) => rows.some((row) => (row[column] ?? '') !== ''))
  const lines = [headings, ...rows].map((row) => filled.map((column) => row[column] ?? ''))
  const widths = filled.map((_, column) =>
    lines.reduce((widest, line) => Math.max(widest, (line[column] ?? '').length), 0),
  )
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
