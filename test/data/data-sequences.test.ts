import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCollections, type Collections } from '../../src/data.ts'
import { createWorld, UnderstudyError, type WorldOf } from '../../src/index.ts'
import { sessionPath } from '../support/phone.ts'
import { request } from '../support/request.ts'
import { fromWorld, kinds, ofMany, ofOne, rowsOf, type Kind, type Row } from './data-deeds.ts'

type Group = { id: number; name: string; description: string; children: Group[] }

/** The groups by their number, found by another way than the collection finds them. */
function groupsOf(world: WorldOf): Map<string, Row> {
  const groups = new Map<string, Row & { members: string[] }>()
  const queue: [Group, number | null, string[]][] = Array.from(world.records.keys('gentics-cms/user:')).flatMap(
    (key) => {
      const user = world.records.get(key) as unknown as { username: string; groups: Group[] }
      return user.groups.map((group): [Group, null, string[]] => [group, null, [user.username]])
    },
  )
  for (const [{ id, name, description, children }, parent, members] of queue.splice(0).flatMap(withChildren)) {
    const known = groups.get(String(id))
    if (known === undefined) groups.set(String(id), { key: String(id), id, name, description, parent, members })
    else known.members.push(...members)
    void children
  }
  return groups
}

function withChildren(entry: [Group, number | null, string[]]): [Group, number | null, string[]][] {
  const [group] = entry
  return [entry, ...group.children.flatMap((child) => withChildren([child, group.id, []]))]
}

/** What a collection has to hold. */
function wanted(world: WorldOf, kind: Kind): Map<string, Row> {
  if (kind === 'groups') return groupsOf(world)
  return new Map(
    Array.from(world.records.keys(kind), (full) => {
      const key = full.slice(kind.length)
      return [key, { ...(world.records.get(full) as object), key }]
    }),
  )
}

function expectSame(world: WorldOf, data: Collections): void {
  for (const kind of kinds) {
    const rows = rowsOf(data, kind).all()
    expect([kind, rows.map(({ key }) => key).sort()]).toEqual([kind, [...wanted(world, kind).keys()].sort()])
    expect(new Map(rows.map((row) => [row.key, { ...row }]))).toEqual(wanted(world, kind))
  }
}

/** People, accounts, groups and sessions enough that each row has neighbours. */
async function start(): Promise<{ world: WorldOf; data: Collections }> {
  const world = await createWorld({
    extends: 'default',
    clock: { at: '2026-01-15T09:00:00Z', frozen: true },
    'gentics-cms': {
      users: { node: {}, ada: {}, otto: {} },
      sessions: [{ user: 'node' }, { user: 'ada' }, { user: 'otto' }],
    },
  })
  const headers = ['content-type', 'application/json']
  for (const username of ['alice', 'bob', 'carol', 'dave'])
    await world.play(request('POST', sessionPath, { headers, body: JSON.stringify({ username, password: username }) }))
  return { world, data: await createCollections(world) }
}

const deed = fc.record({ deed: fc.oneof({ arbitrary: ofOne, weight: 2 }, ofMany, fromWorld), awaited: fc.boolean() })

describe('collections and the world hold the same', () => {
  test('after any sequence of what both sides do, refused or not', async () => {
    const { world, data } = await start()
    const refusals: unknown[] = []
    let done = 0
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 12 }), async (deeds) => {
        world.reset()
        await data.settled()
        const under: Promise<unknown>[] = []
        for (const { deed: act, awaited } of deeds) {
          const outcome = Promise.resolve()
            .then(() => act(world, data))
            .then(
              () => void done++,
              (error: unknown) => void refusals.push(error),
            )
          under.push(outcome)
          if (awaited) await outcome
        }
        await Promise.all(under)
        await data.settled()
        expectSame(world, data)
      }),
      { numRuns: 400 },
    )
    data.close()
    expect([done > 100, refusals.length > 100]).toEqual([true, true])
    // Each says in which collection, and what, in words of this package.
    const odd = refusals.filter((error) => !(error instanceof UnderstudyError && /^\w+\.\w+: \S/.test(error.message)))
    expect([...new Set(odd.map(String))]).toEqual([])
  })

  test('after anything that is refused, what they held before', async () => {
    const { world, data } = await start()
    let refusals = 0
    await fc.assert(
      fc.asyncProperty(ofOne, async (act) => {
        world.reset()
        await data.settled()
        const before = world.snapshot().records
        let isRefused = false
        await Promise.resolve()
          .then(() => act(world, data))
          .catch(() => (isRefused = true))
        await data.settled()
        expectSame(world, data)
        if (isRefused) refusals++
        const after = isRefused ? world.snapshot().records : before
        expect(after).toEqual(before)
      }),
      { numRuns: 300 },
    )
    data.close()
    expect(refusals).toBeGreaterThan(20)
  })
})
