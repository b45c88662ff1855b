import { hashSync } from 'bcryptjs'
import { describe, expect, test } from 'vitest'
import { cheapHashes } from '../../src/contract/playing/cheap-hashes.ts'

const salt = '$2a$10$abcdefghijklmnopqrstuu'

async function ask(password: string, hash: string): Promise<unknown> {
  return (await bcrypt()).bcryptMatch.find({ kind: 'bcrypt-match', password, hash })
}

async function hashOf(password: string): Promise<string> {
  return String(await (await bcrypt()).bcryptHash.find({ kind: 'bcrypt-hash', password, salt }))
}

const bcrypt = (): ReturnType<NonNullable<typeof cheapHashes.bcrypt>> => {
  if (cheapHashes.bcrypt === undefined) throw new Error('there is no bcrypt')
  return cheapHashes.bcrypt()
}

describe('what an oracle hashes', () => {
  test('looks like bcrypt, is made without its work, and is known again', async () => {
    const hash = await hashOf('s3cret')
    expect(hash).toMatch(/^\$2a\$10\$abcdefghijklmnopqrstuu[./0-9A-Za-z]{31}$/)
    expect(hash).not.toBe(hashSync('s3cret', salt))
    expect(await ask('s3cret', hash)).toBe(true)
    expect(await ask('S3cret', hash)).toBe(false)
  })

  test("of a server's hash it says what bcrypt says", async () => {
    const hash = hashSync('s3cret', '$2a$04$abcdefghijklmnopqrstuu')
    expect(await ask('s3cret', hash)).toBe(true)
    expect(await ask('other', hash)).toBe(false)
    expect(await ask('other', `${hash.slice(0, -2)}..`)).toBe(false)
  })

  test('is the real one where bcrypt would take two passwords for one', async () => {
    const long = 'a'.repeat(80)
    const hash = await hashOf(long)
    expect(hash).toBe(hashSync(long, salt))
    expect(await ask(`${'a'.repeat(72)}other`, hash)).toBe(true)
  })
})
