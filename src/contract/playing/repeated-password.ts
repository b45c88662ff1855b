import { headerPairs } from '../../core/http.ts'
import type { Account } from '../../core/kit.ts'
import type { Answered } from '../comparing/answered.ts'
import type { Difference } from '../comparing/difference.ts'

/** How a password is told that an answer repeats: nobody has to read it in a report as well. */
const repeated = 'the password'

/** Where an answer tells a password of the cast that should not be in it; nothing of what is too short to tell apart. */
export function repeatedPasswords(expected: Answered, received: Answered, accounts: Iterable<Account>): Difference[] {
  const passwords = [...accounts].flatMap(({ username, password = username }) =>
    password.length < 6 || password === username || textsOf(expected).some(({ text }) => text.includes(password))
      ? []
      : [password],
  )
  return textsOf(received).flatMap(({ where, text }): Difference[] =>
    passwords.some((password) => text.includes(password))
      ? [{ where, how: 'extra', expected: 'no password', received: repeated }]
      : [],
  )
}

/** Whether a difference is a password that is repeated. */
export function isRepeated({ received }: Difference): boolean {
  return received === repeated
}

/** Every text in headers and body, and where it is. */
function textsOf({ headers, body }: Answered): { where: string; text: string }[] {
  const texts = headerPairs(headers).map(([name, text]) => ({ where: `header ${name.toLowerCase()}`, text }))
  const visit = (value: unknown, where: string): void => {
    if (typeof value === 'string') texts.push({ where, text: value })
    else if (typeof value === 'object' && value !== null)
      for (const [name, member] of Object.entries(value)) visit(member, `${where}.${name}`)
  }
  try {
    visit(JSON.parse(body), 'body')
  } catch {
    texts.push({ where: 'body', text: body })
  }
  return texts
}
