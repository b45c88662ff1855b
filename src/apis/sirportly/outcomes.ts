import type { Kit } from '../../core/kit.ts'

/** What the contract calls its outcomes. */
export const outcomes: readonly string[] = [
  'Authenticated',
  'APIAccessDisabled',
  'InvalidCredentials',
  'TwoFactorRequired',
  'InvalidTwoFactorCode',
  'TwoFactorLocked',
  'NotPermittedFromIPAddress',
  'AccountNotFound',
  'InvalidApplication',
]

const words = outcomes.join('|')
/** A word that is none of them, or no word. */
export const otherWord: RegExp = new RegExp(`^(?!"(${words})"$)`)
export const misspelt: RegExp = new RegExp(`^"(?!(${words})"$)`)
/** Where it is told what came of a request, and to whom that lets somebody in: by the word, or by a user. */
export const outcome = /^body\.(status|users?)$/
export const isIn = /^"Authenticated"$|^\[|^\{/

/** What differs where a server has decided otherwise. */
export const verdicts: NonNullable<Kit['verdicts']> = [
  { where: /^status$/, received: /^(200|403|404|410|422)$/ },
  { where: /^body\.(status|error)$/, received: new RegExp(`^"(${words})"$`) },
  { where: /\.api_token\.token$/, received: /^"/ },
]
