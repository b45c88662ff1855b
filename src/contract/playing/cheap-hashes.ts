import { createHash } from 'node:crypto'
import type { Json } from '../../core/json.ts'
import type { Host } from '../../scenario/create-world.ts'

/** What the oracle said was the hash of what. */
const made = new Map<string, string>()
/** What it was asked of the hashes of others: rehearsals ask again and again. */
const matched = new Map<string, Promise<Json>>()

/** bcrypt takes no more of a password, and ends it with a zero: what is not alike may have one hash. */
const mostBytes = 71

/**
 * A host for an oracle, which nobody tries to break into: what it hashes looks like bcrypt and takes no time, and is known
 * again. The hashes of servers are checked as what they are.
 */
export const cheapHashes: Pick<Host, 'bcrypt'> = {
  bcrypt: async () => {
    const { bcryptHash, bcryptMatch } = await import('../../world/bcrypt.ts')
    return {
      bcryptHash: {
        find: (question) => {
          const { password, salt } = question
          if (Buffer.byteLength(password) > mostBytes || password.includes('\0')) return bcryptHash.find(question)
          const hash = salt + digest(salt, password)
          made.set(hash, password)
          return Promise.resolve(hash)
        },
      },
      bcryptMatch: {
        find: (question) => {
          const known = made.get(question.hash)
          if (known !== undefined) return Promise.resolve(known === question.password)
          const key = JSON.stringify(question)
          const answer = matched.get(key) ?? bcryptMatch.find(question)
          matched.set(key, answer)
          return answer
        },
      },
    }
  },
}

/** As long as what bcrypt makes, and of the same letters. */
function digest(salt: string, password: string): string {
  const letters = createHash('sha256').update(salt).update('\0').update(password).digest('base64')
  return letters.slice(0, 31).replaceAll('+', '.')
}
