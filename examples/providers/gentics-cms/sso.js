// @ts-check
import { openSession, refusalOf } from './login.js'
import { parseInteger, queryOf, secretOf } from './session-id.js'

/**
 * @typedef {object} SsoSystem how callers are known to the SSO system
 * @property {string} [header] a request header with the username
 * @property {{ [token: string]: string }} [tokens] the usernames by bearer token
 * @property {boolean} [failing] whether it cannot be asked
 */

/**
 * The login for SSO systems, under its two names.
 *
 * @param {import('./routes.js').Routes} routes
 * @param {import('./server.js').Server} server
 */
export function addSso(routes, server) {
  const { settings, users, sessions } = server

  /**
   * Who the caller is: by a session, or by what the SSO system says.
   *
   * @param {import('fastify').FastifyRequest} request
   * @returns {import('./user-store.js').UserRow | 'FAILURE' | undefined}
   */
  const identify = (request) => {
    const sid = parseInteger(queryOf(request, 'sid'))
    const userId = sid === undefined ? undefined : sessions.use({ sid, secret: secretOf(request) })
    if (userId !== undefined) return users.byId(userId)
    const { header = '', tokens = {}, failing } = settings.sso
    const [, token = ''] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? []
    const named = String(request.headers[header.toLowerCase()] ?? '')
    if (token === '' && named === '') return undefined
    if (failing === true) return 'FAILURE'
    return users.find((Object.hasOwn(tokens, token) ? tokens[token] : undefined) ?? named)
  }

  /**
   * @param {import('fastify').FastifyRequest} request
   * @param {import('fastify').FastifyReply} reply
   * @returns {string}
   */
  const login = (request, reply) => {
    const user = identify(request)
    if (user === 'FAILURE') return user
    const refusal = refusalOf(server, user)
    // The page has no word for maintenance.
    if (user === undefined || refusal !== undefined) return refusal === 'MAINTENANCEMODE' ? 'FAILURE' : 'NOTFOUND'
    return openSession(server, request, reply, user)
  }

  for (const path of ['/auth/login', '/auth/ssologin']) {
    routes.add('GET', path, (request, reply) => reply.type('text/plain').send(login(request, reply)))
  }
}
