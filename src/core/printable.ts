/**
 * What a text must not bring to where it is shown: what steers a terminal (C0, DEL, C1), turns or hides letters
 * (bidirectional and zero-width formats), ends a line, or is no character at all.
 */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]/u
const everyUnprintable = new RegExp(unprintable, 'gu')

const short: ReadonlyMap<string, string> = new Map([
  ['\n', String.raw`\n`],
  ['\r', String.raw`\r`],
  ['\t', String.raw`\t`],
])

/** Whether a text can be shown as it is, on one line. */
export function isPrintable(text: string): boolean {
  return !unprintable.test(text)
}

/**
 * A text from outside as one line that can be shown anywhere. What steers a terminal, cannot be seen or ends a line is spelt
 * as JSON spells it: `\n`, `\u001b`, `\u202e`. All else stays, backslashes too, so that twice is the same as once.
 */
export function printable(text: string): string {
  return text.replaceAll(everyUnprintable, (character) => short.get(character) ?? spelt(character))
}

/** JSON of a value, as `JSON.stringify` writes it, but with `\uXXXX` for all that must not be shown as it is. */
export function printableJson(value: unknown, indent?: number): string {
  // The only line ends in it are those between members.
  return JSON.stringify(value, null, indent).replaceAll(everyUnprintable, (character) =>
    character === '\n' ? character : spelt(character),
  )
}

/** By UTF-16 units, as in JSON and JavaScript. */
function spelt(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
