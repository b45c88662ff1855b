import { createSecureLoginClient } from 'auth-understudy/client'
import { useEffect, useState } from 'react'

/** Signs somebody in, and shows what is to be done next. */
export function Login({ username }) {
  const [state, setState] = useState('')
  useEffect(() => {
    const app = createSecureLoginClient({ baseUrl: `${location.origin}/jira` })
    app.login(username, username).then(async () => setState((await app.user()).state))
  }, [username])
  return <p id="state">{state}</p>
}
