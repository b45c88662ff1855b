/** A request that carries secrets: its name, how it is sent, and every canary in it. */
export interface Carrier {
  readonly about: string
  readonly method: string
  /** With its query. */
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string | Uint8Array | undefined
}

const json = [['content-type', 'application/json']] as const
const form = [['content-type', 'application/x-www-form-urlencoded']] as const
const plain = [['content-type', 'text/plain']] as const
const login = '/jira/rest/auth/1/session'
const sl = '/jira/rest/securelogin-admin/1.0/api'
const sp = '/api/v2/authentication/authenticate'
const gc = '/rest/auth'

let planted = 0
/** A secret that is found again wherever it comes out. */
const c = (): string => `CANARYSECRET${++planted}`

type Parts = { readonly headers?: Carrier['headers']; readonly body?: string | Uint8Array | object }

function carrier(about: string, method: string, target: string, { headers = [], body }: Parts = {}): Carrier {
  const isData = typeof body === 'object' && !(body instanceof Uint8Array)
  return { about, method, target, headers, body: isData ? JSON.stringify(body) : body }
}

const multipart = (name: string, boundary = 'b'): string =>
  `--${boundary}\r\ncontent-disposition: form-data; name="username"\r\n\r\nadam\r\n` +
  `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${c()}\r\n--${boundary}--\r\n`

