import { encodeUtf8 } from './utf8.ts'
import { isPrintable } from './printable.ts'

/** How a shell reads command lines. */
export interface ShellSyntax {
  /** What starts curl. */
  readonly curl: string
  /** A text as one word that means just this text. */
  readonly quote: (text: string) => string
  /** A text as one word in which each `{name}` stands for the variable of that name. */
  readonly fill: (text: string) => string
}

/** Any POSIX shell, such as dash, bash and zsh. */
export const posix: ShellSyntax = { curl: 'curl', quote: shellQuote, fill: (text) => fill(text, inPosix) }

/** PowerShell from 7.3 on: older ones lose double quotes on the way to a program, however they are written. */
export const powershell: ShellSyntax = {
  curl: 'curl.exe',
  quote: powershellQuote,
  fill: (text) => fill(text, inPowershell),
}

/** A command line of words that mean just what they are. */
export function commandLine({ quote }: ShellSyntax, program: string, ...words: readonly string[]): string {
  return [program, ...words.map(quote)].join(' ')
}

/** A path as an argument that is not taken for an option. */
export function pathWord(path: string): string {
  return path.startsWith('-') ? `./${path}` : path
}

/** The path of a scenario file as an argument that is not taken for an option or for the name of a shipped scenario. */
export function scenarioWord(path: string): string {
  return /^(?:\.{0,2}[/\\]|[a-z]:)/i.test(path) ? path : `./${path}`
}

/**
 * A text as one word of a POSIX shell, on one printable line. What is not printable is written by `printf`. A newline at the
 * very end has no such spelling, and stays what it is.
 */
export function shellQuote(text: string): string {
  if (/^[\w./:@,+-][\w./:@,+=%-]*$/.test(text)) return text
  return isPrintable(text) ? `'${text.replaceAll("'", String.raw`'\''`)}'` : `"${inPosix(text)}"`
}

/**
 * A text as one word of PowerShell, on one printable line. Its typographic quotes end a text as the plain ones do. What is
 * not printable is written as a number.
 */
export function powershellQuote(text: string): string {
  // Words such as -a.b are taken apart on their way to a program.
  if (/^(?!-.*[.:])[\w./:-]+$/.test(text)) return text
  return isPrintable(text) ? `'${text.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'` : `"${inPowershell(text)}"`
}

function fill(text: string, within: (text: string) => string): string {
  const parts = text.split(/(\{[a-z]\w*\})/i)
  return `"${parts.map((part, index) => (index % 2 === 1 ? `$${part}` : within(part))).join('')}"`
}

/** What stands for a text within double quotes. */
function inPosix(text: string): string {
  let line = ''
  let unprintable = ''
  for (const character of text) {
    // A shell cuts line ends off from what a command prints, so that a letter has to go along with them.
    if (!isPrintable(character) || unprintable.endsWith('\n')) unprintable += character
    else {
      line += printed(unprintable) + inert(character)
      unprintable = ''
    }
  }
  return line + printed(unprintable)
}

/** Within double quotes an interactive shell takes even an exclamation mark for its own. */
function inert(character: string): string {
  return character === '!' ? `"'!'"` : character.replace(/["\\$`]/, String.raw`\$&`)
}

/** A call of printf, with all bytes in octal. */
function printed(text: string): string {
  const [, start = '', end = ''] = /^(.*?)(\n*)$/s.exec(text) ?? []
  const octal = Array.from(encodeUtf8(start), (byte) => `\\0${byte.toString(8).padStart(3, '0')}`)
  return octal.length === 0 ? end : `$(printf %b '${octal.join('')}')${end}`
}

/** What stands for a text within double quotes. */
function inPowershell(text: string): string {
  return Array.from(text, (character) => {
    if (isPrintable(character)) return character.replace(/["`$\u201c-\u201e]/, '`$&')
    return Array.from({ length: character.length }, (_, at) => `$([char]${character.charCodeAt(at)})`).join('')
  }).join('')
}
