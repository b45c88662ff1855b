import { toGroup, type Group } from '../../apis/gentics-cms/group.ts'
import {
  changeGroup,
  findGroup,
  groupsOfMembers,
  type GroupFacts,
  type Member,
} from '../../apis/gentics-cms/membership.ts'
import { UnderstudyError, type Issue } from '../../core/errors.ts'
import { sameJson, type Json, type JsonObject } from '../../core/json.ts'
import type { World } from '../../world/world.ts'
import type { Source } from './record-source.ts'

const prefix = 'gentics-cms/user:'

/** The groups of the CMS. They are no records of their own: users hold the groups they are in. */
export class GroupSource implements Source {
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
    const { name, members } = record
    const issues: Issue[] = []
    if (typeof name !== 'string' || name === '') issues.push({ path: ['name'], message: 'is missing: its name.' })
    if (!Array.isArray(members) || members.length === 0)
      issues.push({ path: ['members'], message: 'is missing: who is in it, by username. Users hold the groups.' })
    if (issues.length > 0) return { issues }
    return { name: String(newGroup(record).id) }
  }

  make(_name: string, record: JsonObject): void {
    this.#setMembers(newGroup(record), [], record['members'])
  }

  change(name: string, members: JsonObject): void {
    const id = Number(name)
    const before = this.#groups.get(id)
    const fixed = ['id', 'parent'].find((member) => member in members)
    if (before === undefined || fixed !== undefined)
      throw invalid(`${this.title}: ${fixed ?? name} of a group cannot be changed.`)
    const { name: called = before.name, description = before.description, members: wanted } = members
    const change = { name: String(called), description: String(description) }
    for (const user of this.#members()) {
      const groups = changeGroup(user.groups, id, change)
      if (!sameJson(groups, user.groups)) this.#put(user, groups)
    }
    if (wanted !== undefined) this.#setMembers(this.#group(id), before.members, wanted)
  }

  remove(name: string): void {
    for (const user of this.#members()) {
      const groups = changeGroup(user.groups, Number(name), undefined)
      if (!sameJson(groups, user.groups)) this.#put(user, groups)
    }
  }

  #setMembers(group: Group, before: readonly string[], wanted: Json | undefined): void {
    const names = Array.isArray(wanted) ? wanted.map(String) : []
    const unknown = names.find((username) => this.#world.records.get(prefix + username) === undefined)
    if (unknown !== undefined) throw invalid(`${this.title}: there is no user "${unknown}" to be in ${group.name}.`)
    for (const user of this.#members()) {
      const [was, is] = [before.includes(user.username), names.includes(user.username)]
      if (is && !was) this.#put(user, [...user.groups, group])
      if (was && !is)
        this.#put(
          user,
          user.groups.filter(({ id }) => id !== group.id),
        )
    }
  }

  #group(id: number): Group {
    for (const { groups } of this.#members()) {
      const found = findGroup(groups, id)
      if (found !== undefined) return found
    }
    throw invalid(`${this.title}: there is no group ${id}.`)
  }

  *#members(): Iterable<Member> {
    // All at first, as what is done with one user may change the keys.
    const keys = Array.from(this.#world.records.keys(prefix))
    for (const key of keys) yield this.#world.records.get(key) as unknown as Member
  }

  #put(user: Member, groups: readonly Group[]): void {
    this.#world.records.put(prefix + user.username, { ...user, groups })
  }
}

function newGroup({ id, name, description = '' }: JsonObject): Group {
  const number = typeof id === 'number' ? { id } : {}
  return toGroup({ ...number, name: String(name), description: String(description) })
}

function invalid(message: string): UnderstudyError {
  return new UnderstudyError('ERR_CHANGE_INVALID', message, [{ path: [], message }])
}
