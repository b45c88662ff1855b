type Child = Node | string

/** What an element is given: attributes, and listeners by the name of their event. */
export type Properties = { readonly [name: string]: string | boolean | ((event: Event) => void) | undefined }

/** Makes an element: `h('button', { type: 'button', click: go }, 'Go')`. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') element.addEventListener(name, value)
    else if (value === true) element.setAttribute(name, '')
    else if (typeof value === 'string') element.setAttribute(name, value)
  }
  element.append(...children)
  return element
}

/** A button that does something. */
export function button(text: string, click: () => void, properties: Properties = {}): HTMLButtonElement {
  return h('button', { type: 'button', click, ...properties }, text)
}

/** Shows a text, and leaves the page alone where it is shown already. */
export function showText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.replaceChildren(text)
}
