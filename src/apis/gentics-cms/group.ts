import { integer, list, object, text, type Field } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import { hashText } from '../../core/random.ts'

const recordMembers = {
  id: integer({ about: 'its number' }),
  name: text({ about: 'its name' }),
  description: text({ about: 'what for' }),
}

/** A group of users, as answers tell it. */
export type Group = Infer<typeof recordMembers> & { readonly children: readonly Group[] }

const specMembers = {
  id: integer({ about: 'its number; by its name if blank', optional: true, min: 1 }),
  name: text({ about: 'its name' }),
  description: text({ about: 'what it is for', default: '' }),
}

/** A group as a scenario writes it. */
export type GroupSpec = Infer<typeof specMembers> & { readonly children?: readonly GroupSpec[] }

/** Where a scenario says nothing of groups: everybody is in one, or nobody could log in. */
export const usualGroup: GroupSpec = { name: 'Editors', description: '' }

/** Levels of groups that a scenario may write below each other. */
const deepest = 5

/** A group in a scenario, with so many levels below it. */
export function groupSpec(levels: number = deepest): Field<GroupSpec> {
  // The lowest level takes no children.
  if (levels === 1) return object(specMembers, { about: 'a group' })
  const children = list(groupSpec(levels - 1), { about: 'the groups below it', default: [] })
  return object({ ...specMembers, children }, { about: 'a group' })
}

/** A group in a record. */
export function groupField(levels: number = deepest): Field<Group> {
  const children: Field<readonly Group[], unknown, 'must'> =
    levels === 1
      ? { kind: 'list', item: object({}, { about: 'none' }), about: 'none' }
      : list(groupField(levels - 1), { about: 'below it' })
  return object({ ...recordMembers, children }, { about: 'a group' })
}

/** The group with its blanks filled in. Its name decides its number: a group is the same one whoever is in it. */
export function toGroup({ id, name, description, children = [] }: GroupSpec): Group {
  return { id: id ?? 10_000 + (hashText(`group:${name}`) % 90_000), name, description, children: children.map(toGroup) }
}
