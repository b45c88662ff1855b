import type { Journey } from '../../core/journey.ts'
import { waitsBetween } from '../../core/dividing-instants.ts'
import { anywhere, login, me, nora } from './journey-words.ts'
import { sessionTimes } from './suggest.ts'

/** What a diagnosis plays beside the journeys: they show how a server was set up. */
export const probes: readonly Journey[] = [
  {
    ...anywhere('ages', 'sessions that are left alone for longer and longer', nora, [
      ...waitsBetween(sessionTimes).map((_, index) =>
        login(`browser-${index}`, { capture: { [`sid${index}`]: 'body.sid' } }),
      ),
      ...waitsBetween(sessionTimes).flatMap((ms, index) => [
        { do: 'wait', for: ms } as const,
        me(`browser-${index}`, `{sid${index}}`),
      ]),
    ]),
    takesDays: true,
  },
]
