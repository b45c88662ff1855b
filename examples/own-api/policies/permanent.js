import { realm } from '../realm.js'

/** Lockout permanently: there is no Max Wait and no Failure Reset Time. */
export const demo = realm({ after: 3, for: null, quick: { within: '1s', for: '1m' } })
