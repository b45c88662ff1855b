'use client'
import { createSecureLoginClient } from 'auth-understudy/client'
import { useState } from 'react'

export function Login() {
  const [state, setState] = useState('')
  const enter = async () => {
    const app = createSecureLoginClient({ baseUrl: `${location.origin}/jira` })
    await app.login('alice', 'alice')
    for (const pin of ['000000', '111111', '222222']) await app.auth(pin)
    setState((await app.user()).state)
  }
  return (
    <button id="page" onClick={enter}>
      {state}
    </button>
  )
}
