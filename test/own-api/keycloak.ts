import { bare, defineApi, inJson, text } from '../../src/api.ts'

/** A realm of Keycloak's with brute force detection: two kinds of waits, and a lock for good after the third. */
export const realm = defineApi({
  id: 'realm',
  path: '/realms/hall',
  user: { password: text({ about: 'the password', secret: true }) },
  lockout: {
    word: 'disabled',
    counts: 'failed logins',
    after: 3, // Max login failures
    for: '1m', // Wait increment
    grows: 'rounds', // Strategy to increase wait time: multiple
    afterLock: 'kept',
    longest: '15m', // Max wait
    forgottenAfter: '12h', // Failure reset time
    quick: { within: '1s', for: '1m' }, // Quick login check, minimum quick login wait
    foreverAfter: 2, // Maximum temporary lockouts, with permanent lockout
  },
  sessions: { in: 'bearer', for: '30m' },
  clauses: {
    'KC-01': {
      text: 'POST /protocol/openid-connect/token answers a token for the right password.',
      says: { granted: (token: string) => inJson(200, { access_token: token, token_type: 'Bearer' }, 'it is right') },
    },
    'KC-02': {
      text: 'Whoever is wrong, unknown or disabled is told the same.',
      says: {
        refused: (why: string) =>
          inJson(401, { error: 'invalid_grant', error_description: 'Invalid user credentials' }, why),
      },
    },
    'KC-03': {
      text: 'GET /protocol/openid-connect/userinfo tells whose the token is.',
      says: { told: (name: string) => inJson(200, { preferred_username: name }, 'the token is alive') },
    },
    'KC-04': { text: 'Without one that is alive: 401.', says: { noToken: bare(401, 'there is no session') } },
    'KC-05': { text: 'POST /protocol/openid-connect/logout ends it.', says: { ended: bare(204, 'it has ended') } },
  },
  operations: {
    token: {
      at: 'POST /protocol/openid-connect/token',
      about: 'signs in',
      step: ({ body, user, attempt, begin, say }) => {
        const who = user(body['username'])
        if (who === undefined) return say.refused('there is no such user')
        const tried = attempt(who, body['password'] === who.password)
        return tried.is === 'right' ? say.granted(begin(who)) : say.refused(`the login is ${tried.is}`)
      },
    },
    userinfo: {
      at: 'GET /protocol/openid-connect/userinfo',
      about: 'tells who is signed in',
      step: ({ session, lockOf, say }) =>
        session && !lockOf(session.user) ? say.told(session.user.username) : say.noToken,
    },
    logout: {
      at: 'POST /protocol/openid-connect/logout',
      about: 'signs out',
      step: ({ session, end, say }) => {
        end()
        return session ? say.ended : say.noToken
      },
    },
  },
})
