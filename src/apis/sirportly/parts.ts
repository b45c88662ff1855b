import type { Kit, AnswerPart } from '../../core/kit.ts'

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
const otherWord = new RegExp(`^(?!"(${words})"$)`)
const misspelt = new RegExp(`^"(?!(${words})"$)`)
/** Somebody is let in: by the word, or by a user that should not be there. */
const isIn = /^"Authenticated"$|^\[|^\{/

/** Clauses of refusals that come with a status instead of an error. */
const withStatus = 'SP-08 SP-09 SP-10 SP-11 SP-12 SP-U5 SP-U6 SP-U7 SP-U8 SP-X15'.split(' ')
/** Clauses of answers to requests without an account. */
const anywhere = ['SP-05', 'SP-U7', 'SP-U8', 'SP-X1', 'SP-X2']
const told = /^body\.(status|users?)$/

/** Which clause a part of an answer is about: first what the page promises, then what it leaves open. */
export const parts: readonly AnswerPart[] = [
  { where: /^status$/, received: /^405$/, clause: 'SP-03' },
  { where: /\.password$/, how: ['extra'], clause: 'SP-X17' },

  // Of what is not allowed, the forms are nobody's but ours; that nobody gets anything by it is the page's.
  { of: ['SP-U3'], shows: 'SP-02', where: told, received: /^["[{]/, anywhere: true, clause: 'SP-02' },
  { of: ['SP-U3'], where: /^status$/, received: /^200$/, alone: true, clause: 'SP-U2' },
  { of: ['SP-U3'], clause: 'SP-U3' },
  { of: ['SP-U4'], shows: 'SP-X6', clause: 'SP-X6' },
  { of: ['SP-U4', 'SP-U5'], where: told, received: isIn, anywhere: true, clause: 'SP-17' },
  { of: ['SP-U4'], where: /^body\.errors\b/, received: /"account"/, anywhere: true, clause: 'SP-04' },
  { of: ['SP-U4'], clause: 'SP-U4' },
  { of: ['SP-U5'], where: /^body\.status$/, received: /^"(?!TwoFactorLocked")/, clause: 'SP-U5' },
  { of: ['SP-U10'], where: /^status$/, alone: true, clause: 'SP-U2' },
  { of: ['SP-U10'], clause: 'SP-U10' },
  // A step that is there for the status shows nothing of it where the rest is something else.
  { of: ['SP-09'], shows: 'SP-U1', where: /^body\./, anywhere: true, clause: 'SP-09' },
  { of: ['SP-14'], shows: 'SP-U2', where: /^body\./, anywhere: true, clause: 'SP-14' },

  // Who is refused by another word is told apart by the word, and not by the status that goes with it.
  { where: /^body\.error$/, received: /"InvalidApplication"/, anywhere: true, clause: 'SP-02' },
  { where: /^body\.errors\b/, received: /"account"/, anywhere: true, clause: 'SP-04' },
  { of: anywhere, where: /^status$/, received: /^422$/, clause: 'SP-04' },
  { of: ['SP-05', 'SP-06', 'SP-X1'], where: /^status$/, alone: true, clause: 'SP-15' },
  { of: withStatus, where: /^status$/, alone: true, clause: 'SP-U1' },
  { of: ['SP-13', 'SP-14', 'SP-X2'], where: /^status$/, alone: true, clause: 'SP-U2' },

  {
    where: /\.created_at$/,
    received: /^"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)"$/,
    clause: 'SP-X18',
  },
  // In which order users are told is up to the server.
  { of: ['SP-05'], shows: 'SP-X12', where: /^body\.users\[\d+\]/, clause: 'SP-X12' },
  { of: ['SP-X15'], where: told, received: isIn, anywhere: true, clause: 'SP-06' },
  { where: /^body\.(user|users\[\d+\])\./, how: ['missing', 'extra', 'form'], clause: 'SP-07' },
  { of: ['SP-X1'], where: /^body\.users/, how: ['extra'], clause: 'SP-05' },
  // How many wrong codes lock is left open; that each of them is refused, in this word, is not.
  { of: ['SP-11', 'SP-U6'], where: told, received: /^["[{](?!TwoFactorLocked")/, anywhere: true, clause: 'SP-11' },
  { of: ['SP-U6'], where: /^body\.status$/, received: /^"TwoFactorLocked"$/, clause: 'SP-X7' },
  { of: ['SP-U8'], where: /^body\.(status|username|password)$/, received: otherWord, clause: 'SP-09' },
  { of: ['SP-X2'], where: /^body\.error$/, received: misspelt, anywhere: true, clause: 'SP-13' },
  { of: ['SP-X2'], where: /^body\.ip$/, alone: true, clause: 'SP-13' },
]

/** What differs where a server has decided otherwise. */
export const verdicts: NonNullable<Kit['verdicts']> = [
  { where: /^status$/, received: /^(200|403|404|410|422)$/ },
  { where: /^body\.(status|error)$/, received: new RegExp(`^"(${words})"$`) },
  { where: /\.api_token\.token$/, received: /^"/ },
]
