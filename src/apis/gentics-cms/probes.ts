import type { Journey } from '../../core/journey.ts'
import { rungs } from '../../core/ladder.ts'
import { anywhere, login, me, nora } from './journey-words.ts'
import { sessionTimes } from './suggest.ts'

/** What a diagnosis plays beside the journeys: they show how a server was set up. */
export const probes: readonly Journey[] = [
  {
    ...anywhere('ages', 'sessions that are left alone for longer and longer', nora, [
      ...rungs(sessionTimes).map((_, index) => login(`browser-${index}`, { capture: { [`sid${index}`]: 'body.sid' } })),
      ...rungs(sessionTimes).flatMap((ms, index) => [
        { do: 'wait', for: ms } as const,
        me(`browser-${index}`, `{sid${index}}`),
      ]),
    ]),
    takesDays: true,
  },
]
