// Runs Pact's verifier in a process of its own: what it prints comes from native code, which no test runner can catch.
import { Verifier } from '@pact-foundation/pact-core'

process.once('message', async (options) => {
  const report = await new Verifier(options).verify().catch((error) => error.message)
  process.send(report, () => process.disconnect())
})
