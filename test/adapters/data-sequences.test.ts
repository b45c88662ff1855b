import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCollections, type Collections } from '../../src/data.ts'
import { createWorld, UnderstudyError, type WorldOf } from '../../src/index.ts'
import { sessionPath } from '../support/phone.ts'
import { request } from '../support/request.ts'

interface Row {
  readonly key: string
  readonly [member: string]: unknown
}

/** What the seven collections have in common, as far as this test goes. */
interface Rows {
  all(): Row[]
  clear(): void
  create(values: unknown): Promise<Row>
  createMany(count: number, values: (index: number) => unknown): Promise<Row[]>
  update(which: unknown, change: { data(row: never): void | Promise<void> }): Promise<Row | undefined>
  updateMany(which: unknown, change: { data(row: never): void | Promise<void> }): Promise<Row[]>
  delete(which: unknown): Row | undefined
  deleteMany(which: unknown): Row[]
}

const kinds = {
  'secure-login/user:': ({ secureLogin }: Collections) => secureLogin.users,
  'secure-login/session:': ({ secureLogin }: Collections) => secureLogin.sessions,
  'sirportly/user:': ({ sirportly }: Collections) => sirportly.users,
  'sirportly/account:': ({ sirportly }: Collections) => sirportly.accounts,
  'gentics-cms/user:': ({ genticsCms }: Collections) => genticsCms.users,
  'gentics-cms/session:': ({ genticsCms }: Collections) => genticsCms.sessions,
  groups: ({ genticsCms }: Collections) => genticsCms.groups,
}
type Kind = keyof typeof kinds
const rowsOf = (data: Collections, kind: Kind): Rows => kinds[kind](data) as unknown as Rows

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
  for (const kind of Object.keys(kinds) as Kind[]) {
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

/** Something done by one of both sides. What it throws or rejects with is a refusal. */
type Deed = (world: WorldOf, data: Collections) => unknown
const kind = fc.constantFrom(...(Object.keys(kinds) as Kind[]))
const place = fc.nat({ max: 20 })
const at = <Item>(list: readonly Item[], index: number): Item | undefined => list[index % Math.max(1, list.length)]

/** Values of which some fit somewhere, and most nowhere. */
const value = fc.oneof(
  fc.constantFrom<unknown>(
    '',
    'alice',
    'enter',
    'bypass',
    'blocked',
    'Editors',
    null,
    undefined,
    true,
    0,
    1,
    -1,
    1.5,
    1e16,
  ),
  fc.constantFrom<unknown>(
    Number.NaN,
    new Date(0),
    [],
    ['node'],
    ['node', 'ada'],
    ['nobody'],
    {},
    [[]],
    new Map(),
    () => 1,
  ),
)
const member = fc.constantFrom(
  ...['key', 'username', 'displayName', 'state', 'failures', 'password', 'pin', 'name', 'members', 'description'],
  ...['id', 'parent', 'enabled', 'permalink', 'sid', 'secret', 'account', 'groups', 'nothing', 'lastSeenAt'],
)
const named = (index: number, text: string) => ({
  key: text,
  username: text,
  permalink: text,
  id: 70_000 + index,
  name: text,
})

/** A row like one of the others, under a new name or an old one. */
function another(rows: Rows, index: number, text: string): object {
  const { key: _key, ...example } = structuredClone({ ...(at(rows.all(), index) ?? { key: '' }) })
  const names = Object.entries(named(index, text)).filter(([name]) => name === 'key' || name in example)
  return { ...example, ...Object.fromEntries(names), ...('members' in example ? { members: ['node', 'otto'] } : {}) }
}

const where = (test: (row: Row) => boolean) => (q: { where(test: (row: Row) => boolean): unknown }) => q.where(test)

/** Each of one row. */
const ofOne: fc.Arbitrary<Deed> = fc.oneof(
  fc.tuple(kind, place).map(([one, index]): Deed => (_, data) => {
    const rows = rowsOf(data, one)
    const row = at(rows.all(), index)
    rows.delete(where(({ key }) => key === row?.key))
  }),
  fc.tuple(kind, place).map(([one, index]): Deed => (_, data) => {
    const rows = rowsOf(data, one)
    const row = at(rows.all(), index)
    return row && rows.delete(row)
  }),
  fc
    .tuple(kind, place, fc.constantFrom('zoe', 'yan', 'alice', 'atech', ''))
    .map(([one, index, text]): Deed => (_, data) => {
      const rows = rowsOf(data, one)
      return rows.create(another(rows, index, text))
    }),
  fc.tuple(kind, fc.dictionary(member, value)).map(
    ([one, values]): Deed =>
      (_, data) =>
        rowsOf(data, one).create(values),
  ),
  fc.tuple(kind, value).map(
    ([one, values]): Deed =>
      (_, data) =>
        rowsOf(data, one).create(values),
  ),
  fc
    .tuple(kind, place, fc.dictionary(member, value, { maxKeys: 3 }), fc.boolean())
    .map(([one, index, members, slow]): Deed => (_, data) => {
      const rows = rowsOf(data, one)
      const row = at(rows.all(), index)
      const change = (draft: object): unknown => (slow ? later(draft, members) : void Object.assign(draft, members))
      return row && rows.update(row, { data: change as never })
    }),
)

/** One after another: what came before a refusal stays. */
const ofMany: fc.Arbitrary<Deed> = fc.oneof(
  fc.tuple(kind, fc.array(fc.boolean(), { minLength: 1, maxLength: 5 })).map(([one, mask]): Deed => (_, data) => {
    const rows = rowsOf(data, one)
    const chosen = rows.all().filter((_row, index) => at(mask, index))
    rows.deleteMany(where((row) => chosen.includes(row)))
  }),
  kind.map(
    (one): Deed =>
      (_, data) =>
        rowsOf(data, one).clear(),
  ),
  fc.tuple(kind, place, fc.constantFrom('zoe', 'xia')).map(([one, index, text]): Deed => async (_, data) => {
    const values = another(rowsOf(data, one), index, text)
    await Promise.all([rowsOf(data, one).create(values), rowsOf(data, one).create(values)])
  }),
  fc.tuple(kind, place).map(([one, count]): Deed => (_, data) => {
    const rows = rowsOf(data, one)
    return rows.createMany(count % 4, (index) => another(rows, index, `m${index % 3}`))
  }),
  fc.tuple(kind, member, value).map(([one, name, what]): Deed => (_, data) => {
    const change = (draft: object): void => void Object.assign(draft, { [name]: what })
    return rowsOf(data, one).updateMany(
      where((row) => name in row),
      { data: change as never },
    )
  }),
)

async function later(draft: object, members: object): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve))
  Object.assign(draft, members)
}

