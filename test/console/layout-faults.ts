/**
 * What is wrong with the layout of a page as it stands, in words; nothing, if all of it can be read and reached.
 *
 * Looks at what lies `above` all else, if that is named, or at the dialog that is open, or else at the whole page. Runs in
 * the page, so it has all it needs within.
 */
export function findLayoutFaults(above: string | undefined): string[] {
  const faults = new Set<string>()
  const root = document.documentElement
  const scope = document.querySelector(above ?? 'dialog[open]') ?? document.body
  const width = root.clientWidth
  if (root.scrollWidth > width) faults.add(`the page is ${root.scrollWidth} px wide`)

  const nameOf = (element: Element): string => {
    const text = (element.textContent ?? '').trim().slice(0, 40)
    const looks = element.getAttribute('class') ?? ''
    return `<${element.localName}${looks === '' ? '' : ` ${looks}`}> "${text === '' ? (element.getAttribute('aria-label') ?? '') : text}"`
  }
  const styles = new Map<Element, CSSStyleDeclaration>()
  const styleOf = (element: Element): CSSStyleDeclaration => {
    const known = styles.get(element) ?? getComputedStyle(element)
    styles.set(element, known)
    return known
  }
  const parentsOf = (element: Element): Element[] => {
    const parents: Element[] = []
    for (let parent: Element | null = element; parent !== null && parent !== root; parent = parent.parentElement)
      parents.push(parent)
    return parents
  }
  // What is for ears only is clipped to nothing; the link that skips comes when it has the focus.
  const isSeen = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true }) &&
    !parentsOf(element).some((parent) => parent.matches('.skip') || styleOf(parent).clipPath !== 'none')

  const controls = [...scope.querySelectorAll('a, button, input, select, textarea, summary')].filter(isSeen)
  for (const element of [...scope.querySelectorAll('*'), scope].filter(isSeen)) {
    if (element.matches('input, textarea, select') || element.scrollWidth <= element.clientWidth + 1) continue
    if (['auto', 'scroll'].includes(styleOf(element).overflowX)) faults.add(`${nameOf(element)} scrolls sideways`)
  }

  // Every text in its place: in the window, within whatever it belongs to, and on no other text.
  const pieces: { readonly text: string; readonly node: Node; readonly box: DOMRect }[] = []
  const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement
    if (parent === null || (node.textContent ?? '').trim() === '') continue
    if (parent.closest('option, select, textarea, title') !== null || !isSeen(parent)) continue
    range.selectNodeContents(node)
    const text = `"${(node.textContent ?? '').trim().slice(0, 40)}"`
    const parents = parentsOf(parent)
    const lines = [...range.getClientRects()].filter(({ width: long }) => long >= 1)
    if (
      /^[\p{L}\d]{1,14}$/u.test((node.textContent ?? '').trim()) &&
      new Set(lines.map(({ top }) => Math.round(top))).size > 1
    )
      faults.add(`${text} is torn apart`)
    for (const line of lines) {
      let [left, right, top, bottom] = [line.left, line.right, line.top, line.bottom]
      for (const around of parents) {
        const { display, overflowX, overflowY, textOverflow } = styleOf(around)
        if (display === 'inline' || display === 'contents') continue
        const box = around.getBoundingClientRect()
        // What a list within has scrolled out of sight lies on nothing.
        if (overflowY !== 'visible' && around !== scope)
          [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)]
        if (overflowX === 'hidden' && textOverflow === 'ellipsis')
          [left, right] = [Math.max(left, box.left), Math.min(right, box.right)]
        else if (left < box.left - 1 || right > box.right + 1) {
          faults.add(`${text} sticks out of ${nameOf(around)}`)
          break
        }
      }
      if (right - left > 1 && bottom - top > 1)
        pieces.push({ text, node, box: new DOMRect(left, top, right - left, bottom - top) })
    }
  }
  pieces.sort((one, other) => one.box.top - other.box.top)
  for (const [index, { text, node, box }] of pieces.entries()) {
    for (const other of pieces.slice(index + 1)) {
      if (other.box.top > box.bottom - 3) break
      const shared = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left)
      if (other.node !== node && shared > 2) faults.add(`${text} and ${other.text} lie on each other`)
    }
  }

  // Every control can be seen, and a press in its middle is one on it.
  for (const control of controls) {
    control.scrollIntoView({ block: 'center', inline: 'nearest' })
    for (const box of control.getClientRects()) {
      const at = `${nameOf(control)} at ${Math.round(box.left)}–${Math.round(box.right)}`
      if (box.left < 0 || box.right > width + 0.5) faults.add(`${at} is out of sight`)
      const met = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2)
      if (met === null || !control.contains(met))
        faults.add(`${at} lies under ${met === null ? 'nothing' : nameOf(met)}`)
    }
  }
  scrollTo(0, 0)
  return [...faults]
}
