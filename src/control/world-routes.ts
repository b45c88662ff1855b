import { didYouMean, UnderstudyError } from '../core/errors.ts'
import { integer, list, object, text } from '../core/field.ts'
import { nearestWord } from '../core/nearest.ts'
import type { Worlds } from '../world/worlds.ts'
import { route } from './route.ts'

/** The worlds beside each other. */
export const worldRoutes = [
  route('GET /worlds', {
    summary: 'the worlds there are, main first',
    answer: object(
      {
        limit: integer({ about: 'how many are kept beside main' }),
        evicted: integer({ about: 'how many had to go' }),
        worlds: list(
          object(
            {
              name: text({ about: 'its name' }),
              scenario: text({ about: 'what it plays' }),
              now: text({ about: "its server's time" }),
              requests: integer({ about: 'how many requests it saw' }),
            },
            { about: 'a world' },
          ),
          { about: 'the worlds' },
        ),
      },
      { about: 'worlds' },
    ),
    handle: ({ world }) => ({
      limit: world.worlds.limit,
      evicted: world.worlds.evicted,
      worlds: world.worlds.all().map((each) => ({
        name: each.name,
        scenario: each.scenario.name,
        now: each.clock.view().now,
        requests: each.journal.total,
      })),
    }),
  }),
  route('DELETE /worlds/{name}', {
    summary: 'forgets a world; when next asked for it starts anew',
    params: { name: text({ about: 'the name of a world' }) },
    answer: object({ dropped: text({ about: 'its name' }) }, { about: 'what was forgotten' }),
    handle: ({ world, params }) => {
      dropWorld(world.worlds, params.name)
      return { dropped: params.name }
    },
  }),
]

function dropWorld(worlds: Worlds, name: string): void {
  const names = worlds.names()
  if (name === names[0]) {
    const message = `World ${name} is what requests meet that name none; it can be started again, not dropped.`
    throw new UnderstudyError('ERR_CHANGE_INVALID', message)
  }
  if (worlds.drop(name)) return
  throw new UnderstudyError(
    'ERR_WORLD_UNKNOWN',
    `There is no world "${name}"; there are ${names.join(', ')}.${didYouMean(nearestWord(name, names))}`,
  )
}
