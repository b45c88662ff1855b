import { cookiePairs } from '../core/cookie.ts'
import { headerValues } from '../core/http.ts'
import type { JsonObject } from '../core/json.ts'
import type { Account, Kit } from '../core/kit.ts'
import { NotReachedError, type Opened, type Player } from './player.ts'
import { fill, writingFor } from './template.ts'

/** Passes the first factor anew with each request. */
export function withBasic({ username, password = username }: Account): Opened {
  const credentials = Buffer.from(`${username}:${password}`).toString('base64')
  return { cookies: [], headers: ['authorization', `Basic ${credentials}`] }
}

/** Passes the host's first factor as its own session resource wants it. */
export async function login(kit: Kit, account: Account, settings: JsonObject, send: Player['send']): Promise<Opened> {
  if (kit.login === undefined) return { cookies: [], headers: [] }
  const { method, path, type, body, cookie, needs = {} } = kit.login
  if (Object.entries(needs).some(([name, value]) => settings[name] !== value)) return withBasic(account)
  const values = new Map([
    ['username', account.username],
    ['password', account.password ?? account.username],
  ])
  const answered = await send({
    method,
    path,
    headers: ['content-type', type],
    body: fill(body, values, writingFor(type)),
  })
  const cookies = headerValues(answered.headers, 'set-cookie').flatMap((line) => cookiePairs(line).slice(0, 1))
  if (cookies.some(([name]) => name === cookie)) return { cookies, headers: [] }
  throw new NotReachedError(
    `the first factor of ${account.username} was not accepted: ${method} ${path} answered ${answered.status} without ${cookie}`,
  )
}
