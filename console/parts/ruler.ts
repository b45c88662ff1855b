/** Of a text that is too long, which end has to go. */
export type Cut = 'start' | 'end'

/** Measures texts in the font of the page, for pictures, in which nothing wraps. */
export class Ruler {
  readonly #context = document.createElement('canvas').getContext('2d')
  readonly #family = getComputedStyle(document.body).fontFamily

  /** How wide a text is, in CSS pixels; `font` is its weight and size, such as `650 12px`. */
  width(text: string, font: string): number {
    if (this.#context === null) return 0
    this.#context.font = `${font} ${this.#family}`
    return this.#context.measureText(text).width
  }

  /** As much of a text as there is room for, with `…` for the rest. */
  clip(text: string, room: number, font: string, cut: Cut = 'end'): string {
    if (this.width(text, font) <= room) return text
    const letters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment)
    const shortened = (count: number): string =>
      cut === 'end' ? `${letters.slice(0, count).join('')}…` : `…${letters.slice(letters.length - count).join('')}`
    let [fits, tooMany] = [0, letters.length]
    while (tooMany - fits > 1) {
      const count = Math.floor((fits + tooMany) / 2)
      if (this.width(shortened(count), font) <= room) fits = count
      else tooMany = count
    }
    return shortened(fits)
  }
}
