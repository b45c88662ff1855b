// @ts-check
import { answer } from './answer.js'
import { cookieAttributes, cookieName, parseInteger, queryOf, secretOf } from './session-id.js'

/**
 * Why a user whose credentials are right cannot log in, if they cannot.
 *
 * @param {import('./server.js').Server} server
 * @param {import('./user-store.js').UserRow | undefined} user
 * @returns {'NOTFOUND' | 'MAINTENANCEMODE' | undefined}
 */
export function refusalOf({ settings }, user) {
  if (user === undefined || user.groups.length === 0) return 'NOTFOUND'
  return settings.maintenance && !user.seesMaintenance ? 'MAINTENANCEMODE' : undefined
}

/**
 * Opens a session for a user, or goes on with the one that the request names, and sets the cookie.
 *
 * @param {import('./server.js').Server} server
 * @param {import('fastify').FastifyRequest} request
 * @param {import('fastify').FastifyReply} reply
 * @param {import('./user-store.js').UserRow} user
 * @returns {string} the sid
 */
export function openSession({ settings, sessions }, request, reply, user) {
  const from = { sid: parseInteger(queryOf(request, 'sid')) ?? 0, secret: secretOf(request) }
  const { sid, secret, isNewSecret } = sessions.open(user.id, from)
  // The page speaks of a new secret only.
  if (isNewSecret) reply.setCookie(cookieName, secret, cookieAttributes(settings))
  return String(sid)
}

/**
 * The end of every login by POST.
 *
 * @param {import('./server.js').Server} server
 * @param {import('fastify').FastifyRequest} request
 * @param {import('fastify').FastifyReply} reply
 * @param {import('./user-store.js').UserRow | undefined} user whose credentials were right
 */
export function finishLogin(server, request, reply, user) {
  reply.code(201)
  const refusal = refusalOf(server, user)
  if (user === undefined || refusal !== undefined) return answer(server, refusal ?? 'NOTFOUND')
  if (parseInteger(queryOf(request, 'sid') || '0') === undefined) return answer(server, 'FAILURE')
  return answer(server, 'OK', { sid: openSession(server, request, reply, user), user: server.users.toUser(user) })
}
