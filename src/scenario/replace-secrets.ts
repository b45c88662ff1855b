import type { AnyField } from '../core/field.ts'
import { isJsonObject, own, type Json, type JsonObject } from '../core/json.ts'
import { alphabets, createRandom, type Random } from '../core/random.ts'

/** Puts made-up secrets in the place of real ones: the same for the same, of the same form, and never the same. */
export class SecretReplacer {
  readonly #random: Random
  readonly #replacements = new Map<string, string>()

  /** `kept` are secrets that stay. */
  constructor(seed: string, kept: Iterable<string> = []) {
    this.#random = createRandom(seed)
    for (const secret of kept) this.#replacements.set(secret, secret)
  }

  /**
   * Data as its field describes it, with every secret replaced. `owner` is the name that the data stands under;
   * `harmless` is the same data where no secret of anybody's can be, and what is as it is there stays.
   */
  replace(field: AnyField, data: Json | undefined, owner?: string, harmless?: Json): Json | undefined {
    switch (field.kind) {
      case 'list':
        return Array.isArray(data) ? data.map((item) => this.replace(field.item, item) ?? null) : data
      case 'map':
        return isJsonObject(data) ? this.#replaceMap(field.item, data, field.secretKeys === true) : data
      case 'object':
        return isJsonObject(data) ? this.#replaceObject(field.fields, data, owner, harmless) : data
      default: {
        // The username is what a blank password stands for, and tells nothing.
        const tells = field.secret === true && typeof data === 'string' && data !== owner && data !== harmless
        return tells ? this.replacement(data) : data
      }
    }
  }

  /** What stands for one secret. A session that ended has none. */
  replacement(secret: string): string {
    if (secret === '') return ''
    const known = this.#replacements.get(secret)
    if (known !== undefined) return known
    const made = this.#make(secret)
    this.#replacements.set(secret, made)
    return made
  }

  #replaceMap(item: AnyField, data: JsonObject, secretKeys: boolean): JsonObject {
    return Object.fromEntries(
      Object.entries(data).map(([key, value]) => [
        secretKeys ? this.replacement(key) : key,
        this.replace(item, value, key),
      ]),
    )
  }

  #replaceObject(
    fields: { readonly [name: string]: AnyField },
    data: JsonObject,
    owner: string | undefined,
    harmless: Json | undefined,
  ): JsonObject {
    const username = own(data, 'username')
    const name = typeof username === 'string' ? username : owner
    return Object.fromEntries(
      Object.entries(data).map(([member, value]) => {
        const field = Object.hasOwn(fields, member) ? fields[member] : undefined
        const same = isJsonObject(harmless) ? own(harmless, member) : undefined
        return [member, field === undefined ? value : this.replace(field, value, name, same)]
      }),
    )
  }

  #make(secret: string): string {
    const form = forms.find(({ pattern }) => pattern.test(secret))
    let made = secret
    for (let attempt = 0; made === secret && attempt < 100; attempt++) {
      made =
        form === undefined
          ? this.#random.text(12, alphabets.alphanumeric)
          : this.#random.text(secret.length, form.alphabet)
    }
    return made
  }
}

/** Replaces nothing, and knows what would have been replaced. */
export class SecretCollector extends SecretReplacer {
  readonly found: Set<string>

  constructor(found: Set<string> = new Set<string>()) {
    super('')
    this.found = found
  }

  override replacement(secret: string): string {
    if (secret !== '') this.found.add(secret)
    return secret
  }
}

/** Forms that whoever reads a secret may insist on, the narrowest first. */
const forms = [
  { pattern: /^[0-9]+$/, alphabet: alphabets.digits },
  { pattern: /^[A-Z2-7]{16,}$/i, alphabet: alphabets.base32 },
  { pattern: /^[0-9A-F]+$/, alphabet: alphabets.upperHex },
  { pattern: /^[0-9A-Za-z]+$/, alphabet: alphabets.alphanumeric },
]
