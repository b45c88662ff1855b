import { list, object, text } from '../core/field.ts'
import type { Written } from '../core/infer.ts'
import { scheduledFields } from '../world/scheduled.ts'
import { scheduledViewField } from '../world/world-schedule.ts'
import { route, uncheckedRoute } from './route.ts'

/** What is to happen by itself. */
export const scheduleRoutes = [
  route('GET /schedule', {
    summary: 'what is to come, the next first',
    answer: object({ events: list(scheduledViewField, { about: 'the next first' }) }, { about: 'what is to come' }),
    handle: ({ world }) => ({ events: world.schedule.list() }),
  }),
  uncheckedRoute('POST /schedule', {
    summary: "has something happen at a time of the world's clock, written as in a scenario",
    body: scheduledFields,
    answer: scheduledViewField,
    // Whoever adds it checks it.
    handle: ({ world, body }) => world.schedule.add(body as Written<typeof scheduledFields>),
  }),
  route('DELETE /schedule/{id}', {
    summary: 'takes an event off that is to come',
    params: { id: text({ about: 'the id of an event, such as s1' }) },
    answer: scheduledViewField,
    handle: ({ world, params }) => world.schedule.remove(params.id),
  }),
]
