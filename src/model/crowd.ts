import { integer } from '../core/field.ts'

const prefix = 'crowd-'

/** Further users who are numbers until somebody asks for them, so that a million cost nothing. */
export const crowdField = integer({
  about: 'so many further users crowd-1, crowd-2, …, made when first met',
  default: 0,
  min: 0,
  max: 10_000_000,
})

/** Which member of a crowd of this size has a name; undefined for whoever is none. */
export function crowdNumber(username: string, size: number): number | undefined {
  if (!username.startsWith(prefix)) return undefined
  const digits = username.slice(prefix.length)
  return /^[1-9][0-9]*$/.test(digits) && Number(digits) <= size ? Number(digits) : undefined
}

/** The names of a crowd, but for those of users who are written down. */
export function* crowdNames(size: number, isWritten: (username: string) => boolean): Iterable<string> {
  for (let number = 1; number <= size; number++) {
    const username = `${prefix}${number}`
    if (!isWritten(username)) yield username
  }
}
