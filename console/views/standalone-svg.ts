const kept = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'opacity',
]

/** A picture of this page as a file: what the page's style says is written into it. */
export function toStandalone(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement
  const [drawn, copied] = [
    [svg, ...svg.querySelectorAll('*')],
    [copy, ...copy.querySelectorAll('*')],
  ]
  for (const [index, element] of drawn.entries()) {
    const style = getComputedStyle(element)
    for (const name of kept) copied[index]?.setAttribute(name, style.getPropertyValue(name))
    copied[index]?.removeAttribute('class')
  }
  const { width, height } = svg.viewBox.baseVal
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  paper.setAttribute('width', String(width))
  paper.setAttribute('height', String(height))
  paper.setAttribute('fill', getComputedStyle(document.body).backgroundColor)
  copy.prepend(paper)
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(height))
  return `${new XMLSerializer().serializeToString(copy)}\n`
}