/** In whatever place people have sent a secret, right or wrong. No two share a canary. */
export const carriers: readonly Carrier[] = [
  carrier('JSON', 'POST', login, { headers: json, body: { username: 'alice', password: c() } }),
  carrier('JSON, nested', 'POST', login, { headers: json, body: { username: 'alice', cred: { Password: c() } } }),
  carrier('JSON, in a list', 'POST', login, { headers: json, body: [{ password: c() }] }),
  carrier('JSON, twice', 'POST', login, { headers: json, body: `{"password":"${c()}","password":"${c()}"}` }),
  carrier('JSON, unfinished', 'POST', login, { headers: json, body: `{"username":"alice","password":"${c()}` }),
  carrier('JSON, without quotes', 'POST', login, { headers: json, body: `{username:'alice',password:${c()}}` }),
  carrier('JSON, behind a byte order mark', 'POST', login, { headers: json, body: `\uFEFF{"password":"${c()}"}` }),
  carrier('JSON in UTF-16', 'POST', login, {
    headers: json,
    body: new Uint8Array(Buffer.from(`\uFEFF{"password":"${c()}"}`, 'utf16le')),
  }),
  carrier('JSON, the name escaped', 'POST', login, { headers: json, body: `{"pass\\u0077ord":"${c()}"}` }),
  carrier('JSON, escaped and unfinished', 'POST', login, { headers: json, body: `{"pass\\u0077ord":"${c()}"` }),
  carrier('JSON within JSON', 'POST', login, {
    headers: json,
    body: { note: JSON.stringify({ password: c() }), broken: `{"pin":"${c()}`, link: `/x?token=${c()}&a=1` },
  }),
  carrier('JSON, a text', 'POST', login, { headers: json, body: `"${c()}"` }),
  carrier('JSON, other names', 'POST', login, {
    headers: json,
    body: { pin: c(), code: c(), otp: c(), token: c(), oldPassword: c(), new_password: c(), apiKey: c(), pwd: c() },
  }),
  carrier('JSON, credentials', 'POST', login, {
    headers: json,
    body: { credentials: [c()], auth: c(), session: c(), authorization: { value: c() }, accessToken: { raw: c() } },
  }),
  carrier('JSON, behind 4 KiB', 'POST', login, { headers: json, body: { pad: 'x'.repeat(4080), password: c() } }),
  carrier('JSON, around 4 KiB', 'POST', login, { headers: json, body: { username: 'x'.repeat(4050), password: c() } }),
  carrier('XML', 'POST', login, { headers: json, body: `<login><password>${c()}</password></login>` }),
  carrier("a form, Jira's own", 'POST', login, { headers: form, body: `username=a&os_password=${c()}` }),
  carrier('a form, at the login page', 'POST', '/jira/login.jsp', {
    headers: form,
    body: `os_username=alice&os_password=${c()}`,
  }),
  carrier('a form, the name in percent', 'POST', login, { headers: form, body: `pass%77ord=${c()}&p%2569n=${c()}` }),
  carrier('a form, behind a semicolon', 'POST', login, { headers: form, body: `a=b;password=${c()}` }),
  carrier('a form, on two lines', 'POST', login, { headers: form, body: `a=b\npassword=${c()}` }),
  carrier('a form, in brackets', 'POST', sp, {
    headers: form,
    body: `password[]=${c()}&user[password]=${c()}&password%5B%5D=${c()}&user%5Bpassword_confirmation%5D=${c()}`,
  }),
  carrier('a form, JSON in it', 'POST', sp, {
    headers: form,
    body: `payload=${encodeURIComponent(JSON.stringify({ password: c() }))}&next=${encodeURIComponent(`/a?pin=${c()}`)}`,
  }),
  carrier('a form, a PIN', 'POST', `${sl}/auth`, { headers: form, body: `pin=${c()}` }),
  carrier('text, a PIN', 'POST', `${sl}/auth`, { headers: plain, body: c() }),
  carrier('text, a PIN in a pair', 'POST', `${sl}/auth`, { headers: plain, body: `x=${c()}` }),
  carrier('JSON, a PIN', 'POST', `${sl}/auth`, { headers: json, body: { pin: c(), code: c() } }),
  carrier('a query', 'GET', `${sl}/info?password=${c()}&os_password=${c()}&PIN=${c()}&pass%77ord=${c()}`),
  carrier('a query, in brackets', 'POST', `${sp}?user[password]=${c()}&password[]=${c()}&PASSWORD=${c()}`),
  carrier(
    'a query, an address in it',
    'GET',
    `${sl}/info?next=${encodeURIComponent(`https://a:${c()}@b/?sid=${c()}`)}`,
  ),
  carrier('a query, a code', 'GET', `/callback?code=${c()}&state=open&access_token=${c()}&id_token=${c()}`),
  carrier('a path', 'GET', `${sl}/auth/${c()}`),
  carrier('a path, a session', 'GET', `${sl}/info;jsessionid=${c()}`),
  carrier('Basic credentials', 'GET', `${sl}/user`, { headers: [['authorization', `Basic ${btoa(`alice:${c()}`)}`]] }),
  carrier('a bare authorization', 'GET', `${sl}/user`, { headers: [['authorization', c()]] }),
  carrier('headers', 'GET', `${sl}/user`, {
    headers: ['proxy-authorization', 'x-auth-token', 'x-auth-secret', 'x-api-key', 'x-atlassian-token', 'x-csrf-token']
      .concat([
        'x-access-token',
        'x-amz-security-token',
        'x-goog-api-key',
        'x-hub-signature-256',
        'x-session-id',
        'apikey',
      ])
      .map((name) => [name, name === 'proxy-authorization' ? `Basic ${c()}` : c()]),
  }),
  carrier('cookies', 'GET', `${sl}/user`, {
    headers: [['cookie', `JSESSIONID=${c()}; seraph.rememberme.cookie=${c()}; ${c()}; x=${c()}`]],
  }),
  carrier('where somebody came from', 'GET', `${sl}/info`, {
    headers: [
      ['referer', `http://x/?password=${c()}&a=1#access_token=${c()}`],
      ['x-forwarded-uri', `/y?os_password=${c()}`],
      ['origin', `http://u:${c()}@x`],
      ['x-forwarded-host', `u:${c()}@x`],
    ],
  }),
  carrier('a login of the CMS', 'POST', `${gc}/login`, { headers: json, body: { login: 'node', password: c() } }),
  carrier('a login of the CMS, in the query', 'POST', `${gc}/login?sid=${c()}&password=${c()}`, {
    headers: json,
    body: { login: 'node', password: c() },
  }),
  carrier('a token to validate', 'GET', `${gc}/validate/${c()}`),
  carrier('a token to log out', 'POST', `${gc}/logout/${c()}?allSessions=false`),
  carrier('a sign-on', 'GET', `${gc}/ssologin?ts=1&signature=${c()}&hash=${c()}`),
  carrier('a change of password', 'PUT', `${gc}/changepassword`, {
    headers: json,
    body: { password: c(), newPassword: c(), oldPassword: c(), repeatPassword: c() },
  }),
  carrier("a help desk's form", 'POST', sp, {
    headers: [...form, ['x-auth-application', c()]],
    body: `username=adam&password=${c()}&account=atech&pin=${c()}&two_factor=${c()}&two_factor_code=${c()}`,
  }),
  carrier("a help desk's JSON", 'POST', sp, {
    headers: [...json, ['x-auth-token', c()], ['x-auth-secret', c()]],
    body: { username: 'adam', password: c(), account: 'atech' },
  }),
  carrier('multipart', 'POST', sp, {
    headers: [['content-type', 'multipart/form-data; boundary=b']],
    body: multipart('password'),
  }),
  carrier('multipart, in brackets', 'POST', sp, {
    headers: [['content-type', 'multipart/form-data; boundary=b']],
    body: multipart('user[password]'),
  }),
  carrier("a help desk's query", 'GET', `${sp}?username=adam&password=${c()}&account=atech`),
  carrier('nowhere, JSON', 'POST', '/nothing/here', { headers: json, body: { password: c(), secret: c() } }),
  carrier('nowhere, text', 'POST', '/nothing/here', { headers: plain, body: c() }),
]

/** How many secrets were sent. */
export const canaries = planted
