import { createServer } from '@stoplight/prism-http-server'
import { getHttpOperationsFromSpec } from '@stoplight/prism-http'
import { fileURLToPath } from 'node:url'
import { createLogger } from '@stoplight/prism-core'

const operations = await getHttpOperationsFromSpec(fileURLToPath(new URL('openapi.json', import.meta.url)))
const server = createServer(operations, {
  components: { logger: createLogger('bench', { level: 'silent' }) },
  cors: false,
  config: {
    validateRequest: true,
    validateResponse: false,
    checkSecurity: false,
    errors: false,
    mock: { dynamic: false },
    upstreamProxy: undefined,
    isProxy: false,
  },
})
process.stdout.write(`${await server.listen(0, '127.0.0.1')}\n`)
