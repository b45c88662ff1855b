/**
 * The words of a command line as PowerShell reads them, by the rules of about_Quoting_Rules and about_Parsing: as much of them
 * as command lines need that are written for people to paste. Throws where a word would be more than a text: there is none here
 * to ask.
 */
export function wordsOf(line: string, variables: { readonly [name: string]: string }): string[] {
  const words: string[] = []
  let rest = line
  while (rest !== '') {
    const [taken, word] = single(rest) ?? double(rest, variables) ?? bare(rest)
    words.push(word)
    rest = rest.slice(taken)
    if (rest !== '' && !rest.startsWith(' ')) throw new Error(`more follows a word: ${rest}`)
    rest = rest.slice(1)
  }
  return words
}

const quotes = "'\u2018\u2019\u201a\u201b"
const doubleQuotes = '"\u201c\u201d\u201e'

/** In single quotes, of which any is as good as another, two of them are one. */
function single(line: string): [number, string] | undefined {
  if (!quotes.includes(line.charAt(0))) return undefined
  let text = ''
  for (let at = 1; at < line.length; at++) {
    const character = line.charAt(at)
    if (quotes.includes(character)) {
      at++
      if (at >= line.length || !quotes.includes(line.charAt(at))) return [at, text]
    }
    text += line.charAt(at)
  }
  throw new Error(`a text does not end: ${line}`)
}

/** In double quotes variables stand for their values, `$(…)` for what it comes to, and a backtick before what means itself. */
function double(line: string, variables: { readonly [name: string]: string }): [number, string] | undefined {
  if (!doubleQuotes.includes(line.charAt(0))) return undefined
  let text = ''
  let at = 1
  while (at < line.length) {
    const character = line.charAt(at)
    const rest = line.slice(at)
    if (doubleQuotes.includes(character)) return [at + 1, text]
    if (character === '`') {
      // Before a letter or a digit it may be a control character.
      if (/^`[0-9a-zA-Z]/.test(rest)) throw new Error(`an escape: ${rest}`)
      text += line.charAt(at + 1)
      at += 2
    } else if (character === '$') {
      const [whole = '', number, name] = /^\$(?:\(\[char\](\d+)\)|\{(\w+)\})/.exec(rest) ?? []
      if (whole === '') throw new Error(`an expression: ${rest}`)
      text += number === undefined ? variables[name ?? ''] : String.fromCharCode(Number(number))
      at += whole.length
    } else {
      text += character
      at++
    }
  }
  throw new Error(`a text does not end: ${line}`)
}

/** Without quotes a word has letters, digits and little else that means nothing; an option ends at a dot or a colon. */
function bare(line: string): [number, string] {
  const [word = ''] = /^[\w./:-]+/.exec(line) ?? []
  if (word === '' || /^-.*[.:]/.test(word)) throw new Error(`no plain word: ${line}`)
  return [word.length, word]
}
