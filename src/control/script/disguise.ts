import { alphabets, createRandom, type Random } from '../../core/random.ts'

/** Puts something of the same form in the place of what somebody typed that is nobody's: it could be meant for elsewhere. */
export class Disguise {
  readonly #random: Random
  readonly #made = new Map<string, string>()

  constructor(seed: string) {
    this.#random = createRandom(seed)
  }

  /** The same for the same, and never what is known. */
  of(secret: string, isKnown: (candidate: string) => boolean): string {
    const before = this.#made.get(secret)
    if (before !== undefined) return before
    let made = secret
    for (let attempt = 0; attempt < 100 && (made === secret || isKnown(made)); attempt++) made = this.#like(secret)
    this.#made.set(secret, made)
    return made
  }

  #like(secret: string): string {
    return secret.replaceAll(/[0-9]|[A-Z]|[a-z]|[^\s\p{P}\p{S}\p{C}]/gu, (letter) => {
      if (/[0-9]/.test(letter)) return this.#random.text(1, alphabets.digits)
      const one = this.#random.text(1, letters)
      return /[A-Z]/.test(letter) ? one.toUpperCase() : one
    })
  }
}

const letters = 'abcdefghijklmnopqrstuvwxyz'
