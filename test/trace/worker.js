// One of several processes of a test run, as a test runner starts them: what it is traced by, it does not say.
import { createSecureLoginClient } from '../../dist/client.js'
import { createFetch } from '../../dist/fetch.js'
import { createWorld } from '../../dist/index.js'

const parts = {
  async enters(app) {
    await app.login('alice', 'alice')
    await app.begin()
    await app.auth('910817')
  },
  async fails(app, world) {
    await app.login('alice', 'alice')
    for (const pin of ['000000', '000001', '000002']) await app.auth(pin)
    await app.user()
    world.clock.advance('31m')
    await app.user()
  },
  async meets(app) {
    for (const username of ['bob', 'carol', 'dave']) {
      await app.login(username, username)
      await app.user()
    }
  },
  async idles() {},
}

const world = await createWorld()
const app = createSecureLoginClient({ baseUrl: 'https://jira.example/jira', fetch: createFetch(world) })
await parts[process.argv[2]](app, world)
process.exit(Number(process.argv[3] ?? 0))
