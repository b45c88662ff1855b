import { sessionPath, apiPath } from '../support/phone.ts'

/** An app of testers, and what they force, on a served world. */
export class Played {
  readonly url: string

  constructor(url: string) {
    this.url = url
  }

  send(
    method: string,
    path: string,
    headers: { readonly [name: string]: string } = {},
    body?: string,
  ): Promise<Response> {
    return fetch(this.url + path, { method, headers, ...(body === undefined ? {} : { body }) })
  }

  /** Calls the control API, which has to do what it is told. */
  async force(route: string, body: object = {}): Promise<void> {
    const [method = '', path = ''] = route.split(' ')
    const sent = method === 'DELETE' ? undefined : JSON.stringify(body)
    const response = await this.send(method, `/__understudy${path}`, json, sent)
    if (!response.ok) throw new Error(`${route}: ${await response.text()}`)
  }

  /** Passes the first factor at Jira; gives back the cookie. */
  async signIn(username: string, password = username): Promise<string> {
    const response = await this.send('POST', sessionPath, json, JSON.stringify({ username, password }))
    return response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
  }

  auth(cookie: string, pin: string): Promise<Response> {
    return this.send('POST', `${apiPath}/auth`, { 'content-type': 'text/plain', cookie }, pin)
  }

  /** What the app of a user of Secure Login shows now. */
  async code(username: string): Promise<string> {
    const response = await this.send('GET', `/__understudy/users/secure-login/${username}`)
    return ((await response.json()) as { code: string }).code
  }

  user(cookie: string): Promise<Response> {
    return this.send('GET', `${apiPath}/user`, { cookie })
  }
}

export const json = { 'content-type': 'application/json' }
const cms = '/rest/auth'

/** All that a script has to be able to tell, at one go. */
export async function playAll(played: Played): Promise<void> {
  const alice = await played.signIn('alice')
  await played.auth(alice, '000000')
  await played.auth(alice, ' 910817\n')
  await played.force('PUT /users/alice', { state: 'blocked', for: '30m' })
  await played.user(alice)
  await played.force('POST /clock/advance', { by: '31m' })
  await played.auth(alice, '910817')
  await played.user(alice)
  await played.signIn('bob', 'not the password of "bob" $HOME')
  await played.force('PATCH /apis/secure-login', { active: false })
  await played.user(alice)
  await played.force('PATCH /apis/secure-login', { active: true })
  await played.force('POST /faults', { on: 'secure-login.user', reply: { status: 503 }, times: 1 })
  await played.user(alice)
  await played.force('POST /faults', { on: 'secure-login.user', break: 'reset', times: 1 })
  await played.user(alice).catch(() => undefined)
  await played.user(alice)
  const tara = await played.signIn('tara')
  await played.auth(tara, await played.code('tara'))
  await played.force('PUT /users/secure-login/dave', { pin: '4711', state: 'enter' })
  const dave = await played.signIn('dave')
  await played.auth(dave, '4711')
  await played.user(`${dave}x`)
  const evil = `'"\`\${1}$(touch PWN)\\`
  await played.send(
    'POST',
    `${apiPath}/auth`,
    { 'content-type': 'text/plain', cookie: dave, 'x-evil': evil },
    `${evil}\n`,
  )
  await played.force('POST /pact/states', { state: 'a session of the CMS' })
  const login = await played.send('POST', `${cms}/login?sid=0`, json, '{"login":"node","password":"node"}')
  const { sid } = (await login.json()) as { sid: string }
  const cookie = login.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  await played.send('GET', `${cms}/info?sid=${sid}`, { cookie })
  await played.send('POST', `${cms}/logout/${sid}?sid=${sid}`, { ...json, cookie })
  await played.send('GET', '/nothing/at/all')
}
