import { expect, it } from 'vitest'
import * as genticsCms from '../../examples/providers/gentics-cms/server.js'
import * as secureLogin from '../../examples/providers/secure-login/server.js'
import * as sirportly from '../../examples/providers/sirportly/server.js'
import { genticsCmsPact } from './gentics-cms.pact.ts'
import { secureLoginPact } from './secure-login.pact.ts'
import { sirportlyPact } from './sirportly.pact.ts'
import { verifyServer } from './verify.ts'

const providers = [
  ['secure-login', secureLoginPact, secureLogin.start],
  ['sirportly', sirportlyPact, sirportly.start],
  ['gentics-cms', genticsCmsPact, genticsCms.start],
] as const

it.each(providers)('the independent server of %s keeps every interaction of the pact', async (_name, pact, start) => {
  const server = await start()
  try {
    const { kept, broken } = await verifyServer(server.url, pact.provider, '/qa/states')
    expect(broken).toEqual({})
    expect(kept).toHaveLength(pact.interactions.length)
  } finally {
    await server.close()
  }
})
