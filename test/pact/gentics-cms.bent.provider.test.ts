import { describe, expect, it } from 'vitest'
import { genticsCms } from '../../src/apis/registry.ts'
import type { Reply } from '../../src/core/step.ts'
import type { World } from '../../src/index.ts'
import { isAll } from '../support/sample.ts'
import { bentWorld, rewrite } from './bent-world.ts'
import { genticsCmsPact } from './gentics-cms.pact.ts'
import { verify, type Verification } from './verify.ts'

describe.concurrent('the pact is broken by', () => {
  it('a wrong password that is answered with 401', async () => {
    const world = await bent('login', (reply) => (reply.clause === 'GC-17' ? { ...reply, status: 401 } : reply))
    expect((await verifyPact(world)).broken).toEqual({
      'GC-09 a login with a wrong password, answered with 201 as well': ['expected 201 but was 401'],
      'GC-13 a login with a wrong password, told by the code and not by the status': ['expected 201 but was 401'],
      'GC-17 a login of a user in no group': ['expected 201 but was 401'],
      'GC-17 a login of nobody known': ['expected 201 but was 401'],
      'GC-17 a login with a wrong password': ['expected 201 but was 401'],
      'GC-17 a login with an empty password': ['expected 201 but was 401'],
      'GC-X14 a login with a wrong password while there is maintenance': ['expected 201 but was 401'],
    })
  })

  it.runIf(isAll)('a secret that is too short, or not first in its header', async () => {
    for (const line of [
      'GCN_SESSION_SECRET=short; Path=/; HttpOnly',
      'Path=/; GCN_SESSION_SECRET=a1B2c3D4e5F6g7H; HttpOnly',
    ]) {
      const world = await bent('login', (reply) => ({
        ...reply,
        headers: reply.headers.map((value) => (value.startsWith('GCN_SESSION_SECRET') ? line : value)),
      }))
      expect(Object.keys((await verifyPact(world)).broken)).toEqual([
        'GC-03 a login with the right password',
        'GC-15 a cookie for HTTPS only',
        'GC-O6 a login in a session, which the open-source server does not go on with',
        'GC-O6 a login of the open-source server',
        'GC-X5 a login with a secret that the server does not know',
        'GC-X7 a login with the sid of no session',
      ])
    }
  })

  it.runIf(isAll)('another hash, and one of another cost', async () => {
    const world = await bent('hashpassword', rewrite('$2a$10$', '$2b$12$'))
    expect(Object.keys((await verifyPact(world)).broken)).toEqual([
      'GC-06 the hash of a password in a session',
      'GC-O16 the hash of a password from the open-source server',
    ])
  })

  it.runIf(isAll)('SSO that answers with a token instead of a sid', async () => {
    const world = await bent('ssologin', (reply) =>
      /^\d+$/.test(String(reply.body)) ? { ...reply, body: `${String(reply.body)}a1B2c3D4e5F6g7H` } : reply,
    )
    expect(Object.keys((await verifyPact(world)).broken)).toEqual([
      'GC-24 SSO with a bearer token',
      'GC-24 SSO with a header of the SSO system',
      'GC-24 SSO with a session',
      'GC-O14 SSO with a session of the open-source server',
      'GC-O15 SSO with a header that a filter of the open-source server reads',
      'GC-X16 SSO with a session while the SSO system cannot be asked',
    ])
  })

  it.runIf(isAll)('a validated session without its user', async () => {
    const world = await bent('validate', rewrite('"user":', '"owner":'))
    expect(Object.keys((await verifyPact(world)).broken)).toEqual([
      'GC-01 the token of a live session',
      'GC-10 a user with the password, where that is exposed',
      'GC-16 the second of two sessions that share a secret',
      'GC-X2 a token with the suffix .json',
      'GC-X4 the token of a session that was idle for exactly an hour',
    ])
  })

  it.runIf(isAll)('messages that are missing where there are none', async () => {
    const world = await bent('globalprefix', rewrite('"messages":[],', ''))
    expect(Object.keys((await verifyPact(world)).broken)).toEqual([
      'GC-08 the global prefix',
      'GC-22 the global prefix with the suffix .json',
    ])
  })

  it.runIf(isAll)('another status, in every interaction that an operation answers', async () => {
    const world = await bent(undefined, (reply) => ({ ...reply, status: reply.status + 1 }))
    const unrouted = ['GC-X1', 'GC-X2 a path', 'GC-O27']
    const answered = genticsCmsPact.interactions.filter(
      ({ description }) =>
        !unrouted.some((start) => description.startsWith(`${start} `) || description.startsWith(`${start}-`)),
    )
    expect(Object.keys((await verifyPact(world)).broken)).toEqual(answered.map(({ description }) => description).sort())
  })
})

function bent(operation: string | undefined, bend: (reply: Reply) => Reply): Promise<World> {
  return bentWorld(genticsCms, operation, bend)
}

function verifyPact(world: World): Promise<Verification> {
  return verify(world, genticsCmsPact.provider)
}
