import { printable } from './printable.ts'

/**
 * A text within a line of Markdown, also in a cell of a table: nothing in it is a mark or HTML. Addresses are no links, as a
 * reader should not be led where somebody else wants it.
 */
export function markdownText(text: string): string {
  return printable(text)
    .replaceAll(/[\\`*_~[\]<>|#&!]/g, String.raw`\$&`)
    .replaceAll(/:(?=\/\/)|(?<=www)\.|@/gi, (character) => `&#${character.charCodeAt(0)};`)
}

/** A text as code within a line of Markdown, outside tables. */
export function markdownCode(text: string): string {
  const shown = printable(text)
  const fence = '`'.repeat(longestRun(shown) + 1)
  // One blank on each side is taken away; without it a backtick would be part of the fence.
  return /^`|`$|^ .* $/.test(shown) ? `${fence} ${shown} ${fence}` : `${fence}${shown}${fence}`
}

/** Lines as a block of code, in a fence that is longer than any run of backticks in them. */
export function markdownBlock(lines: readonly string[]): string[] {
  const shown = lines.map(printable)
  const fence = '`'.repeat(Math.max(3, longestRun(shown.join('\n')) + 1))
  return [`${fence}text`, ...shown, fence]
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, { length }) => Math.max(longest, length), 0)
}
