import fc from 'fast-check'

/** What no terminal may get from somebody else: C0, DEL, C1, bidirectional controls, line separators, what takes no room. */
const rawCharacters =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/gu

/** The characters of a text that no terminal may get. */
export function raw(text: string): readonly string[] {
  return text.match(rawCharacters) ?? []
}

/** Pieces that mean something to a terminal, a shell, a reader of markup or a CI system. */
export const pieces: readonly string[] = [
  '\u001b[31m',
  '\u001b]0;PWN\u0007',
  '\u001b]8;;http://evil\u0007',
  '\u009b31m',
  '\u202e',
  '\u2066',
  '\u200b',
  '\u2028',
  '\u0000',
  '\u007f',
  '\r',
  '\n',
  '\t',
  '\ud800',
  '\u{e0041}',
  '$(touch PWN)',
  '`touch PWN`',
  ';touch PWN;',
  '&touch PWN&',
  '|touch PWN',
  '>PWN',
  "'",
  '"',
  '\u2019',
  '\u201d',
  '\\',
  '$',
  '$HOME',
  '!',
  '!!',
  '%',
  '*',
  '~',
  '#',
  '=',
  '-',
  '@',
  ' ',
  '{pin}',
  '\\0',
  '\\n',
  '```',
  '<h1>',
  '</pre>',
  ']]>',
  '&amp;',
  '|',
  '\n::error file=x::pwn\n',
  '\n  ::stop-commands::x\n',
  '##[error]pwn',
  '##vso[task.setvariable]x',
  '1',
  'a',
  'é',
  '😀',
]

/** Texts made of such pieces, and any others. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
)

/** The lines in which a CI system would find a command: as GitHub's runner, Azure Pipelines and TeamCity look for them. */
export function commandsIn(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trimStart().startsWith('::') || /##(?:vso|teamcity)?\[/.test(line))
}
