import { integer, list, object, text } from '../core/field.ts'
import { pastLimit } from '../world/past.ts'
import { undoableField } from '../world/world-undo.ts'
import { route } from './route.ts'

/** What was changed by calls of this API, taken back. */
export const undoRoutes = [
  route('GET /undo', {
    summary: 'the changes of this world that can be taken back, oldest first',
    answer: object(
      {
        limit: integer({ about: 'how many are kept' }),
        changes: list(undoableField, { about: 'the changes, oldest first' }),
      },
      { about: 'what can be taken back' },
    ),
    handle: ({ world }) => ({ limit: pastLimit, changes: world.undo.list() }),
  }),
  route('POST /undo', {
    summary: 'takes back the latest change, or one: { "change": "c3" }; 409 where what it changed was changed again',
    body: { change: text({ about: 'the id of a change; the latest if left out', optional: true }) },
    answer: undoableField,
    handle: ({ world, body }) => world.undo.takeBack(body.change),
  }),
]
