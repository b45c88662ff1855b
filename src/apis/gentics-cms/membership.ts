import { integer, list, nullable, text } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import type { Group } from './group.ts'

/** A user's groups. */
export type GroupMember = { readonly username: string; readonly groups: readonly Group[] }

/** What is known of a group, and may be written of it. */
export const groupFields = {
  id: integer({ about: 'its number; by its name if blank', min: 1 }),
  name: text({ about: 'its name', pattern: /./, shape: 'a name' }),
  description: text({ about: 'what it is for' }),
  /** null for one that users are in directly. */
  parent: nullable(integer({ about: 'the group that it is below' })),
  /** Directly, not in one below it. */
  members: list(text({ about: 'a username' }), { about: 'who is in it, by username' }),
}

/** A group seen from itself: users hold the groups they are in, and nobody else does. */
export type GroupFacts = Infer<typeof groupFields>

/** Every group that somebody is in, and the groups below them. */
export function groupsOfMembers(members: Iterable<GroupMember>): Map<number, GroupFacts> {
  const found = new Map<number, GroupFacts & { members: string[] }>()
  const visit = ({ id, name, description, children }: Group, parent: number | null, username?: string): void => {
    const known = found.get(id) ?? { id, name, description, parent, members: [] }
    if (username !== undefined) known.members.push(username)
    found.set(id, known)
    for (const child of children) visit(child, id)
  }
  for (const { username, groups } of members) for (const group of groups) visit(group, null, username)
  return found
}

/** Groups with one of them changed, wherever it stands; without it, where the change is undefined. */
export function changeGroup(
  groups: readonly Group[],
  id: number,
  change: Pick<Group, 'name' | 'description'> | undefined,
): readonly Group[] {
  return groups
    .filter((group) => group.id !== id || change !== undefined)
    .map((group) => ({
      ...group,
      ...(group.id === id ? change : {}),
      children: changeGroup(group.children, id, change),
    }))
}

/** The group as some user holds it, with what is below it. */
export function findGroup(groups: readonly Group[], id: number): Group | undefined {
  for (const group of groups) {
    const found = group.id === id ? group : findGroup(group.children, id)
    if (found !== undefined) return found
  }
  return undefined
}
