// A Keycloak of somebody else's, to check with `understudy verify`. It is told after Keycloak's guide alone, shares no
// code with auth-understudy, and keeps what it knows in a log of failures instead of counters.
//
//   node foreign-server.js [port] [policy as JSON] [fault]
//
// faults: one-more (locks a failure late), flat (waits do not grow), leak (says who is locked), never (no quick check)
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'

const [port = '8080', wished = '{}', fault = ''] = process.argv.slice(2)
const policy = {
  mode: 'temporary', // or permanent, mixed
  strategy: 'multiple', // or linear
  maxLoginFailures: 3,
  waitIncrementSeconds: 60,
  maxWaitSeconds: 900,
  failureResetSeconds: 43_200,
  quickLoginCheckMilliseconds: 1000,
  minimumQuickLoginWaitSeconds: 60,
  maximumTemporaryLockouts: 1,
  ...JSON.parse(wished),
}
const passwords = new Map([
  ['ada', 'engine'],
  ['tim', 'secret'],
])
/** What somebody did wrong since the last right login, and until when that keeps them out. */
const files = new Map([...passwords.keys()].map((name) => [name, clean()]))
const tokens = new Map()
let ahead = 0

function clean() {
  return { failures: [], lockouts: 0, keptOutUntil: 0, disabled: false }
}

function waitSeconds(count) {
  const first = policy.maxLoginFailures + (fault === 'one-more' ? 1 : 0)
  if (count < first) return 0
  if (fault === 'flat') return policy.waitIncrementSeconds
  const steps =
    policy.strategy === 'linear' ? count - policy.maxLoginFailures + 1 : Math.floor(count / policy.maxLoginFailures)
  return policy.waitIncrementSeconds * steps
}

/** What is known of somebody after one failure more. */
function afterFailure(before, now) {
  const previous = before.failures.at(-1)
  const gap = previous === undefined ? Infinity : now - previous
  const isOld = policy.mode !== 'permanent' && previous !== undefined && gap > policy.failureResetSeconds * 1000
  const { failures, lockouts, ...known } = isOld ? clean() : before
  const log = [...failures, now]
  const isQuick = fault !== 'never' && gap < policy.quickLoginCheckMilliseconds
  const quickWait = isQuick ? policy.minimumQuickLoginWaitSeconds : 0
  if (policy.mode === 'permanent') {
    const disabled = log.length >= policy.maxLoginFailures
    return { failures: log, lockouts, disabled, keptOutUntil: now + quickWait * 1000 }
  }
  const wait = waitSeconds(log.length)
  const locked = lockouts + (wait > 0 ? 1 : 0)
  const disabled = policy.mode === 'mixed' && locked > policy.maximumTemporaryLockouts
  const seconds = Math.min(wait > 0 ? wait : quickWait, policy.maxWaitSeconds)
  return { ...known, failures: log, lockouts: locked, disabled, keptOutUntil: now + seconds * 1000 }
}

function login(form, now) {
  if (form.get('grant_type') !== 'password') return [400, { error: 'unsupported_grant_type' }]
  const name = form.get('username')
  if (name === null) return [401, { error: 'invalid_request', error_description: 'Missing parameter: username' }]
  const no = [400, { error: 'invalid_grant', error_description: 'Invalid user credentials' }]
  const file = files.get(name)
  if (file === undefined) return no
  if (file.disabled || now < file.keptOutUntil) return fault === 'leak' ? [400, { error: 'account_locked' }] : no
  if (form.get('password') !== passwords.get(name)) {
    files.set(name, afterFailure(file, now))
    return no
  }
  files.set(name, clean())
  const accessToken = randomBytes(24).toString('base64url')
  tokens.set(accessToken, { name, until: now + 300_000 })
  return [200, { access_token: accessToken, expires_in: 300, token_type: 'Bearer' }]
}

function userinfo(authorization, now) {
  const held = tokens.get((authorization ?? '').replace(/^Bearer /, ''))
  if (held === undefined || held.until <= now || files.get(held.name)?.disabled) return [401, undefined]
  return [200, { sub: `id-of-${held.name}`, preferred_username: held.name }]
}

async function answer(request) {
  let text = ''
  for await (const chunk of request) text += chunk
  const now = Date.now() + ahead
  const { pathname } = new URL(request.url, 'http://here')
  switch (`${request.method} ${pathname}`) {
    case 'POST /realms/demo/protocol/openid-connect/token':
      return login(new URLSearchParams(text), now)
    case 'GET /realms/demo/protocol/openid-connect/userinfo':
      return userinfo(request.headers.authorization, now)
    // Not Keycloak's: for tests, which cannot wait for an hour, nor ask an administrator.
    case 'POST /qa/clock':
      ahead += JSON.parse(text).by
      return [200, {}]
    case 'POST /qa/states':
      files.set(JSON.parse(text).params?.username, clean())
      return [200, {}]
    default:
      return [404, {}]
  }
}

const server = createServer(async (request, response) => {
  const [status, body] = await answer(request).catch((error) => [500, { error: String(error) }])
  response.writeHead(status, {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(status === 401 && request.method === 'GET' ? { 'www-authenticate': 'Bearer realm="demo"' } : {}),
  })
  response.end(body === undefined ? '' : JSON.stringify(body))
})
server.listen(Number(port), '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`))
