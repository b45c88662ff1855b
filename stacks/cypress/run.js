// The app behind its dev server, and Cypress before it.
import cypress from 'cypress'
import { createServer } from 'vite'

const server = await createServer({ logLevel: 'warn' })
await server.listen()
const { totalPassed, totalFailed, message } = await cypress.run()
console.log(message ?? `${totalPassed} passing`)
await server.close()
process.exit(totalFailed === 0 ? 0 : 1)
