import type { Journey, JourneyStep } from '../../core/journey.ts'
import { waitsBetween } from '../../core/dividing-instants.ts'
import { application, form, here, journey, lockable, post, withCode, sendWrongCode } from './journey-words.ts'
import { forwarded, lockTimes, mostWrongCodes } from './suggest.ts'

/** A right code of `user`. */
export const clear: readonly JourneyStep[] = [post(withCode, { as: 'user' })]

/** Between wrong codes none is sent, which tells a lock from the answer to the code that locked. */
const wrongCodes: readonly JourneyStep[] = Array.from({ length: mostWrongCodes }, () => [
  sendWrongCode(),
  post(here),
]).flat()

/** What a diagnosis plays beside the journeys: they show how a server was set up. */
export const probes: readonly Journey[] = [
  journey('proxy', 'a sign-in that seems to come from another address', { ned: 'from-elsewhere' }, [
    post(here, { headers: { ...application, ...form, ...forwarded } }),
  ]),
  {
    ...journey(
      'ages',
      'wrong codes, and the right one while the second factor is locked for longer and longer',
      lockable,
      [
        ...wrongCodes,
        ...waitsBetween(lockTimes).flatMap((ms): JourneyStep[] => [{ do: 'wait', for: ms }, post(withCode)]),
      ],
    ),
    takesDays: true,
  },
  journey('probe', 'wrong codes until the second factor is locked', lockable, wrongCodes),
]
