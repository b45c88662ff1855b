import { race, type Journey } from '../../core/journey.ts'
import { here, journey, lockable, post, rightCode, sendWrongCode, withCode } from './journey-words.ts'

/** What a server gets wrong that looks at a count, waits, and writes it. */
export const races: readonly Journey[] = [
  journey('race.two-wrong', 'two wrong codes at once count as two', lockable, [
    sendWrongCode({ times: 'limit-2', shows: 'SP-U6' }),
    race([sendWrongCode({ times: 2, shows: 'SP-U6' })], [post(withCode, { shows: 'SP-U6' })]),
  ]),
  journey('race.wrong', 'as many wrong codes at once as lock do lock', lockable, [
    race([sendWrongCode({ times: 'limit', shows: 'SP-U6' })], [post(withCode, { shows: 'SP-U6' })]),
  ]),
  journey('race.right-and-wrong', 'the right code and the wrong one that locks: one of them came first', lockable, [
    sendWrongCode({ times: 'limit-1', shows: 'SP-U6' }),
    race([rightCode, sendWrongCode({ shows: 'SP-U6' })], [post(here, { shows: 'SP-U6' })]),
  ]),
]
