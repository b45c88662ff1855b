import { cookiePairs, readSetCookie } from '../../core/cookie.ts'
import { headerValue, headerValues, type HttpRequest } from '../../core/http.ts'
import { isJsonObject, parseJson, type Json } from '../../core/json.ts'
import type { Answered } from '../comparing/answered.ts'
import { withoutScheme } from './seen.ts'

const mostKept = 400

/** What is known of the names of sessions beforehand. */
export interface TokensBy {
  /** The header that carries them, where one does. */
  readonly header?: string
  /** Whether a text can be one of the mock's; anything may be if left out. */
  readonly isOurs?: (text: string) => boolean
}

/** Which of the mock's names stands for which of the server's: sessions, and what proves them. */
export class Tokens {
  readonly #ours: Map<string, string>
  readonly #how: TokensBy

  constructor(how: TokensBy = {}, known: Iterable<[theirs: string, ours: string]> = []) {
    this.#how = how
    this.#ours = new Map(known)
  }

  /** The mock's name for one of the server's. */
  nameOf(theirs: string): string | undefined {
    return this.#ours.get(theirs)
  }

  /** The server's names for those of the mock's that are meant. */
  theirs(isMeant: (ours: string) => boolean): string[] {
    return [...this.#ours].flatMap(([theirs, ours]) => (isMeant(ours) ? [theirs] : []))
  }

  /** The same, and what two more answers tell; this one stays as it is. Of many, those of long ago are forgotten. */
  and(theirs: Answered, ours: Answered): Tokens {
    const kept = this.#ours.size > mostKept ? [...this.#ours].slice(-mostKept / 2) : this.#ours
    const more = new Tokens(this.#how, kept)
    more.note(theirs, ours)
    return more
  }

  /** Notes what two answers to the same request have told otherwise. */
  note(theirs: Answered, ours: Answered): void {
    const [cookies, own] = [cookiesOf(theirs), cookiesOf(ours)]
    for (const [name, value] of cookies) {
      const twin = own.get(name)
      if (twin !== undefined && value !== '') this.#ours.set(value, twin)
    }
    const [ticket, twin] = [theirs, ours].map(({ headers }) => headerValue(headers, this.#how.header ?? ''))
    if (ticket !== undefined && twin !== undefined) this.#put(withoutScheme(ticket), withoutScheme(twin))
    if (theirs.body !== ours.body) this.#noteValues(valueOf(theirs.body), valueOf(ours.body))
  }

  /** The request with the mock's names in the place of the server's: in cookies, in the query and in its path. */
  renamed(request: HttpRequest): HttpRequest {
    const { headers, path, query } = request
    return {
      ...request,
      path: path
        .split('/')
        .map((part) => this.#whole(part))
        .join('/'),
      query: query.replace(
        /(^|&)([^=&]*)=([^&]*)/g,
        (_, start, name, value) => `${start}${name}=${this.#whole(value)}`,
      ),
      headers: headers.map((value, index) => {
        const name = index % 2 === 1 ? headers[index - 1]?.toLowerCase() : undefined
        if (name === 'cookie') return this.#cookies(value)
        return name !== undefined && name === this.#how.header ? this.#ticket(value) : value
      }),
    }
  }

  #cookies(line: string): string {
    return cookiePairs(line)
      .map(([name, value]) => `${name}=${this.#ours.get(value) ?? value}`)
      .join('; ')
  }

  #ticket(value: string): string {
    const theirs = withoutScheme(value)
    const ours = this.#ours.get(theirs)
    return ours === undefined ? value : value.replace(theirs, () => ours)
  }

  #noteValues(theirs: Json, ours: Json | undefined): void {
    if (isJsonObject(theirs) && isJsonObject(ours)) {
      for (const [name, value] of Object.entries(theirs)) this.#noteValues(value ?? null, ours[name])
    } else if (typeof theirs !== 'object' && typeof ours !== 'object' && ours !== undefined)
      this.#put(String(theirs), String(ours))
  }

  #put(theirs: string, ours: string): void {
    // What is no name of its own is none of a session.
    if (this.#how.isOurs?.(ours) === false) return
    if (/^[\w-]{1,200}$|^[\w.~+/=-]{20,4096}$|…$/.test(theirs)) this.#ours.set(theirs, ours)
  }

  /** A text that is one name of the server's, or two of them beside each other. */
  #whole(text: string): string {
    const known = this.#ours.get(text)
    if (known !== undefined || text.length < 8) return known ?? text
    for (let at = 1; at < text.length; at++) {
      const [one, other] = [this.#ours.get(text.slice(0, at)), this.#ours.get(text.slice(at))]
      if (one !== undefined && other !== undefined) return one + other
    }
    return text
  }
}

function valueOf(body: string): Json {
  return /^\s*[{[]/.test(body) ? (parseJson(body) ?? body) : body
}

function cookiesOf({ headers }: Answered): Map<string, string> {
  const cookies = headerValues(headers, 'set-cookie').flatMap((line) => readSetCookie(line) ?? [])
  return new Map(cookies.map(({ name, value }) => [name, value]))
}
