import { anything, number } from '../core/field.ts'
import type { ControlRoute } from './route.ts'

/** The clock of a world. */
export const clockRoutes: readonly ControlRoute[] = [
  { method: 'GET', path: '/clock', summary: 'what the clock shows', handle: ({ world }) => world.clock.view() },
  {
    method: 'POST',
    path: '/clock/advance',
    summary: 'moves the clock: { "by": "31m" }',
    body: { by: anything<string>({ about: 'a duration such as 31m' }) },
    handle: ({ world, body }) => world.clock.advance(body['by'] as string),
  },
  {
    method: 'GET',
    path: '/clock/next',
    summary: 'what time alone will bring next: the end of a block, a lock, a session or a fault',
    handle: ({ world }) => ({ next: world.clock.next() ?? null }),
  },
  {
    method: 'POST',
    path: '/clock/next',
    summary: 'moves the clock to that moment',
    handle: ({ world }) => world.clock.advanceToNext(),
  },
  {
    method: 'POST',
    path: '/clock/set',
    summary: 'sets the clock: { "at": "2026-01-15T09:00:00Z" }, or relative to now',
    body: { at: anything<string>({ about: 'an instant, or relative such as +5m' }) },
    handle: ({ world, body }) => world.clock.set(body['at'] as string),
  },
  { method: 'POST', path: '/clock/freeze', summary: 'stops the clock', handle: ({ world }) => world.clock.freeze() },
  {
    method: 'POST',
    path: '/clock/resume',
    summary: 'lets the clock run again',
    handle: ({ world }) => world.clock.resume(),
  },
  {
    method: 'POST',
    path: '/clock/scale',
    summary: 'lets time run faster or slower: { "scale": 60 }',
    body: { scale: number({ about: 'world seconds per real second', min: 0, max: 1_000_000 }) },
    handle: ({ world, body }) => world.clock.scale(Number(body['scale'])),
  },
  {
    method: 'POST',
    path: '/clock/skew',
    summary: 'makes the mocked server\'s clock wrong: { "by": "5m" }',
    body: { by: anything<string>({ about: 'a duration; 0s for none' }) },
    handle: ({ world, body }) => world.clock.skew(body['by'] as string),
  },
]
