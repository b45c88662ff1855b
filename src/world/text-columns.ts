import { Column } from './column.ts'

/** A list of texts for each entry of a journal. */
export class TextColumns {
  readonly #counts = new Column<number>()
  readonly #columns: Column<string>[] = []

  /** Takes the list of an entry; gives back how long its texts are together. */
  put(entry: number, texts: readonly string[], oldest: number): number {
    const count = texts.length
    this.#counts.put(entry, count, oldest)
    let length = 0
    for (let index = 0; index < count; index++) {
      const text = texts[index] as string
      length += text.length
      const column = (this.#columns[index] ??= new Column())
      column.put(entry, text, oldest)
    }
    return length
  }

  at(entry: number): string[] {
    const count = this.#counts.at(entry) ?? 0
    return this.#columns.slice(0, count).map((column) => column.at(entry) as string)
  }

  forget(oldest: number): void {
    this.#counts.forget(oldest)
    for (const column of this.#columns) column.forget(oldest)
  }
}
