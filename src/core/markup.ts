import { printable } from './printable.ts'

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
])

/**
 * Text for HTML and XML, between tags and in quoted attributes. Its line ends stay; other controls, which XML 1.0 forbids, and
 * formats that turn letters around can be seen.
 */
export function markup(text: string): string {
  const lines = text.split('\n').map(printable)
  return lines.join('\n').replaceAll(/[&<>"']/g, (character) => entities.get(character) ?? character)
}
