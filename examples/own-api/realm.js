// @ts-check
import { bare, defineApi, duration, inJson, integer, text, withFurtherHeaders } from 'auth-understudy/api'

/** @typedef {Omit<import('auth-understudy/api').LockoutDefinition<'locked'>, 'word' | 'counts' | 'afterLock'>} Policy */

const at = 'https://www.keycloak.org/docs/latest/server_admin/#password-guess-brute-force-attacks'
const guide = /** @type {const} */ ({ origin: 'documented', source: { where: at, confidence: 'high' } })
const said = { error: 'invalid_grant', error_description: 'Invalid user credentials' }

/**
 * A realm of Keycloak's: a login by password behind its brute force detection, and who has logged in.
 * @template {string} Id
 * @param {Id} id
 * @param {Policy} policy what an administrator enters at Realm settings, Security defenses
 */
const realm = (id, policy) =>
  defineApi({
    id,
    path: `/realms/${id}`,
    user: {
      password: text({ about: 'the password', secret: true }),
      sub: text({ about: 'the id that Keycloak gave; the username if left out', optional: true }),
    },
    settings: {
      refusals: integer({ about: 'status of a login that is refused: 401 before Keycloak 26.6', default: 400 }),
      tokenFor: duration({ about: 'Access Token Lifespan', default: '5m' }),
    },
    lockout: { word: 'locked', counts: 'failed logins', afterLock: 'kept', ...policy },
    sessions: { in: 'bearer', for: '30m', facts: { issued: integer({ about: 'when, in milliseconds', default: 0 }) } },
    clauses: {
      'KC-01': {
        text: 'The right password gets a token, and failures are forgotten.',
        ...guide,
        says: {
          granted: (/** @type {string} */ token, /** @type {number} */ ms) =>
            inJson(200, { access_token: token, expires_in: ms / 1000, token_type: 'Bearer' }, 'the password is right'),
        },
      },
      'KC-02': {
        text: 'A wrong password is refused, and counted; after Failure Reset Time without any, counting begins anew.',
        ...guide,
        says: { wrong: (/** @type {number} */ status) => inJson(status, said, 'the password is wrong') },
      },
      'KC-03': {
        text: 'After Max Login Failures nobody gets in for Wait Increment, whatever the password, and nothing is counted.',
        ...guide,
        says: { waits: (/** @type {number} */ status) => inJson(status, said, 'there were too many failures') },
      },
      'KC-04': {
        text: 'Each failure after that locks for longer, by Strategy to increase wait time, up to Max Wait.',
        ...guide,
        says: { waitsOn: (/** @type {number} */ status) => inJson(status, said, 'there were still more failures') },
      },
      'KC-05': {
        text: 'Two failures within Quick Login Check lock for Minimum Quick Login Wait, however few they are.',
        ...guide,
        says: { tooQuick: (/** @type {number} */ status) => inJson(status, said, 'failures came too fast') },
      },
      'KC-06': {
        text: 'Lockout permanently, or after Maximum temporary Lockouts, lasts until an administrator lifts it.',
        ...guide,
        says: { disabled: (/** @type {number} */ status) => inJson(status, said, 'the lock is permanent') },
      },
      'KC-07': {
        text: 'Whoever is unknown is told what anybody is who is wrong.',
        origin: 'observed',
        source: { where: 'keycloak/keycloak: directgrant/ValidateUsername.java', confidence: 'high' },
        says: { unknown: (/** @type {number} */ status) => inJson(status, said, 'there is no such user') },
      },
      'KC-08': {
        text: 'Without a username, or another grant type than password, nothing is tried.',
        origin: 'observed',
        source: { where: 'keycloak/keycloak: directgrant/ValidateUsername.java', confidence: 'medium' },
        says: {
          nameless: inJson(401, { error: 'invalid_request', error_description: 'Missing parameter: username' }, 'no name'),
          otherGrant: inJson(400, { error: 'unsupported_grant_type' }, 'the grant type is not password'),
        },
      },
      'KC-09': {
        text: 'GET userinfo tells whose the token is, also while they wait.',
        origin: 'observed',
        source: { where: 'keycloak/keycloak: oidc/endpoints/UserInfoEndpoint.java', confidence: 'medium' },
        says: {
          told: (/** @type {string} */ name, /** @type {string} */ sub) =>
            inJson(200, { sub, preferred_username: name }, 'the token is alive'),
        },
      },
      'KC-10': {
        text: 'Without a token that is alive, or for whom is disabled: 401 with a Bearer challenge.',
        origin: 'assumed',
        choice: 'As RFC 6750 has it; the body is left out.',
        says: {
          noToken: withFurtherHeaders(bare(401, 'there is no token that is alive'), [
            'www-authenticate',
            `Bearer realm="${id}"`,
          ]),
        },
      },
    },
    operations: {
      token: {
        at: 'POST /protocol/openid-connect/token',
        about: 'logs in',
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
          return lockOf(session.user)?.until === null ? say.noToken : say.told(username, sub)
        },
      },
    },
  })

/** What all of the realms below have; Keycloak's own default is 30 failures. @type {Policy} */
const common = { after: 3, for: '1m', longest: '15m', forgottenAfter: '12h', quick: { within: '1s', for: '1m' } }

/** Lockout temporarily, by multiples, which is the default strategy. */
export const demo = realm('demo', { ...common, grows: 'rounds' })
/** Lockout temporarily, linear. */
export const linear = realm('linear', { ...common, grows: 'failures' })
/** Lockout permanently, which knows of no wait and no reset. */
export const permanent = realm('permanent', { after: 3, for: null, quick: common.quick })
/** Lockout permanently after temporary lockout. */
export const mixed = realm('mixed', { ...common, grows: 'rounds', foreverAfter: 1 })
