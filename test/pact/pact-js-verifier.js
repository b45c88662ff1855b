// Runs the verifier of @pact-foundation/pact, which sends everything through a proxy of its own, in a process of its own.
import { Verifier } from '@pact-foundation/pact'

async function verify(options) {
  try {
    return await new Verifier(options).verifyProvider()
  } catch (error) {
    return error.message
  }
}

process.once('message', async (options) => {
  process.send(await verify(options), () => process.disconnect())
})
