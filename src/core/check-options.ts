import { didYouMean, UnderstudyError } from './errors.ts'
import { nearestWord } from './nearest.ts'
import { quoted } from './quoted.ts'

/** Every option of somebody, so that none is forgotten where all are compared. */
export type OptionNames<Options> = { readonly [Name in keyof Required<Options>]: true }

/**
 * Throws ERR_USAGE for options that nobody reads: what is misspelt would do nothing, and nobody would see why. `taker` is who
 * was given them: `handlers(world)`.
 */
export function checkOptions(taker: string, given: unknown, known: { readonly [name: string]: true }): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new UnderstudyError('ERR_USAGE', `${taker} takes its options as an object, not ${quoted(given)}.`)
  const names = Object.keys(known)
  const wrong = Object.entries(given).find(([name, value]) => value !== undefined && !Object.hasOwn(known, name))
  if (wrong === undefined) return
  const [name] = wrong
  // Somebody between has spread a text.
  if (name === '0') throw new UnderstudyError('ERR_USAGE', `${taker} takes its options as an object, not as a text.`)
  const message = `${taker} has no option ${quoted(name)}; there are ${names.join(', ')}.${didYouMean(nearestWord(name, names))}`
  throw new UnderstudyError('ERR_USAGE', message)
}
