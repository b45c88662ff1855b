import type { LoadedTarget } from '../target/loaded-target.ts'
import type { Exhibit } from './found.ts'
import { toJourney, type Company } from './sequence.ts'
import { shrink } from './shrink.ts'
import type { Visit } from './visit.ts'

/** How often a sequence that showed something is played again, at most, to find the shortest part that shows it. */
const shrinkings = 60

/** The shortest part that shows the same, as far as there is time to look for it. */
export async function shortest(
  shown: Exhibit,
  visit: Visit,
  stage: Company,
  on: { readonly loaded: LoadedTarget; readonly isOver: () => boolean },
): Promise<Exhibit> {
  let shrunk = shown
  await shrink(
    shown.moves,
    async (moves) => {
      if (on.isOver()) return false
      const journey = toJourney(stage, moves, 'explore.shrunk')
      const result = await visit.play(journey, on.loaded)
      const failure = visit.failureOf(journey, result)
      const fails = failure?.clause === shown.failure.clause
      if (fails) shrunk = { journey, result, failure, moves }
      return fails
    },
    shrinkings,
  )
  return shrunk
}
