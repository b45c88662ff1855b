import type { Collection } from '@msw/data'
import type { RecordSchema, Row } from './row.ts'

type Rows = Collection<RecordSchema<Row>>

/** Told of what is done to a collection, so that it can be looked at again when that has come to its end. */
export interface Attendant {
  /** A row is being made from these values, which no other call shares. */
  creating(values: Row, outcome: Promise<Row>): Promise<Row>
  /** These rows are being changed; the outcome has them as they are then. */
  updating<Outcome>(rows: readonly Row[], outcome: Promise<Outcome>): Promise<Outcome>
}

/** Verbs of @msw/data as they are for a collection of its own. */
export interface PlainVerbs {
  create(values: Row): Promise<Row>
}

/**
 * Has somebody attend to the verbs of a collection that take turns of the event loop, and gives back what they were.
 * Two verbs of @msw/data 1.1.7 are mended on the way: `clear` tells of every other row only, and `createMany` hides why
 * a row was refused.
 */
export function attend(collection: Rows, attendant: Attendant): PlainVerbs {
  const create = collection.create.bind(collection)
  const update = collection.update.bind(collection)
  const updateMany = collection.updateMany.bind(collection)
  const attended = async (given: Row): Promise<Row> => {
    const values = copyOf(given)
    return await attendant.creating(values, create(values))
  }
  const verbs: Pick<Rows, 'update' | 'updateMany' | 'clear'> = {
    update: (which, ...change) => {
      const row = isRow(which) ? which : collection.findFirst(which)
      return attendant.updating(row === undefined ? [] : [row], update(which, ...change))
    },
    updateMany: (which, ...change) => attendant.updating(collection.findMany(which), updateMany(which, ...change)),
    clear: () => void collection.deleteMany((query) => query.where(() => true)),
  }
  const createMany = async (count: number, valuesOf: (index: number) => Row): Promise<Row[]> => {
    const outcomes = await Promise.allSettled(Array.from({ length: count }, (_, index) => attended(valuesOf(index))))
    return outcomes.map((outcome) => {
      if (outcome.status === 'rejected') throw outcome.reason
      return outcome.value
    })
  }
  Object.assign(collection, verbs, { create: attended, createMany })
  return { create }
}

/** Rather than a query, or what makes one. */
function isRow<Query>(which: Query | Row): which is Row & Query {
  return typeof which === 'object' && which !== null && 'key' in which
}

/** The same members, getters and symbols among them, in an object of its own. */
function copyOf(values: Row): Row {
  // What is no object is for the schema to refuse.
  if (typeof values !== 'object' || values === null) return values
  return Object.create(Object.getPrototypeOf(values) as object | null, Object.getOwnPropertyDescriptors(values)) as Row
}
