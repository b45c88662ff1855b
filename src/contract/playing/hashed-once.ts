import type { Json } from '../../core/json.ts'
import type { Host } from '../../scenario/create-world.ts'
import type { Finder } from '../../world/answers.ts'

// Salts are drawn alike in every rehearsal of a journey and on every mutant, so that the same passwords are hashed again
// and again.
const hashed = new Map<string, Promise<Json>>()

const once = <Kind extends 'bcrypt-hash' | 'bcrypt-match'>(finder: Finder<Kind>): Finder<Kind> => ({
  find: (question) => {
    const key = JSON.stringify(question)
    const answer = hashed.get(key) ?? finder.find(question)
    hashed.set(key, answer)
    return answer
  },
})

/** A host that remembers what it has hashed. */
export const hashedOnce: Pick<Host, 'bcrypt'> = {
  bcrypt: async () => {
    const { bcryptHash, bcryptMatch } = await import('../../world/bcrypt.ts')
    return { bcryptHash: once(bcryptHash), bcryptMatch: once(bcryptMatch) }
  },
}
