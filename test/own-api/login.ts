import { bare, defineApi, flag, inJson, text } from '../../src/api.ts'

/** A login by password and PIN that keeps a cookie: the second factor is asked of a session that the first has begun. */
export const login = defineApi({
  id: 'hall-login',
  user: {
    password: text({ about: 'the first factor', secret: true }),
    name: text({ about: 'the name for people', optional: true }),
  },
  settings: { open: flag({ about: 'whether anybody may sign in', default: true }) },
  lockout: { word: 'blocked', counts: 'wrong PINs', after: 3, for: '30m', wholeSeconds: true },
  secondFactor: { called: 'pin' },
  sessions: {
    in: { cookie: 'HALL' },
    for: '10m',
    facts: { passed: flag({ about: 'whether the PIN was entered', default: false }) },
  },
  clauses: {
    'HL-01': { text: 'The password begins a session.', says: { begun: bare(204, 'the password is right') } },
    'HL-02': { text: 'Any other does not.', says: { refused: bare(401, 'the password is not right') } },
    'HL-03': { text: 'The right PIN passes.', says: { passed: bare(204, 'the PIN is right') } },
    'HL-04': {
      text: 'A wrong one does not.',
      says: { wrong: (left: number) => inJson(403, { left }, `${left} left`) },
    },
    'HL-09': { text: 'A code is taken once, where it is set so.', says: { usedUp: bare(409, 'the code was taken') } },
    'HL-05': { text: 'While blocked: 423.', says: { blocked: bare(423, 'the user is blocked') } },
    'HL-06': { text: 'Nobody without a session.', says: { nobody: bare(401, 'there is no session') } },
    'HL-07': {
      text: 'GET /me tells who somebody is.',
      says: { me: (name: string, passed: boolean) => inJson(200, { name, passed }, 'a session') },
    },
    'HL-08': { text: 'Nobody signs in while it is closed.', settings: ['open'], says: { closed: bare(503, 'closed') } },
  },
  operations: {
    password: {
      at: 'POST /password',
      about: 'takes the first factor',
      tells: { username: 'body.username', password: 'body.password' },
      step: ({ body, user, begin, settings, say }) => {
        if (!settings.open) return say.closed
        const who = user(body['username'])
        if (who === undefined || body['password'] !== who.password) return say.refused
        begin(who)
        return say.begun
      },
    },
    pin: {
      at: 'POST /pin',
      about: 'takes the second factor',
      tells: { pin: 'text' },
      step: ({ text: pin, session, attemptCode, keep, say }) => {
        if (session === undefined) return say.nobody
        const tried = attemptCode(session.user, pin)
        if (tried.is === 'locked') return say.blocked
        if (tried.is === 'wrong') return tried.isUsedUp ? say.usedUp : say.wrong(tried.left)
        keep({ passed: true })
        return say.passed
      },
    },
    me: {
      at: 'GET /me',
      about: 'tells who is signed in',
      step: ({ session, say }) =>
        session ? say.me(session.user.name ?? session.user.username, session.passed) : say.nobody,
    },
    rename: {
      at: 'PUT /names/{name}',
      about: 'gives oneself another name',
      step: ({ session, params, change, say }) => {
        if (session === undefined) return say.nobody
        change(session.user, { name: params['name'] ?? '' })
        return say.me(params['name'] ?? '', session.passed)
      },
    },
    logout: {
      at: 'DELETE /me',
      about: 'signs out',
      step: ({ end, say }) => {
        end()
        return say.nobody
      },
    },
  },
})
