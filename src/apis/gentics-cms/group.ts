import { integer, list, object, text, type Field, type Fields } from '../../core/field.ts'
import { hashText } from '../../core/random.ts'

/** A group of users, as answers tell it. */
export type Group = {
  readonly id: number
  readonly name: string
  readonly description: string
  readonly children: readonly Group[]
}

/** A group as a scenario writes it. */
export type GroupSpec = {
  readonly id?: number
  readonly name: string
  readonly description: string
  readonly children?: readonly GroupSpec[]
}

/** Levels of groups that a scenario may write below each other. */
const deepest = 5

/** A group in a scenario, with so many levels below it. */
export function groupSpec(levels: number = deepest): Field<GroupSpec> {
  const own = {
    id: integer({ about: 'its number; by its name if blank', optional: true, min: 1 }),
    name: text({ about: 'its name' }),
    description: text({ about: 'what it is for', default: '' }),
  }
  // The lowest level takes no children.
  if (levels === 1) return object(own as Fields<GroupSpec>, { about: 'a group' })
  const children = list(groupSpec(levels - 1), { about: 'the groups below it', default: [] })
  return object({ ...own, children }, { about: 'a group' })
}

/** A group in a record. */
export function groupField(levels: number = deepest): Field<Group> {
  const own = {
    id: integer({ about: 'its number' }),
    name: text({ about: 'its name' }),
    description: text({ about: 'what for' }),
  }
  const children: Field<readonly Group[]> =
    levels === 1
      ? list(object({} as Fields<Group>, { about: 'none' }), { about: 'none' })
      : list(groupField(levels - 1), { about: 'below it' })
  return object({ ...own, children }, { about: 'a group' })
}

/** The group with its blanks filled in. Its name decides its number: a group is the same one whoever is in it. */
export function toGroup({ id, name, description, children = [] }: GroupSpec): Group {
  return { id: id ?? 10_000 + (hashText(`group:${name}`) % 90_000), name, description, children: children.map(toGroup) }
}
