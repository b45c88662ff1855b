import { createSecureLoginClient } from 'auth-understudy/client'

document.querySelector('button').addEventListener('click', async () => {
  const app = createSecureLoginClient({ baseUrl: `${location.origin}/jira` })
  await app.login('alice', 'alice')
  document.querySelector('p').textContent = (await app.user()).state
})
