import { describe, expect, it } from 'vitest'
import { secureLogin } from '../../src/apis/registry.ts'
import type { Reply } from '../../src/core/step.ts'
import type { World } from '../../src/index.ts'
import { isAll } from '../support/sample.ts'
import { bentWorld, rewrite } from './bent-world.ts'
import { secureLoginPact } from './secure-login.pact.ts'
import { verify, type Verification } from './verify.ts'

describe.concurrent('the pact is broken by', () => {
  it.runIf(isAll)('a wrong PIN that is answered with 403', async () => {
    const world = await bent('auth', (reply) => (reply.clause === 'SL-11' ? { ...reply, status: 403 } : reply))
    expect((await verifyPact(world)).broken).toEqual({ 'SL-11 a wrong PIN': ['expected 401 but was 403'] })
  })

  it.runIf(isAll)('a state by another name', async () => {
    const world = await bent('user', rewrite('"onboarding"', '"enrolment"'))
    expect((await verifyPact(world)).broken).toEqual({
      'SL-06 the state of a user in onboarding': ["Expected 'enrolment' (String) to be equal to 'onboarding' (String)"],
    })
  })

  it.runIf(isAll)('a server time in local time', async () => {
    const world = await bent('info', rewrite('Z"', '+02:00"'))
    expect(Object.keys((await verifyPact(world)).broken)).toEqual([
      'SL-03 the info while the plug-in is active',
      'SL-04 the info while the plug-in is inactive',
      "SL-05 the server time in GMT, by the server's clock",
      'SL-17 the whole flow while the plug-in is inactive',
    ])
  })

  it.runIf(isAll)('a body where there should be none', async () => {
    const world = await bent('auth', (reply) => (reply.clause === 'SL-13' ? { ...reply, body: '{}' } : reply))
    expect((await verifyPact(world)).broken).toMatchObject({
      'SL-13 a PIN while the plug-in is inactive': ['Expected empty body but received Present(2 bytes)'],
    })
  })

  it('a state without a content type', async () => {
    const world = await bent('user', (reply) => (reply.clause === 'SL-08' ? { ...reply, headers: [] } : reply))
    expect((await verifyPact(world)).broken).toMatchObject({
      'SL-08 the state while the plug-in is inactive': ["Expected a header 'Content-Type' but was missing"],
    })
  })

  it.runIf(isAll)('a login that tells no session', async () => {
    const world = await bent('login', rewrite('"JSESSIONID"', '"SESSION"'))
    expect(Object.keys((await verifyPact(world)).broken)).toEqual(['SL-H1 a login with the right password'])
  })

  it.runIf(isAll)('another status, in every interaction that an operation answers', async () => {
    const world = await bent(undefined, (reply) => ({ ...reply, status: reply.status + 1 }))
    const answered = secureLoginPact.interactions.filter(
      ({ response }) => response.status !== 404 && response.status !== 405,
    )
    expect(Object.keys((await verifyPact(world)).broken)).toEqual(answered.map(({ description }) => description).sort())
  })
})

function bent(operation: string | undefined, bend: (reply: Reply) => Reply): Promise<World> {
  return bentWorld(secureLogin, operation, bend)
}

function verifyPact(world: World): Promise<Verification> {
  return verify(world, secureLoginPact.provider)
}
