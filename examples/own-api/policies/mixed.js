import { realm } from '../realm.js'

/** Lockout permanently after temporary lockout: `foreverAfter` is Maximum temporary Lockouts. */
export const demo = realm({
  after: 3,
  for: '1m',
  grows: 'rounds',
  longest: '15m',
  forgottenAfter: '12h',
  quick: { within: '1s', for: '1m' },
  foreverAfter: 1,
})
