/** What stands for a secret. */
export const masked = '***'

/** The start of a long identifier, enough to tell two apart and not to use one. */
export function shorten(identifier: string): string {
  return identifier.length < 12 ? masked : `${identifier.slice(0, 4)}…`
}

/** The identifier of a session, shortened: whoever knows it is that session, unless it is merely a number. */
export function maskSession(id: string): string {
  return /^\d{1,10}$/.test(id) ? id : shorten(id)
}

/** A record's key, where it has the identifier of a session or another secret in it. */
export function maskKey(key: string): string {
  const [, start, kind, id] = /^(.*?\b(session|secret):)(.+)$/s.exec(key) ?? []
  if (start === undefined || id === undefined) return key
  return start + (kind === 'session' ? maskSession(id) : shorten(id))
}

/** Tells the words (letters and digits) that are a secret wherever they stand. */
export type IsToken = (word: string) => boolean

/** A text, a path or a query with such words shortened, percent-encoded ones too. */
export function maskTokens(text: string, isToken: IsToken): string {
  return text.replace(/(?:[0-9A-Za-z]|%[0-9A-Fa-f]{2})+/g, (run) => {
    const plain = decodeName(run)
    const shown = plain.replace(/[0-9A-Za-z]+/g, (word) => (isToken(word) ? shorten(word) : word))
    return shown === plain ? run : shown
  })
}

const longestLine = 2048

/** No more of a text than anybody reads, cut between words: half a token would not be known for one. */
export function cutOff(text: string): string {
  return text.length > longestLine ? `${text.slice(0, longestLine).replace(/[0-9A-Za-z%]+$/, '')}…` : text
}

/** How much of a body is shown. */
export const shownBytes = 4096

/** Without percent signs and pluses; what is no percent-encoding stays as it is, and hides none beside it. */
export function decodeName(name: string): string {
  return name.replaceAll('+', ' ').replaceAll(/(?:%[\dA-Fa-f]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run)
    } catch {
      return run
    }
  })
}
