// Runs Pact's verifier in a process of its own: what it prints comes from native code, which no test runner can catch.
import { Verifier } from '@pact-foundation/pact-core'

async function verify(options) {
  try {
    return await new Verifier(options).verify()
  } catch (error) {
    return error.message
  }
}

process.once('message', async (options) => {
  process.send(await verify(options), () => process.disconnect())
})
