// The app: signs alice in, and enters three wrong PINs.
import { createSecureLoginClient } from 'auth-understudy/client'
import { mock } from './mock'

async function app() {
  const world = await mock()
  const client = createSecureLoginClient({ baseUrl: 'https://jira.example/jira' })
  await client.login('alice', 'alice')
  for (const pin of ['000000', '111111', '222222']) await client.auth(pin)
  if (world.asked('secure-login.auth').length !== 3) throw new Error('other requests than three')
  return `alice is ${(await client.user()).state}`
}

app().then(
  (said) => print(said),
  (error) => print(`failed: ${error.stack}`),
)
