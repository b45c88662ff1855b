import { toGroup, type Group } from '../apis/gentics-cms/group.ts'
import {
  changeGroup,
  findGroup,
  groupFields,
  groupsOfMembers,
  type GroupFacts,
  type GroupMember,
} from '../apis/gentics-cms/membership.ts'
import { checkPatch } from '../core/check.ts'
import { formatIssue, UnderstudyError, type Issue } from '../core/errors.ts'
import { sameJson, type Json, type JsonObject } from '../core/json.ts'
import { nearestWord } from '../core/nearest.ts'
import type { World } from '../world/world.ts'
import type { CollectionSource } from './record-source.ts'

const prefix = 'gentics-cms/user:'

/** The groups of the CMS. They are no records of their own: users hold the groups they are in. */
export class GroupSource implements CollectionSource {
  readonly title: string
  readonly #world: World
  #groups: ReadonlyMap<number, GroupFacts>

  constructor(title: string, world: World) {
    this.title = title
    this.#world = world
    this.#groups = groupsOfMembers(this.#members())
  }

  *names(): Iterable<string> {
    this.#groups = groupsOfMembers(this.#members())
    for (const id of this.#groups.keys()) yield String(id)
  }

  get(name: string): JsonObject | undefined {
    return this.#groups.get(Number(name))
  }

  touched(keys: readonly string[]): readonly string[] {
    if (!keys.some((key) => key.startsWith(prefix))) return []
    const before = [...this.#groups.keys()].map(String)
    return [...new Set([...before, ...this.names()])]
  }

  nameFor(record: JsonObject): { readonly name: string } | { readonly issues: readonly Issue[] } {
    // Beside these may stand what somebody else relates to it.
    const own = Object.fromEntries(Object.entries(record).filter(([name]) => name in groupFields))
    const issues = [...checkPatch(groupFields, own).issues]
    const { name, members } = record
    if (name === undefined) issues.push({ path: ['name'], message: 'is missing: its name.' })
    if (members === undefined || (Array.isArray(members) && members.length === 0))
      issues.push({ path: ['members'], message: 'is missing: who is in it, by username. Users hold the groups.' })
    if (issues.length > 0) return { issues }
    return { name: String(newGroup(record).id) }
  }

  make(_name: string, record: JsonObject): void {
    this.#check(record)
    const group = newGroup(record)
    this.#put(group, [], this.#usernames(group, record['members']))
  }

  change(name: string, members: JsonObject): void {
    const id = Number(name)
    const before = this.#groups.get(id)
    const fixed = ['id', 'parent'].find((member) => member in members)
    if (before === undefined || fixed !== undefined)
      throw this.#refusal([{ path: [], message: `${fixed ?? name} of a group cannot be changed.` }])
    this.#check(members)
    const { name: called = before.name, description = before.description, members: wanted } = members
    const group = { ...this.#group(id), name: String(called), description: String(description) }
    const usernames = wanted === undefined ? before.members : this.#usernames(group, wanted)
    this.#put(group, before.members, usernames)
  }

  remove(name: string): void {
    for (const user of this.#members()) this.#hold(user, changeGroup(user.groups, Number(name), undefined))
  }

  /** Who is to be in a group, each of them a user. */
  #usernames(group: Group, wanted: Json | undefined): readonly string[] {
    const names = Array.isArray(wanted) ? wanted.map(String) : []
    const known = Array.from(this.#members(), ({ username }) => username)
    const issues = names.flatMap((username, index): Issue[] => {
      if (known.includes(username)) return []
      const message = `there is no user "${username}" to be in ${group.name}.`
      const near = nearestWord(username, known)
      return [{ path: ['members', index], message, ...(near === undefined ? {} : { nearest: near }) }]
    })
    if (issues.length > 0) throw this.#refusal(issues)
    return names
  }

  /** A group as it is to be, wherever users hold it, and who is in it directly. */
  #put(group: Group, before: readonly string[], wanted: readonly string[]): void {
    const members = Array.from(this.#members(), (user) => {
      const { username } = user
      const groups = changeGroup(user.groups, group.id, group)
      const [was, is] = [before.includes(username), wanted.includes(username)]
      if (is && !was) return { user, groups: [...groups, group] }
      return { user, groups: is || !was ? groups : groups.filter(({ id }) => id !== group.id) }
    })
    const isHeld = ({ groups }: { readonly groups: readonly Group[] }): boolean =>
      findGroup(groups, group.id) !== undefined
    if (!members.some(isHeld)) {
      const message = `a group that nobody is in is none, as users hold the groups; delete ${group.name} instead.`
      throw this.#refusal([{ path: ['members'], message }])
    }
    // Whoever is to hold it first, or it would be nobody's for a moment.
    for (const { user, groups } of members.filter(isHeld)) this.#hold(user, groups)
    for (const { user, groups } of members) this.#hold(user, groups)
  }

  #group(id: number): Group {
    for (const { groups } of this.#members()) {
      const found = findGroup(groups, id)
      if (found !== undefined) return found
    }
    throw this.#refusal([{ path: [], message: `there is no group ${id}.` }])
  }

  #check(members: JsonObject): void {
    const { issues } = checkPatch(groupFields, members)
    if (issues.length > 0) throw this.#refusal(issues)
  }

  #refusal(issues: readonly Issue[]): UnderstudyError {
    return new UnderstudyError('ERR_CHANGE_INVALID', `${this.title}: ${issues.map(formatIssue).join(' ')}`, issues)
  }

  *#members(): Iterable<GroupMember> {
    // All at first, as what is done with one user may change the keys.
    const keys = Array.from(this.#world.records.keys(prefix))
    for (const key of keys) yield this.#world.records.get(key) as unknown as GroupMember
  }

  #hold({ username }: GroupMember, groups: readonly Group[]): void {
    const user = this.#world.records.get(prefix + username) as unknown as GroupMember
    if (!sameJson(groups, user.groups)) this.#world.records.put(prefix + username, { ...user, groups })
  }
}

function newGroup({ id, name, description = '' }: JsonObject): Group {
  const number = typeof id === 'number' ? { id } : {}
  return toGroup({ ...number, name: String(name), description: String(description) })
}
