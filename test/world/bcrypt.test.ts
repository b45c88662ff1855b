import { compareSync, hashSync } from 'bcryptjs'
import { describe, expect, it } from 'vitest'
import * as thread from '../../src/hosts/bcrypt-thread.ts'
import * as steps from '../../src/world/bcrypt.ts'

/** Made by another implementation: crypt(3) of libxcrypt, by way of Perl. */
const vectors = [
  ['secret', '$2a$10$abcdefghijklmnopqrstuu', '$2a$10$abcdefghijklmnopqrstuuqflPDzB6gcMhKa1rZqKiun2YGL5sa2u'],
  ['secret', '$2b$04$abcdefghijklmnopqrstuu', '$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW'],
  ['secret', '$2y$04$abcdefghijklmnopqrstuu', '$2y$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW'],
] as const

describe.each([
  ['in a thread', thread],
  ['in steps', steps],
])('bcrypt %s', (_, { bcryptHash, bcryptMatch }) => {
  const hash = (password: string, salt: string): Promise<unknown> =>
    bcryptHash.find({ kind: 'bcrypt-hash', password, salt })
  const match = (password: string, claimed: string): Promise<unknown> =>
    bcryptMatch.find({ kind: 'bcrypt-match', password, hash: claimed })

  it.each(vectors)('hashes %j with %s as others do', async (password, salt, expected) => {
    expect(await hash(password, salt)).toBe(expected)
  })

  it.each(vectors)('matches %j, and nothing like it, with the hash by %s', async (password, _salt, expected) => {
    expect(await match(password, expected)).toBe(true)
    for (const other of ['Secret', 'secret ', '', 'secre']) expect(await match(other, expected)).toBe(false)
  })

  it('matches nothing with what is no hash', async () => {
    for (const none of ['', 'secret', '$2a$10$short', '$2a$99$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW']) {
      expect(await match('secret', none)).toBe(false)
    }
  })

  it('takes passwords of any characters, and as many at once as there are', async () => {
    const passwords = ['', 'ä€😀', 'x'.repeat(200), '\u0000', 'p"a\\s`s']
    const salt = '$2a$04$abcdefghijklmnopqrstuu'
    const hashes = await Promise.all(passwords.map((password) => hash(password, salt)))
    expect(hashes).toEqual(passwords.map((password) => hashSync(password, salt)))
    for (const [index, password] of passwords.entries()) expect(compareSync(password, String(hashes[index]))).toBe(true)
  })
})
