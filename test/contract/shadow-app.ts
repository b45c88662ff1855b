/** What an app's end-to-end suite does, as a browser would, with the cookies it was given. */
export async function logInAsAnAppDoes(base: string): Promise<void> {
  const api = `${base}/rest/securelogin-admin/1.0/api`
  const session = `${base}/rest/auth/1/session`
  const json = { 'content-type': 'application/json' }
  const text = { 'content-type': 'text/plain' }
  const open = async (username: string): Promise<Record<string, string>> => {
    const body = JSON.stringify({ username, password: username })
    const response = await fetch(session, { method: 'POST', headers: json, body })
    await response.text()
    const line = response.headers.getSetCookie().find((each) => each.startsWith('JSESSIONID='))
    return line === undefined ? {} : { cookie: line.split(';', 1)[0] ?? '' }
  }
  const ask = async (path: string, cookie: Record<string, string>, pin?: string): Promise<void> => {
    const sent = pin === undefined ? {} : { method: 'POST', body: pin }
    const headers = { ...cookie, ...(pin === undefined ? {} : text) }
    await (await fetch(`${api}/${path}`, { ...sent, headers })).text()
  }
  await ask('info', {})
  await ask('user', {})
  await (await fetch(session, { method: 'POST', headers: json, body: '{"username":"alice","password":"x"}' })).text()
  const alice = await open('alice')
  await ask('info', alice)
  await ask('user', alice)
  await ask('auth', alice, '000000')
  await ask('auth', alice, '12a')
  await ask('auth', alice, '910817')
  await ask('user', alice)
  await ask('auth', alice, '910817')
  await (await fetch(session, { headers: alice })).text()
  await (await fetch(session, { method: 'DELETE', headers: alice })).text()
  await ask('user', alice)
  const again = await open('alice')
  for (const pin of ['000001', '000002', '000003']) {
    await ask('auth', again, pin)
    await ask('user', again)
  }
  await ask('auth', again, '910817')
  const bob = await open('bob')
  await ask('user', bob)
  await ask('auth', bob, '123456')
  const carol = await open('carol')
  await ask('user', carol)
  await ask('auth', carol, '123456')
}
