// Mistakes that do not compile. `npm run check:types` holds that each is one, at its place; nothing here is run.
import { bare, defineApi, flag, inJson, text } from '../../src/api.ts'
import type { WorldOf } from '../../src/index.ts'
import type { login } from './login.ts'
import type { turnstile } from './turnstile.ts'

const clauses = {
  'D-1': {
    text: 'It opens.',
    says: { open: bare(204, 'right'), left: (left: number) => inJson(403, { left }, 'wrong') },
  },
}
const user = { code: text({ about: 'the code' }), vip: flag({ about: 'a guest', optional: true }) }
const operations = { open: { at: 'POST /open', about: 'opens', step: () => ({}) as never } } as const

// @ts-expect-error `secret` is meant
export const note = text({ about: 'the code', secert: true })
// @ts-expect-error `title` is meant
export const member = defineApi({ id: 'door', titel: 'Door', user, clauses, operations })
export const rule = defineApi({
  id: 'door',
  user,
  // @ts-expect-error `grows` is meant
  lockout: { word: 'locked', counts: 'wrong codes', after: 3, for: '1m', grow: 'rounds' },
  clauses,
  operations,
})
export const lasting = defineApi({
  id: 'door',
  user,
  // @ts-expect-error no duration
  lockout: { word: 'locked', counts: 'wrong codes', after: 3, for: '1 min' },
  clauses,
  operations,
})
// @ts-expect-error `bearer` is meant
export const place = defineApi({ id: 'door', user, sessions: { in: 'baerer', for: '1m' }, clauses, operations })
// @ts-expect-error `pin` or `code`
export const factor = defineApi({ id: 'door', user, secondFactor: { called: 'tan' }, clauses, operations })
export const clause = defineApi({
  id: 'door',
  user,
  // @ts-expect-error `origin` is meant
  clauses: { 'D-1': { orign: 'documented', text: 'It opens.', says: { open: bare(204, 'right') } } },
  operations,
})
export const steps = defineApi({
  id: 'door',
  user,
  clauses,
  operations: {
    // @ts-expect-error `username` is meant
    told: { at: 'POST /d', about: 'opens', tells: { usernam: 'query.who' }, step: ({ say }) => say.open },
    // @ts-expect-error users have no password
    proven: { at: 'POST /e', about: 'opens', tells: { password: 'body.password' }, step: ({ say }) => say.open },
    // @ts-expect-error no place in a request
    placed: { at: 'POST /f', about: 'opens', tells: { code: 'qeury.code' }, step: ({ say }) => say.open },
    // @ts-expect-error no method
    fetched: { at: 'FETCH /open', about: 'opens', step: ({ say }) => say.open },
    // @ts-expect-error `open` is meant
    opened: { at: 'POST /a', about: 'opens', step: ({ say }) => say.opened },
    // @ts-expect-error a number
    counted: { at: 'POST /b', about: 'opens', step: ({ say }) => say.left('1') },
    // @ts-expect-error no answer
    silent: { at: 'POST /c', about: 'opens', step: () => undefined },
    misread: {
      at: 'POST /d',
      about: 'opens',
      // @ts-expect-error `code` is meant
      step: ({ user: find, say }) => (find('a')?.cod === '1' ? say.open : say.left(1)),
    },
    // @ts-expect-error there are no sessions
    begun: { at: 'POST /e', about: 'opens', step: ({ begin, say }) => (begin ? say.open : say.open) },
    // @ts-expect-error there is no second factor
    pinned: { at: 'POST /f', about: 'opens', step: ({ attemptCode, say }) => (attemptCode ? say.open : say.open) },
    // @ts-expect-error there is no lockout
    asked: { at: 'POST /g', about: 'opens', step: ({ lockOf, say }) => (lockOf ? say.open : say.open) },
  },
})

declare const world: WorldOf<{ readonly turnstile: typeof turnstile; readonly login: typeof login }>
world.turnstile.user('b7').set({ locked: true, for: '5m', code: '1815' })
// @ts-expect-error `locked` is meant
world.turnstile.user('b7').set({ state: 'lokced' })
// @ts-expect-error `locked` is meant
world.turnstile.user('b7').set({ lockd: true })
// @ts-expect-error true or false
world.turnstile.user('b7').set({ locked: 'yes' })
// @ts-expect-error a turnstile has no sessions that could have expired
world.turnstile.user('b7').set({ state: 'expired' })
world.login.user('ada').set({ state: 'expired' })
// @ts-expect-error a number
world.turnstile.set({ lockAfter: 'three' })
// @ts-expect-error `turnstile.enter` is meant
world.faults.add({ on: 'turnstile.entr', reply: { status: 503 } })
world.faults.add({ on: 'hall-login.pin', reply: { status: 503 } })
