import { bare, defineApi, inJson, text } from '../../src/api.ts'

/** A turnstile: a badge and a code let people through; three wrong codes lock the badge for a minute. */
export const turnstile = defineApi({
  id: 'turnstile',
  user: { code: text({ about: 'the right code', secret: true }) },
  lockout: { word: 'locked', counts: 'wrong codes', after: 3, for: '1m' },
  clauses: {
    'TS-01': {
      text: 'POST /enter?badge=…&code=… answers 204 for the right code.',
      says: { open: bare(204, 'the code is right') },
    },
    'TS-02': {
      text: 'A wrong code, or an unknown badge, answers 403 with { left }, the tries that are left.',
      says: { refused: (left: number) => inJson(403, { left }, `${left} tries are left`) },
    },
    'TS-03': {
      text: 'After three wrong codes the badge is locked for a minute: 423.',
      says: { locked: bare(423, 'the badge is locked') },
    },
  },
  operations: {
    enter: {
      at: 'POST /enter',
      about: 'lets a badge through',
      tells: { username: 'query.badge', code: 'query.code' },
      step: ({ query, user, attempt, say }) => {
        const badge = user(query['badge'])
        if (badge === undefined) return say.refused(0)
        const tried = attempt(badge, query['code'] === badge.code)
        return tried.is === 'locked' ? say.locked : tried.is === 'right' ? say.open : say.refused(tried.left)
      },
    },
  },
})
