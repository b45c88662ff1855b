import type { Journey, JourneyStep } from '../../core/journey.ts'
import { waitsBetween } from '../../core/dividing-instants.ts'
import { alice, from, journey, lockable, open, rightPin, user, wait, sendWrongPin } from './journey-words.ts'
import { mostWrongPins, sessionTimes } from './suggest.ts'

/** A right PIN of `user`. */
export const clear: readonly JourneyStep[] = [open('phone', 'user'), rightPin('phone')]

/** What a diagnosis plays beside the journeys: they show how a server was set up. */
export const probes: readonly Journey[] = [
  journey('probe', 'wrong PINs until the user is blocked', lockable, [
    open('phone', 'alice'),
    ...Array.from({ length: mostWrongPins }, () => [sendWrongPin('phone'), user('phone')]).flat(),
  ]),
  journey('proxy', 'the PIN from one address, and a request from another', alice, [
    open('phone', 'alice'),
    from('198.51.100.7', rightPin('phone')),
    from('203.0.113.9', user('phone')),
  ]),
  {
    ...journey('ages', 'sessions that are left alone for longer and longer', alice, [
      ...waitsBetween(sessionTimes).map((_, index) => open(`session-${index}`, 'alice')),
      ...waitsBetween(sessionTimes).flatMap((ms, index) => [wait(ms), user(`session-${index}`)]),
    ]),
    takesDays: true,
  },
]
