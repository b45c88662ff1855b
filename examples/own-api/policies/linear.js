import { realm } from '../realm.js'

/** Lockout temporarily, linear: each failure more waits one Wait Increment more, up to Max Wait. */
export const demo = realm({
  after: 3,
  for: '1m',
  grows: 'failures',
  longest: '3m',
  forgottenAfter: '12h',
  quick: { within: '1s', for: '1m' },
})
