import { describe, expect, it } from 'vitest'
import { sirportly } from '../../src/apis/registry.ts'
import type { Reply } from '../../src/core/step.ts'
import { isAll } from '../support/sample.ts'
import { bentWorld, rewrite } from './bent-world.ts'
import { sirportlyPact } from './sirportly.pact.ts'
import { verify } from './verify.ts'

describe.concurrent('the pact is broken by', () => {
  it.runIf(isAll)('wrong credentials that are answered with 403', async () => {
    expect(await broken((reply) => (reply.clause === 'SP-09' ? { ...reply, status: 403 } : reply))).toEqual([
      'SP-09 a wrong password',
      'SP-09 an unknown user',
      'SP-16 a wrong password from an address that is not permitted',
      'SP-16 a wrong password while locked',
      'SP-16 wrong credentials for an unknown account',
      'SP-X14 a username in capitals',
    ])
  })

  it.runIf(isAll)('an echo that leaves the password out', async () => {
    expect(await broken(rewrite('"password":"invalid password"', '"password":null'))).toEqual([
      'SP-09 a wrong password',
    ])
  })

  it('"activated" without its question mark', async () => {
    const users = sirportlyPact.interactions
      .filter(({ response }) => JSON.stringify(response).includes('activated?'))
      .map(({ description }) => description)
    expect(users.length).toBeGreaterThan(20)
    expect(await broken(rewrite('"activated?"', '"activated"'))).toEqual(users.sort())
  })

  it.runIf(isAll)('an id that is a text', async () => {
    expect(await broken(rewrite('"id":6,', '"id":"6",'))).toContain('SP-01 right credentials for one account')
  })

  it.runIf(isAll)('an instant without a zone, but not one that ends in Z', async () => {
    expect(await broken(rewrite('+00:00"', '"'))).toContain('SP-01 right credentials for one account')
    expect(await broken(rewrite('+00:00"', 'Z"'))).toEqual([])
  })

  it.runIf(isAll)('a user without API access beside others', async () => {
    const other = (text: string): string => text.replace('"users":[', '"users":[{"id":1},')
    expect(
      await broken((reply) => (reply.clause === 'SP-05' ? { ...reply, body: other(String(reply.body)) } : reply)),
    ).toEqual([
      'SP-05 right credentials for two accounts',
      'SP-05 right credentials for two accounts, in one of which they have API access',
      'SP-U7 right credentials for two accounts, one of which asks for a code',
      'SP-X12 right credentials for two accounts, told by id',
      'SP-X5 right credentials with a blank account',
    ])
  })

  it.runIf(isAll)('nothing that an answer tells beside what the page says', async () => {
    expect(await broken(rewrite('"TwoFactorLocked"', '"TwoFactorLocked","until":null'))).toEqual([])
  })

  it.runIf(isAll)('another status, in every interaction that the operation answers', async () => {
    const answered = sirportlyPact.interactions
      .map(({ description }) => description)
      .filter((description) => !description.includes('slash'))
    expect(await broken((reply) => ({ ...reply, status: reply.status + 1 }))).toEqual(answered.sort())
  })
})

/** The interactions that a Sirportly with other replies does not keep. */
async function broken(bend: (reply: Reply) => Reply): Promise<string[]> {
  const found = await verify(await bentWorld(sirportly, 'authenticate', bend), sirportlyPact.provider)
  return Object.keys(found.broken).sort()
}
