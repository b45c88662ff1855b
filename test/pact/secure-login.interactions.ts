import type { Interaction } from './interaction.ts'
import { assumed } from './secure-login.assumed.ts'
import { documented } from './secure-login.documented.ts'
import { surroundings } from './secure-login.surroundings.ts'

export const consumer = 'auth-understudy-client'
export const provider = 'secure-login'

/** Where the consumer tests write the pact, and the provider tests read it. */
export const pactFile = `pacts/${consumer}-${provider}.json`

/** Every request and answer of Secure Login that the pact holds. */
export const interactions: readonly Interaction[] = [...documented, ...assumed, ...surroundings]

/** The clauses that no single request can show, and why; sequences of requests have to. */
export const notShown: { readonly [clause: string]: string } = {
  'SL-16': 'takes requests from two addresses',
  'SL-U5': 'takes a right PIN and wrong ones after it',
  'SL-U6': 'takes wrong PINs after a block ran out',
  'SL-U7': 'takes wrong PINs in two sessions',
  'SL-U13': 'takes three wrong PINs',
  'SL-U14': 'takes requests from two addresses',
  'SL-X2': 'takes a right PIN and then a block while its session is open',
  'SL-X3': 'takes wrong PINs in two sessions',
  'SL-X5': 'takes a body that is no text, which a pact of version 3 cannot hold',
  'SL-X7': 'takes the same one-time code twice',
}
