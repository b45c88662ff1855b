// @ts-check
import { bare, defineApi, duration, inJson, integer, text, withFurtherHeaders } from 'auth-understudy/api'

/** @typedef {Omit<import('auth-understudy/api').LockoutDefinition<'locked'>, 'word' | 'counts' | 'afterLock'>} Policy */

// A clause without an origin is documented: in the Server Administration Guide, "Brute force attacks".
/** @param {string} file */
const source = (file) => /** @type {const} */ ({ where: `keycloak/keycloak, ${file}.java`, confidence: 'medium' })
/** Everybody who does not get in is told the same. @param {string} because @returns {(status: number) => ReturnType<typeof inJson>} */
const refused = (because) => (status) =>
  inJson(status, { error: 'invalid_grant', error_description: 'Invalid user credentials' }, because)
/** @param {string} access_token @param {number} ms */
const token = (access_token, ms) =>
  inJson(200, { access_token, expires_in: ms / 1000, token_type: 'Bearer' }, 'the password is right')
/** @param {string} sub @param {string} name */
const claims = (sub, name) => inJson(200, { sub, preferred_username: name }, 'the token is alive')

/** A realm of Keycloak's: a login by password behind its brute force detection. @param {Policy} policy */
export const realm = (policy) =>
  defineApi({
    id: 'demo',
    path: '/realms/demo',
    user: {
      password: text({ about: 'the password', secret: true }),
      sub: text({ about: 'the id that Keycloak gave; the username if left out', optional: true }),
    },
    settings: {
      refusals: integer({ about: 'status of a login that is refused; 401 before Keycloak 26.6', default: 400 }),
      tokenFor: duration({ about: 'Access Token Lifespan', default: 300_000 }),
    },
    lockout: { word: 'locked', counts: 'failed logins', afterLock: 'kept', ...policy },
    sessions: { in: 'bearer', for: '30m', facts: { issued: integer({ about: 'when, in milliseconds', default: 0 }) } },
    clauses: {
      'KC-01': {
        text: 'The right password gets a token, and failures are forgotten.',
        code: 'right',
        varies: { access_token: 'same type', expires_in: 'same type' },
        says: { granted: token },
      },
      'KC-02': {
        text: 'A wrong one is refused and counted, from one again after Failure Reset Time without any.',
        settings: ['refusals'],
        says: { wrong: refused('the password is wrong') },
      },
      'KC-03': {
        text: 'Max Login Failures lock for Wait Increment; who is locked is told what the wrong are, and not counted.',
        code: 'uncounted',
        says: { waits: refused('there were too many failures') },
      },
      'KC-04': {
        text: 'Each failure after these locks again, for longer by the strategy to increase it, up to Max Wait.',
        code: 'uncounted',
        says: { waitsOn: refused('there were still more failures') },
      },
      'KC-05': {
        text: 'Two failures within Quick Login Check lock for Minimum Quick Login Wait, however few there were.',
        code: 'uncounted',
        says: { tooQuick: refused('failures came too fast') },
      },
      'KC-06': {
        text: 'Lockout permanently, or after Maximum temporary Lockouts, lasts until an administrator ends it.',
        code: 'uncounted',
        says: { disabled: refused('the lock is permanent') },
      },
      'KC-07': {
        text: 'Whoever is unknown is told what the wrong are.',
        origin: 'observed',
        source: source('directgrant/ValidateUsername'),
        says: { unknown: refused('there is no such user') },
      },
      'KC-08': {
        text: 'Without a username nothing is tried.',
        origin: 'observed',
        source: source('directgrant/ValidateUsername'),
        code: 'uncounted',
        says: {
          nameless: inJson(
            401,
            { error: 'invalid_request', error_description: 'Missing parameter: username' },
            'no name',
          ),
        },
      },
      'KC-09': {
        text: 'GET userinfo tells whose the token is, also while they are locked for a time.',
        origin: 'observed',
        source: source('oidc/endpoints/UserInfoEndpoint'),
        varies: { sub: 'same type' },
        says: { told: claims },
      },
      'KC-10': {
        text: 'Without a token that is alive, or once a lock is permanent: 401 with a Bearer challenge.',
        origin: 'assumed',
        choice: 'As RFC 6750 says; what Keycloak writes into the body is left out.',
        says: {
          noToken: withFurtherHeaders(bare(401, 'no token is alive'), ['www-authenticate', 'Bearer realm="demo"']),
        },
      },
      'KC-11': {
        text: 'Another grant type than password is answered 400.',
        origin: 'assumed',
        choice: 'As RFC 6749 says of grants that a server does not know; Keycloak knows more.',
        code: 'uncounted',
        says: { otherGrant: inJson(400, { error: 'unsupported_grant_type' }, 'the grant type is not password') },
      },
    },
    operations: {
      token: {
        at: 'POST /protocol/openid-connect/token',
        about: 'logs in',
        tells: { username: 'body.username', password: 'body.password' },
        step: ({ body, user, attempt, begin, settings: { refusals, tokenFor, lockAfter }, now, say }) => {
          if (body['grant_type'] !== 'password') return say.otherGrant
          if (body['username'] === undefined) return say.nameless
          const who = user(body['username'])
          if (who === undefined) return say.unknown(refusals)
          const tried = attempt(who, body['password'] === who.password)
          if (tried.is === 'right') return say.granted(begin(who, { issued: now }), tokenFor)
          if (tried.is === 'wrong') return say.wrong(refusals)
          if (tried.until === null) return say.disabled(refusals)
          if (who.failures < lockAfter) return say.tooQuick(refusals)
          return who.failures === lockAfter ? say.waits(refusals) : say.waitsOn(refusals)
        },
      },
      userinfo: {
        at: 'GET /protocol/openid-connect/userinfo',
        about: 'tells who has logged in',
        step: ({ session, lockOf, settings, now, say }) => {
          if (session === undefined || now - session.issued >= settings.tokenFor) return say.noToken
          const { username, sub = username } = session.user
          return lockOf(session.user)?.until === null ? say.noToken : say.told(sub, username)
        },
      },
    },
  })

/** Lockout temporarily, by multiples: Keycloak's own settings, but for the 30 failures that it lets pass. */
export const demo = realm({
  after: 3, // Max Login Failures
  for: '1m', // Wait Increment
  grows: 'rounds', // Strategy to increase wait time: Multiple
  longest: '15m', // Max Wait
  forgottenAfter: '12h', // Failure Reset Time
  quick: { within: '1s', for: '1m' }, // Quick Login Check Milliseconds, Minimum Quick Login Wait
})
