import { cookieAttributes } from '../../core/cookie.ts'
import { readJson } from '../../core/json.ts'
import { printable } from '../../core/printable.ts'
import { secretNames, type SecrecyOf } from '../../core/secret-name.ts'
import { masked, maskTokens } from '../../world/mask.ts'
import { maskJson } from '../../world/mask-message.ts'
import { maskText } from '../../world/mask-text.ts'
import type { Difference } from '../comparing/difference.ts'
import type { CheckFinding, Failure } from './findings.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'

/** Takes out of texts what a target file, or a server's answer, holds as a secret. */
export class Redactor {
  readonly #secrets: readonly string[]
  readonly #secrecyOf: SecrecyOf
  readonly #isToken: ((word: string) => boolean) | undefined

  constructor({ api, secrets }: Pick<LoadedTarget, 'api' | 'secrets'>) {
    this.#secrets = spellings(secrets)
    this.#secrecyOf = secretNames(api.secrets.members)
    this.#isToken = api.secrets.isToken?.bind(api.secrets)
  }

  text(text: string): string {
    const plain = this.#secrets.reduce((left, secret) => left.replaceAll(secret, masked), text)
    return this.#isToken === undefined ? plain : maskTokens(plain, this.#isToken)
  }

  difference(difference: Difference): Difference {
    const { where, expected, received, words } = difference
    const told = { expected: clip(this.#told(where, expected)), received: clip(this.#told(where, received)) }
    // A sentence that has a secret somewhere in it is left out: what is beside it tells as much.
    const isPlain = words !== undefined && this.#told(where, expected) === expected && this.text(words) === words
    return { where, how: difference.how, ...told, ...(isPlain ? { words: clip(words) } : {}) }
  }

  /** The first of some differences, as a sentence. */
  differences([first]: readonly Difference[]): string {
    if (first === undefined) return ''
    const { where, expected, received } = this.difference(first)
    return `${where}: ${expected}, where the server said ${received}`
  }

  /** Ids and clauses stay as they are: they are ours, and replays go by them. */
  finding(finding: CheckFinding): CheckFinding {
    const { because, failures } = finding
    return {
      ...finding,
      ...(because === undefined ? {} : { because: this.text(because) }),
      failures: failures.map((failure) => this.#failure(failure)),
    }
  }

  #failure(failure: Failure): Failure {
    const { because, request, curl, differences } = failure
    return {
      ...failure,
      because: this.text(because),
      request: this.text(request),
      curl: this.text(curl),
      differences: differences.map((each) => this.difference(each)),
    }
  }

  /** What can be told of a value, by where it stands. */
  #told(where: string, shown: string): string {
    if (where === 'header set-cookie') return this.text(maskCookies(shown))
    const member = /([\w?]+)(\[\d+\])?$/.exec(where)?.[1] ?? ''
    if (this.#secrecyOf(member) === 'secret') return /^["'[{\d]/.test(shown) ? masked : shown
    // A body, or a part of one, has its secrets within.
    return this.text(maskWithin(shown, this.#secrecyOf))
  }
}

/** A secret as it is, and as terminals, JSON, URLs, forms and credentials spell it; the longest first. */
function spellings(secrets: readonly string[]): readonly string[] {
  const all = secrets.flatMap((secret) => [
    secret,
    JSON.stringify(secret).slice(1, -1),
    printable(secret),
    encodeURIComponent(secret),
    new URLSearchParams({ secret }).toString().slice('secret='.length),
  ])
  // What is shorter stands in every other word.
  return [...new Set(all)].filter(({ length }) => length > 2).sort((one, other) => other.length - one.length)
}

/** Not before its secrets are out: half of one could not be told from other words. */
function clip(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}

/** A text that is JSON, or has some in it. */
function maskWithin(text: string, secrecyOf: SecrecyOf): string {
  try {
    return JSON.stringify(maskJson(readJson(text), secrecyOf))
  } catch {
    return maskText(text, secrecyOf, 'JSON')
  }
}

/** Set-Cookie lines without the values. */
function maskCookies(lines: string): string {
  return lines.replaceAll(/([\w.-]+)=([^;,\s]+)/g, (pair, name: string, value: string) =>
    cookieAttributes.has(name.toLowerCase()) || value === '…' ? pair : `${name}=${masked}`,
  )
}
