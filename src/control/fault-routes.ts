import { integer, list, object, text } from '../core/field.ts'
import { faultFields } from '../world/fault-field.ts'
import { faultViewField } from '../world/world-faults.ts'
import type { WrittenFault } from '../world/written-fault.ts'
import { route, uncheckedRoute } from './route.ts'

const clearedField = object({ cleared: integer({ about: 'how many there were' }) }, { about: 'the faults are off' })

/** Answers that go wrong. */
export const faultRoutes = [
  route('GET /faults', {
    summary: 'the faults in force',
    answer: object({ faults: list(faultViewField, { about: 'the faults' }) }, { about: 'the faults in force' }),
    handle: ({ world }) => ({ faults: world.faults.list() }),
  }),
  uncheckedRoute('POST /faults', {
    summary: 'puts a fault in force, written as in a scenario',
    body: faultFields,
    answer: faultViewField,
    // Whoever adds it checks it.
    handle: ({ world, body }) => world.faults.add(body as WrittenFault),
  }),
  route('DELETE /faults', {
    summary: 'takes all faults off',
    answer: clearedField,
    handle: ({ world }) => ({ cleared: world.faults.clear() }),
  }),
  route('DELETE /faults/{id}', {
    summary: 'takes one fault off',
    params: { id: text({ about: 'the id of a fault, such as f1' }) },
    answer: clearedField,
    handle: ({ world, params }) => ({ cleared: world.faults.clear(params.id) }),
  }),
]
