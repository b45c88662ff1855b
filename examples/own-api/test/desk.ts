/** Where a realm answers. */
export const at = '/realms/demo/protocol/openid-connect'

/** Logs ada in, as an app does. */
export async function logIn(
  password: string,
  server = 'https://id.example',
): Promise<{ readonly status: number; readonly token: string }> {
  const body = new URLSearchParams({ grant_type: 'password', client_id: 'shop', username: 'ada', password })
  const answer = await fetch(`${server}${at}/token`, { method: 'POST', body })
  return { status: answer.status, token: String((await answer.json()).access_token) }
}

/** Asks whose a token is. */
export async function tell(token: string, server = 'https://id.example'): Promise<[number, unknown]> {
  const answer = await fetch(`${server}${at}/userinfo`, { headers: { authorization: `Bearer ${token}` } })
  const text = await answer.text()
  return [answer.status, text === '' ? undefined : JSON.parse(text)]
}
