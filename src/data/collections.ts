import type { Collection } from '@msw/data'
import type { GroupFacts } from '../apis/gentics-cms/membership.ts'
import type { Session as CmsSession, User as CmsUser } from '../apis/gentics-cms/state.ts'
import type { Session as JiraSession, User as JiraUser, userFacts } from '../apis/secure-login/state.ts'
import type { AccountSpec } from '../apis/sirportly/section.ts'
import type { AccountRecord, User as DeskUser } from '../apis/sirportly/state.ts'
import type { UserView } from '../core/api.ts'
import type { Written } from '../core/infer.ts'
import { Needs } from '../core/step.ts'
import { ApiHandle } from '../world/api-handle.ts'
import { requireWorld } from '../world/require-world.ts'
import type { World } from '../world/world.ts'
import { FollowedCollection } from './followed-collection.ts'
import { GroupSource } from './group-source.ts'
import { RecordSource, type CollectionSource } from './record-source.ts'
import type { RecordSchema } from './row.ts'

/**
 * A collection of @msw/data. `key` is what the world calls a record: a username, the id of a session. A new one is given as a
 * record, or as a scenario writes it.
 */
export type RecordCollection<Row, Spec = never> = Collection<
  RecordSchema<Row & { readonly key: string }, (Row & { readonly key: string }) | Spec>
>

/** A row of a user: with `view`, the user as people see it now, blocked or not, until when, after how many failures. */
export type UserRow<Record> = Record & { readonly view: UserView }

type JiraUserSpec = { readonly username: string } & Written<typeof userFacts.scenario>
type DeskAccountSpec = { readonly permalink: string } & Partial<AccountSpec>

/** The records of a world, live. */
export interface Collections {
  readonly secureLogin: {
    readonly users: RecordCollection<UserRow<JiraUser>, JiraUser | JiraUserSpec>
    readonly sessions: RecordCollection<JiraSession>
  }
  readonly sirportly: {
    /** Keyed `<account>/<username>`. */
    readonly users: RecordCollection<UserRow<DeskUser>>
    readonly accounts: RecordCollection<AccountRecord, DeskAccountSpec>
  }
  readonly genticsCms: {
    readonly users: RecordCollection<UserRow<CmsUser>>
    readonly groups: RecordCollection<GroupFacts>
    readonly sessions: RecordCollection<CmsSession>
  }
  /** Waits until every change so far has arrived, in both directions. */
  settled(): Promise<void>
  /** Ends it: the collections stay as they are, and what is done to them is no longer the world's. */
  close(): void
}

/**
 * Collections of @msw/data that follow a world and write back to it, for a frontend's own handlers to join on. The
 * records are the world's own, as it stores them: instants in milliseconds. What does not fit is refused, and the
 * world stays what it was.
 *
 * @example
 * ```ts
 * import { createWorld } from 'auth-understudy'
 * import { createCollections } from 'auth-understudy/data'
 *
 * const world = await createWorld()
 * const { secureLogin } = await createCollections(world)
 * const alice = secureLogin.users.findFirst((q) => q.where({ username: 'alice' }))
 * world.secureLogin.user('alice').set({ failures: 2 })
 * console.log(alice?.['failures']) // 2
 * ```
 * @since 0.1.0
 */
export async function createCollections(world: World): Promise<Collections> {
  requireWorld(world, 'createCollections(world)')
  const followed: FollowedCollection[] = []
  const add = (source: CollectionSource): FollowedCollection['collection'] => {
    const one = new FollowedCollection(source)
    followed.push(one)
    return one.collection
  }
  const byApi = handlesOf(world).map(([property, { id }]) => {
    const specs = world.worlds.apis.find((api) => api.id === id)?.collections ?? {}
    const collections = Object.entries(specs).map(([name, spec]) => [
      name,
      add(new RecordSource(`${property}.${name}`, world, id, spec)),
    ])
    if (id === 'gentics-cms') collections.push(['groups', add(new GroupSource(`${property}.groups`, world))])
    return [property, Object.fromEntries(collections)]
  })
  let waiting: Promise<void> | undefined
  const follow = (keys?: readonly string[]): void => {
    try {
      for (const one of followed) one.followKeys(keys)
    } catch (error) {
      if (!(error instanceof Needs)) throw error
      // Another scenario has people to make up, and nobody has loaded what that takes.
      waiting = world.ready().then(() => follow())
    }
  }
  const settled = async (): Promise<void> => {
    await waiting
    for (const one of followed) await one.settled()
  }
  follow()
  await settled()
  const stop = world.records.watch(follow)
  const close = (): void => {
    stop()
    for (const one of followed) one.close()
  }
  return { ...Object.fromEntries(byApi), settled, close }
}

/** The handles of a world, by their names; its class has them. */
function handlesOf(world: World): [string, ApiHandle][] {
  const found: [string, ApiHandle][] = []
  for (const name in world) {
    const member: unknown = world[name as keyof World]
    if (member instanceof ApiHandle) found.push([name, member])
  }
  return found
}
