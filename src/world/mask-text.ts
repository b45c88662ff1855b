import type { SecrecyOf } from '../core/secret-name.ts'
import { masked, maskSession } from './mask.ts'

/** What may be a name, with whatever spells it; the sign behind it; or a letter that is neither. */
const piece = /((?:[\w$.[\]-]|%[\dA-Fa-f]{2}|\\{1,8}u[\dA-Fa-f]{4})+)|([=:]>?)|[^]/g

/** A value in quotes, which may have lost its end, JSON that is cut off, or what reaches to the next gap. */
const value = {
  text: /\s*(?:\\*"(?:[^"\\]|\\.)*"?|\\*'(?:[^'\\]|\\.)*'?|[^&\s"'<>]+)/y,
  JSON: /\s*(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[[{][^]*|[^,}\s]+)/y,
}

/**
 * A text with the values of what is a secret by its name masked: after `=`, and after `:` where the name is in quotes;
 * in JSON that cannot be parsed, where it is not, too. So are the contents of XML elements, and what an address has
 * before its host.
 */
export function maskText(text: string, secrecyOf: SecrecyOf, kind: 'text' | 'JSON' = 'text'): string {
  if (!/[=:<]/.test(text)) return text
  return maskPairs(maskElements(maskAddresses(text), secrecyOf), secrecyOf, kind)
}

/** With a scheme before it or, as in `Host` and in a DSN, without: a name, a colon and a password before an `@`. */
function maskAddresses(text: string): string {
  if (!text.includes('@')) return text
  return text
    .replaceAll(/\/\/[^\s/?#@"']*@/g, `//${masked}@`)
    .replaceAll(
      /(?<![\w.+-])(?!(?:mailto|acct|sips?|xmpp):)([\w.+-]+):[^\s/?#@"'<>]{1,200}@(?=[\w[])/gi,
      `$1:${masked}@`,
    )
}

function maskElements(text: string, secrecyOf: SecrecyOf): string {
  if (!text.includes('<')) return text
  return text.replaceAll(
    /<([\w:.-]+)([^<>]*)>(<!\[CDATA\[[^]*?\]\]>|[^<]+)/g,
    (element, name: string, attributes: string, content: string) => {
      const isOpen = attributes.endsWith('/') || content.trim() === '' || secrecyOf(name) === 'open'
      return isOpen ? element : `<${name}${attributes}>${masked}`
    },
  )
}

/** Reads each letter once, however the text is made. */
function maskPairs(text: string, secrecyOf: SecrecyOf, kind: 'text' | 'JSON'): string {
  let shown = ''
  let from = 0
  let name: { readonly word: string; readonly end: number } | undefined
  piece.lastIndex = 0
  const pattern = new RegExp(piece)
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [whole, word, sign] = match
    if (word !== undefined) name = { word, end: pattern.lastIndex }
    // Between a name and its sign there are gaps and quotes, and nothing else.
    else if (sign === undefined && !/[\s"'\\]/.test(whole)) name = undefined
    if (sign === undefined || name === undefined) continue
    const gap = text.slice(name.end, match.index)
    const isPair = sign.startsWith('=') || kind === 'JSON' || /["']/.test(gap)
    const secrecy = isPair ? secrecyOf(name.word) : 'open'
    name = undefined
    const valuePattern = value[kind]
    valuePattern.lastIndex = pattern.lastIndex
    const found = secrecy === 'open' ? undefined : valuePattern.exec(text)?.[0]
    // What holds a secret is looked into.
    if (found === undefined || (secrecy !== 'secret' && /^\s*[[{]/.test(found))) continue
    const plain = found.trim().replaceAll(/^[\\"']{1,9}|[\\"']{1,9}$/g, '')
    const told = secrecy === 'session' ? maskSession(plain) : masked
    const quote = kind === 'JSON' ? '"' : (/^\s*(\\*["'])/.exec(found)?.[1] ?? '')
    shown += text.slice(from, pattern.lastIndex) + /^\s*/.exec(found)?.[0] + quote + told + quote
    pattern.lastIndex += found.length
    from = pattern.lastIndex
  }
  return shown + text.slice(from)
}
