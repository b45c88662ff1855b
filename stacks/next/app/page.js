import { createSecureLoginClient } from 'auth-understudy/client'
import { Login } from './login'

export const dynamic = 'force-dynamic'

export default async function Page() {
  const app = createSecureLoginClient({ baseUrl: process.env.JIRA_URL })
  await app.login('alice', 'alice')
  return (
    <>
      <p id="server">{(await app.user()).state}</p>
      <Login />
    </>
  )
}
