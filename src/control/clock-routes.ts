import { anything, nullable, number, object } from '../core/field.ts'
import { clockField, nextField } from '../world/world-clock.ts'
import { route } from './route.ts'

/** The clock of a world. */
export const clockRoutes = [
  route('GET /clock', {
    summary: 'what the clock shows',
    answer: clockField,
    handle: ({ world }) => world.clock.view(),
  }),
  route('POST /clock/advance', {
    summary: 'moves the clock: { "by": "31m" }',
    body: { by: anything<string | number>({ about: 'a duration such as 31m' }) },
    answer: clockField,
    handle: ({ world, body }) => world.clock.advance(body.by),
  }),
  route('GET /clock/next', {
    summary: 'what time alone will bring next: the end of a block, a lock, a session or a fault',
    answer: object({ next: nullable(nextField) }, { about: 'what comes next; null where nothing ends by itself' }),
    handle: ({ world }) => ({ next: world.clock.next() ?? null }),
  }),
  route('POST /clock/next', {
    summary: 'moves the clock to that moment',
    answer: clockField,
    handle: ({ world }) => world.clock.advanceToNext(),
  }),
  route('POST /clock/set', {
    summary: 'sets the clock: { "at": "2026-01-15T09:00:00Z" }, or relative to now',
    body: { at: anything<string | number>({ about: 'an instant, or relative such as +5m' }) },
    answer: clockField,
    handle: ({ world, body }) => world.clock.set(body.at),
  }),
  route('POST /clock/freeze', {
    summary: 'stops the clock',
    answer: clockField,
    handle: ({ world }) => world.clock.freeze(),
  }),
  route('POST /clock/resume', {
    summary: 'lets the clock run again',
    answer: clockField,
    handle: ({ world }) => world.clock.resume(),
  }),
  route('POST /clock/scale', {
    summary: 'lets time run faster or slower: { "scale": 60 }',
    body: { scale: number({ about: 'world seconds per real second', min: 0, max: 1_000_000 }) },
    answer: clockField,
    handle: ({ world, body }) => world.clock.scale(body.scale),
  }),
  route('POST /clock/skew', {
    summary: 'makes the mocked server\'s clock wrong: { "by": "5m" }',
    body: { by: anything<string | number>({ about: 'a duration; 0s for none' }) },
    answer: clockField,
    handle: ({ world, body }) => world.clock.skew(body.by),
  }),
]
