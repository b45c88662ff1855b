/**
 * What a name says of its value: `secret`, however it is formed; `holder`, of credentials, of which only mere text is
 * one; `session`, the identifier of one; or `open`.
 */
export type Secrecy = 'secret' | 'holder' | 'session' | 'open'

/** Tells what a name says, as somebody spelt it. */
export type SecrecyOf = (name: string) => Secrecy

/** Secret wherever they stand in a name, also where its words are written as one. */
const stems =
  /password|passwd|passwort|passphrase|passcode|secret(?!ar)|token(?!i[sz])|credential|signature|apikey|privatekey|twofactor|2fa|totp/

/** Secret as words; as parts of words they stand in `bypass`, `keyword` and `pinned`. */
const secretWords = new Set(['pass', 'pwd', 'pw', 'passwd', 'pin', 'pins', 'otp', 'otps', 'tan', 'mfa', 'jwt', 'sig'])

/** Secret unless the word before says of what they are. */
const ambiguousWords = new Set(['code', 'codes', 'key', 'keys'])
const harmlessBefore = new Set(
  (
    'response status error http exit result reason country language lang locale currency post postal zip area region ' +
    'dial phone state product item color colour source bar qr type field event object category project issue public ' +
    'primary foreign sort partition cache message translation group row column cell idempotency'
  ).split(' '),
)

/** What people write before such a word without a gap: `newpin`, `authcode`, `accesskey`. */
const compound =
  /^(?:new|old|current|confirm|repeat|my|user|admin|login|auth|access|sms|email|verification|security|recovery|backup|reset|activation|invite|pass|pin|otp|mfa|master|license|encryption|signing|shared|session|client|app|db|j|os)(?:pass|pwd|pw|pin|otp|code|key)s?$/

/** The last word of names that tell of a secret without holding it: `tokenType`, `pinEpoch`, `passwordExpiresAt`. */
const aboutWords = new Set(
  (
    'type types kind mode algorithm count length size limit limits min max age days ttl timeout at in on expires expiry ' +
    'expiration expired epoch policy required enabled disabled allowed changed valid invalid failed failures attempts ' +
    'retries tries status state url uri name names username user label field index'
  ).split(' '),
)

const holderWords = new Set(['auth', 'oauth', 'oauth2', 'authorization', 'credentials', 'bearer', 'cookie', 'cookies'])
const sessionWords = new Set(['sid', 'session', 'sessid', 'sessionid', 'jsessionid', 'phpsessid'])

/**
 * The one place for what the name of a secret is, whoever sent it and in whatever spelling: case, separators, brackets,
 * percent signs and JSON's escapes do not matter. `members` are names that are secrets besides, as an API tells them.
 */
export function secretNames(members: Iterable<string>): SecrecyOf {
  const own = new Set(Array.from(members, (member) => member.toLowerCase()))
  const known = new Map<string, Secrecy>()
  return (name) => {
    const found = known.get(name) ?? secrecyOf(spelledOut(name), own)
    // Callers can make up as many names as they like.
    if (known.size >= mostKnown) known.clear()
    known.set(name, found)
    return found
  }
}

const mostKnown = 1000
/** Longer ones are no names, but could be texts with one in them. */
const longestName = 200

function secrecyOf(name: string, own: ReadonlySet<string>): Secrecy {
  const segments = name.split(/[[\].]+/).filter((segment) => segment !== '')
  if (segments.some((segment) => own.has(segment.toLowerCase()))) return 'secret'
  if (name.length > longestName) return stems.test(name.toLowerCase()) ? 'secret' : 'open'
  // `PiN` is one word as well.
  const words = /^\p{L}+$/u.test(name) && secretWords.has(name.toLowerCase()) ? [name.toLowerCase()] : wordsOf(name)
  const last = words.at(-1)
  if (last === undefined || (words.length > 1 && aboutWords.has(last))) return 'open'
  if (holderWords.has(last)) return 'holder'
  const joined = words.join('')
  if (stems.test(joined) || words.some((word, index) => isSecretWord(word, words[index - 1]))) return 'secret'
  if (words.some((word) => holderWords.has(word))) return 'holder'
  if (sessionWords.has(last) || /sess(?:ion)?id$/.test(joined)) return 'session'
  return 'open'
}

function isSecretWord(word: string, before: string | undefined): boolean {
  if (secretWords.has(word) || compound.test(word)) return true
  return ambiguousWords.has(word) && (before === undefined || !harmlessBefore.has(before))
}

/** The words of a name in lower case, without numbers: of `x-api-key`, `user[newPassword]`, `APIKey2`. */
function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$2 ')
    .toLowerCase()
    .split(/(?<!\b)\d+|[^\p{L}\d]+/u)
    .filter((word) => word !== '' && !/^\d+$/.test(word))
}

/** A name without what forms, URLs and JSON have to write otherwise, however often it went through one of them. */
function spelledOut(name: string): string {
  let plain = name
  for (let times = 0; times < 3; times++) {
    const next = plain
      .replaceAll(/\\+u([\dA-Fa-f]{4})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
      .replaceAll(/%([2-7][\dA-Fa-f])/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    if (next === plain) break
    plain = next
  }
  return plain.trim()
}
