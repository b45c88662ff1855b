/** A source of random values; every draw is new. */
export interface Random {
  /** At least 0, below 1. */
  next(): number
  /** A whole number, at least 0 and below `bound`. */
  below(bound: number): number
  /** `length` characters, each from `alphabet`. */
  text(length: number, alphabet: string): string
}

/** Alphabets the documented formats use. */
export const alphabets = {
  digits: '0123456789',
  upperHex: '0123456789ABCDEF',
  alphanumeric: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
  base32: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
} as const

/** A repeatable source: the same seed gives the same values in the same order (Chris Doty-Humphrey's sfc32). */
export function createRandom(seed: string): Random {
  let [a, b, c, counter] = hash128(seed)
  const next = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 4_294_967_296
  }
  // The first values still show the seed's shape.
  for (let round = 0; round < 12; round++) next()
  return randomFrom(next)
}

/** Gives back, each time it is called, a source that repeats the same values: for what may have to be done again. */
export function replayRandom(random: Random): () => Random {
  const values: number[] = []
  return () => {
    let position = 0
    return randomFrom(() => (values[position++] ??= random.next()))
  }
}

function randomFrom(next: () => number): Random {
  const below = (bound: number): number => Math.floor(next() * bound)
  return {
    next,
    below,
    text: (length, alphabet) => {
      let text = ''
      for (let index = 0; index < length; index++) text += alphabet[below(alphabet.length)]
      return text
    },
  }
}

/** A whole number of 32 bits that stands for a text; used to seed other generators. */
export function hashText(text: string): number {
  return hash128(text)[0] >>> 0
}

/** Four 32-bit FNV-1a hashes with different offsets, mixed at the end as in MurmurHash3. */
function hash128(text: string): [number, number, number, number] {
  // Each in a variable of its own: a server draws some dozen times before it listens, when nothing is optimised yet.
  let [a, b, c, d] = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35]
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ (code + 1), 0x01000193)
    c = Math.imul(c ^ (code + 2), 0x01000193)
    d = Math.imul(d ^ (code + 3), 0x01000193)
  }
  return [mixed(a), mixed(b), mixed(c), mixed(d)]
}

function mixed(word: number): number {
  let bits = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}
