/**
 * The texts of the controls of a page that are hard to read as they stand, with their contrast; nothing, if all can be
 * read. Runs in the page, so it has all it needs within.
 */
export function findContrastFaults(): string[] {
  type Colour = readonly [red: number, green: number, blue: number, alpha: number]
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const known = new Map<string, Colour>()
  const parse = (css: string): Colour => {
    const before = known.get(css)
    if (before !== undefined || canvas === null) return before ?? [0, 0, 0, 1]
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = css
    canvas.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data
    const colour: Colour = [red, green, blue, alpha / 255]
    known.set(css, colour)
    return colour
  }
  const over = (upper: Colour, lower: Colour): Colour => {
    const mix = (one: number, other: number): number => one * upper[3] + other * (1 - upper[3])
    return [mix(upper[0], lower[0]), mix(upper[1], lower[1]), mix(upper[2], lower[2]), 1]
  }
  const light = ([red, green, blue]: Colour): number => {
    const [r = 0, g = 0, b = 0] = [red, green, blue]
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const contrast = (one: Colour, other: Colour): number => {
    const [high = 0, low = 0] = [light(one), light(other)].sort((left, right) => right - left)
    return (high + 0.05) / (low + 0.05)
  }

  const faults = new Set<string>()
  const look = (control: Element, element: Element, css: string, what: string): void => {
    const layers: Colour[] = []
    let opacity = 1
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const style = getComputedStyle(at)
      layers.push(parse(style.backgroundColor))
      opacity *= Number(style.opacity)
      if (style.filter !== 'none') faults.add(`${control.className}: a filter, whose contrast nobody can tell`)
    }
    const paper = layers.reduceRight<Colour>((lower, upper) => over(upper, lower), [255, 255, 255, 1])
    const ink = parse(css)
    const ratio = contrast(over([ink[0], ink[1], ink[2], ink[3] * opacity], paper), paper)
    if (ratio < 4.5)
      faults.add(`<${control.localName} ${control.className}> "${what.slice(0, 30)}" ${ratio.toFixed(1)}`)
  }

  for (const control of document.querySelectorAll('a, button, input, select, textarea, summary')) {
    if (!control.checkVisibility({ visibilityProperty: true })) continue
    if (control.matches('input, select, textarea')) {
      const { value, placeholder } = control as HTMLInputElement
      look(control, control, getComputedStyle(control).color, value)
      if (value === '' && placeholder !== '')
        look(control, control, getComputedStyle(control, '::placeholder').color, placeholder)
      continue
    }
    const walker = document.createTreeWalker(control, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const [text, parent] = [(node.textContent ?? '').trim(), node.parentElement]
      if (text !== '' && parent !== null) look(control, parent, getComputedStyle(parent).color, text)
    }
    // Icons are of the colour of the text; one alone is read like it.
    if ((control.textContent ?? '').trim() === '') {
      const name = control.getAttribute('aria-label') ?? ''
      look(control, control, getComputedStyle(control).color, name)
    }
  }
  return [...faults]
}
