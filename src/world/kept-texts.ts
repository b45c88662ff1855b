/** Longer texts are kept as they are: to copy them would take longer than what it saves. */
const longest = 64

/**
 * A list of texts that is written over by the next. Of texts that stand at the same place in one list after another, one is
 * kept; of one that is new at its place the characters are copied. Either way the text itself need not live on: those that
 * outlive their request have V8 give the young ones more and more room, and none of it back while requests come.
 */
export class KeptTexts {
  /** What stands at each place: a text, or where its characters are. */
  readonly #places: (string | number | undefined)[] = []
  #characters = new Uint8Array(0)
  #used = 0

  /** Writes texts over those of before; `latest` has those that came last in any such list, and takes these. Gives back their length. */
  keep(texts: readonly (string | undefined)[], latest: (string | undefined)[]): number {
    const places = this.#places
    this.#used = 0
    let length = 0
    for (let index = 0; index < texts.length; index++) {
      const text = texts[index]
      const known = latest[index]
      if (text !== undefined) length += text.length
      if (text === known) places[index] = known
      else {
        // oxlint-disable-next-line no-param-reassign -- it is what this is for
        latest[index] = text
        places[index] = text === undefined ? undefined : this.#copy(text)
      }
    }
    // Asked first: to set a length costs more than to write over a list.
    if (places.length !== texts.length) places.length = texts.length
    return length
  }

  /** The texts, as they were. */
  read(): (string | undefined)[] {
    return this.#places.map((place) => this.#read(place))
  }

  at(index: number): string | undefined {
    return this.#read(this.#places[index])
  }

  #read(place: string | number | undefined): string | undefined {
    if (typeof place !== 'number') return place
    const start = Math.floor(place / (longest + 1))
    return String.fromCharCode(...this.#characters.subarray(start, start + (place % (longest + 1))))
  }

  /** Where the copy is; the text itself where it is none of those that are copied. */
  #copy(text: string): string | number {
    const { length } = text
    if (length > longest) return text
    const start = this.#used
    if (start + length > this.#characters.length) this.#grow(start + length)
    const characters = this.#characters
    for (let index = 0; index < length; index++) {
      const code = text.charCodeAt(index)
      if (code > 255) return text
      characters[start + index] = code
    }
    this.#used = start + length
    return start * (longest + 1) + length
  }

  #grow(needed: number): void {
    const grown = new Uint8Array(Math.max(needed, 2 * this.#characters.length))
    grown.set(this.#characters)
    this.#characters = grown
  }
}
