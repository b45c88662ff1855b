import { CookieJar } from '../../core/cookie-jar.ts'
import { headerValues } from '../../core/http.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Account, Kit } from '../../core/kit.ts'
import { NotReachedError, type SessionCredentials, type Player } from './player.ts'
import { fill, writingFor } from '../target/template.ts'

/** Passes the first factor anew with each request. */
export function withBasic({ username, password = username }: Account): SessionCredentials {
  const credentials = Buffer.from(`${username}:${password}`).toString('base64')
  return { cookies: [], headers: ['authorization', `Basic ${credentials}`] }
}

/** Passes the host's first factor as its own session resource wants it. */
export async function passFirstFactor(
  kit: Kit,
  account: Account,
  settings: JsonObject,
  player: Pick<Player, 'baseUrl' | 'now' | 'send'>,
): Promise<SessionCredentials> {
  if (kit.login === undefined) return { cookies: [], headers: [] }
  const { method, path, type, body, cookie, needs = {} } = kit.login
  if (Object.entries(needs).some(([name, value]) => settings[name] !== value)) return withBasic(account)
  const values = new Map([
    ['username', account.username],
    ['password', account.password ?? account.username],
  ])
  const call = { method, path, headers: ['content-type', type], body: fill(body, values, writingFor(type)) }
  // One session more does no harm.
  const answered = await player.send(call, { repeat: 'always' })
  const jar = new CookieJar(() => player.now())
  const refused = jar.take(headerValues(answered.headers, 'set-cookie'), player.baseUrl + path)
  if (jar.value(cookie) !== undefined) return { cookies: jar.all, headers: [] }
  const why = refused.find(({ name }) => name === cookie)?.because
  throw new NotReachedError(
    `the first factor of ${account.username} was not accepted: ${method} ${path} answered ${answered.status} ` +
      (why === undefined ? `without ${cookie}` : `and ${why}`),
  )
}
