import type { AnyApi } from '../../src/core/api.ts'
import { bare, choice, defineApi, flag, inJson, integer, text } from '../../src/api.ts'
import type { LockoutDefinition } from '../../src/api.ts'

type Policy = Omit<LockoutDefinition<'shut'>, 'word' | 'counts'>

/** A house with tokens: of its people more is known than what a request tells, and some of it decides. */
export const houseWith = (policy: Policy): AnyApi =>
  defineApi({
    id: 'house',
    user: {
      password: text({ about: 'the password', secret: true, pattern: /^\w{4,9}$/ }),
      name: text({ about: 'the name for people' }),
      floor: integer({ about: 'how far they may go', default: 1 }),
      kind: choice(['guest', 'owner'], { about: 'what they are', default: 'guest' }),
      barred: flag({ about: 'whether they may not come', default: false }),
    },
    lockout: { word: 'shut', counts: 'wrong passwords', ...policy },
    sessions: { in: 'bearer', for: '5m', facts: { greeted: text({ about: 'by which name', default: '' }) } },
    clauses: {
      'H-01': {
        text: 'The right password gets a token.',
        code: 'right',
        says: { in: (token: string, kind: string) => inJson(200, { token, kind }, 'the password is right') },
      },
      'H-02': { text: 'Another does not.', says: { no: (left: number) => inJson(401, { left }, 'it is wrong') } },
      'H-03': { text: 'Too many shut the door.', code: 'uncounted', says: { shut: bare(423, 'too many were wrong') } },
      'H-04': { text: 'Who is barred is told so.', code: 'right', says: { barred: bare(403, 'they are barred') } },
      'H-05': { text: 'Nobody without a token.', says: { nobody: bare(401, 'there is no token') } },
      'H-06': {
        text: 'GET /me tells who somebody is.',
        says: { me: (name: string, greeted: string) => inJson(200, { name, greeted }, 'there is a token') },
      },
      'H-07': {
        text: 'Only from the third floor on the roof is open.',
        says: { roof: bare(204, 'high enough'), low: bare(409, 'too low') },
      },
      'H-08': { text: 'PUT /me gives another name.', says: { renamed: bare(204, 'there is a token') } },
      'H-09': {
        text: 'GET /people tells of others.',
        says: { other: (name: string) => inJson(200, { name }, 'they are here') },
      },
      'H-10': { text: 'Of who is not here there is nothing.', says: { none: bare(404, 'they are not here') } },
      'H-11': { text: 'DELETE /me ends the token.', says: { out: bare(204, 'it is over') } },
    },
    operations: {
      enter: {
        at: 'POST /people/{who}/enter',
        about: 'lets in',
        tells: { username: 'params.who', password: 'body.password' },
        step: ({ params, body, user, attempt, begin, say }) => {
          const who = user(params['who'])
          if (who === undefined) return say.no(0)
          const tried = attempt(who, body['password'] === who.password)
          if (tried.is === 'locked') return say.shut
          if (tried.is === 'wrong') return say.no(tried.left)
          return who.barred ? say.barred : say.in(begin(who, { greeted: `Dear ${who.name}` }), who.kind)
        },
      },
      me: {
        at: 'GET /me',
        about: 'tells who is in',
        step: ({ session, say }) => (session ? say.me(session.user.name, session.greeted) : say.nobody),
      },
      roof: {
        at: 'GET /roof',
        about: 'opens the roof',
        step: ({ session, say }) => (!session ? say.nobody : session.user.floor < 3 ? say.low : say.roof),
      },
      rename: {
        at: 'PUT /me',
        about: 'gives another name',
        step: ({ session, change, body, say }) => {
          if (session === undefined) return say.nobody
          change(session.user, { name: String(body['name']) })
          return say.renamed
        },
      },
      other: {
        at: 'GET /people/{who}',
        about: 'tells of somebody else',
        step: ({ params, user, say }) => {
          const who = user(params['who'])
          return who === undefined ? say.none : say.other(who.name)
        },
      },
      leave: {
        at: 'DELETE /me',
        about: 'ends the token',
        step: ({ session, end, say }) => {
          end()
          return session === undefined ? say.nobody : say.out
        },
      },
    },
  })

/** With the lockout that is the simplest. */
export const house: AnyApi = houseWith({ after: 3, for: '1m' })

/** With one in which more counts than the count. */
export const houseOfPast: AnyApi = houseWith({
  after: 3,
  for: '1m',
  afterLock: 'kept',
  grows: 'rounds',
  forgottenAfter: '1h',
  quick: { within: '1s', for: '10s' },
  foreverAfter: 2,
})