const fromWorld: fc.Arbitrary<Deed> = fc.oneof(
  fc.tuple(kind, place).map(([one, index]): Deed => (world) => {
    const key = at(Array.from(world.records.keys(one)), index)
    if (one !== 'groups' && key !== undefined) world.records.put(key, undefined)
  }),
  fc.tuple(kind, place, place).map(([one, from, to]): Deed => (world) => {
    const keys = Array.from(world.records.keys(one))
    const record = world.records.get(at(keys, from) ?? '')
    // Twice the same, or there and away again.
    if (one.endsWith('session:') && record !== undefined) {
      world.records.put(`${one}${900 + to}`, record)
      world.records.put(`${one}${900 + to}`, to % 2 === 0 ? undefined : record)
    }
  }),
  fc.tuple(place, fc.constantFrom('bypass', 'blocked', 'enter')).map(([index, state]): Deed => (world) => {
    const user = at(world.secureLogin.users().items, index)
    if (user !== undefined) world.secureLogin.user(user.username).set({ state } as never)
  }),
  fc.constant<Deed>((world) => world.reset()),
  fc.constant<Deed>((world) => world.restore(world.snapshot())),
  fc.constant<Deed>((world) =>
    world.play(
      request('POST', sessionPath, {
        headers: ['content-type', 'application/json'],
        body: '{"username":"alice","password":"alice"}',
      }),
    ),
  ),
)

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
        if (isRefused) expect(world.snapshot().records).toEqual(before)
      }),
      { numRuns: 300 },
    )
    data.close()
    expect(refusals).toBeGreaterThan(20)
  })
})
