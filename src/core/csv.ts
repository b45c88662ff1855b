/** A cell of a CSV file, and where it begins. */
export interface CsvCell {
  readonly text: string
  readonly line: number
  readonly column: number
}

/** Why a text is no CSV, and where. */
export class CsvError extends Error {
  readonly line: number
  readonly column: number

  constructor(message: string, line: number, column: number) {
    super(message)
    this.name = 'CsvError'
    this.line = line
    this.column = column
  }
}

/**
 * The rows of a CSV file (RFC 4180): cells between commas, in quotes where they hold a comma, a line end or a quote, which
 * is written twice then. Lines end with LF or CRLF, a byte order mark is passed over, and so are empty lines. Throws a
 * {@link CsvError} for a quote that stands elsewhere, or that nothing closes.
 */
export function readCsv(text: string): readonly (readonly CsvCell[])[] {
  return new CsvReader(text.startsWith('\uFEFF') ? text.slice(1) : text).rows()
}

class CsvReader {
  readonly #text: string
  #at = 0
  #line = 1
  #lineStart = 0

  constructor(text: string) {
    this.#text = text
  }

  rows(): readonly (readonly CsvCell[])[] {
    const rows: CsvCell[][] = []
    while (this.#at < this.#text.length) {
      const row = [this.#cell()]
      while (this.#text[this.#at] === ',') {
        this.#at++
        row.push(this.#cell())
      }
      this.#endLine()
      if (row.length > 1 || row[0]?.text !== '') rows.push(row)
    }
    return rows
  }

  #cell(): CsvCell {
    const [line, column] = [this.#line, this.#column]
    const text = this.#text[this.#at] === '"' ? this.#quoted() : this.#plain()
    return { text, line, column }
  }

  #plain(): string {
    const from = this.#at
    while (this.#at < this.#text.length && !/[,\r\n]/.test(this.#text[this.#at] as string)) {
      if (this.#text[this.#at] === '"') throw this.#wrong('A quote stands in a cell that does not begin with one.')
      this.#at++
    }
    return this.#text.slice(from, this.#at)
  }

  #quoted(): string {
    const opened = this.#wrong('Nothing closes the quote that begins here.')
    let text = ''
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const character = this.#text[this.#at] as string
      if (character === '"') {
        this.#at++
        if (this.#text[this.#at] !== '"') {
          if (/[^,\r\n]/.test(this.#text[this.#at] ?? ','))
            throw this.#wrong('Something stands behind a closing quote.')
          return text
        }
      } else if (character === '\n') this.#newLine(this.#at + 1)
      text += character
    }
    throw opened
  }

  #endLine(): void {
    if (this.#text[this.#at] === '\r') this.#at++
    if (this.#text[this.#at] === '\n') this.#at++
    this.#newLine(this.#at)
  }

  #newLine(start: number): void {
    this.#line++
    this.#lineStart = start
  }

  get #column(): number {
    return this.#at - this.#lineStart + 1
  }

  #wrong(message: string): CsvError {
    return new CsvError(message, this.#line, this.#column)
  }
}
