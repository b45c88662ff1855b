import { compare, hash } from 'bcryptjs'
import type { Finder } from './answers.ts'

/** bcrypt where there are no threads: in steps of a tenth of a second, between which a page stays alive. */
export const bcryptHash: Finder<'bcrypt-hash'> = {
  find: ({ password, salt }) => hash(password, salt),
}

export const bcryptMatch: Finder<'bcrypt-match'> = {
  find: ({ password, hash: claimed }) => compare(password, claimed).catch(() => false),
}
