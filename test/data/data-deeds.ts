import fc from 'fast-check'
import type { Collections } from '../../src/data.ts'
import type { WorldOf } from '../../src/index.ts'
import { sessionPath } from '../support/phone.ts'
import { request } from '../support/request.ts'

export interface Row {
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

/** By what the keys of their records begin with; groups are no records. */
const collections = {
  'secure-login/user:': ({ secureLogin }: Collections) => secureLogin.users,
  'secure-login/session:': ({ secureLogin }: Collections) => secureLogin.sessions,
  'sirportly/user:': ({ sirportly }: Collections) => sirportly.users,
  'sirportly/account:': ({ sirportly }: Collections) => sirportly.accounts,
  'gentics-cms/user:': ({ genticsCms }: Collections) => genticsCms.users,
  'gentics-cms/session:': ({ genticsCms }: Collections) => genticsCms.sessions,
  groups: ({ genticsCms }: Collections) => genticsCms.groups,
}
export type Kind = keyof typeof collections
export const kinds: readonly Kind[] = Object.keys(collections) as Kind[]
export const rowsOf = (data: Collections, kind: Kind): Rows => collections[kind](data)

/** Something done by one of both sides. What it throws or rejects with is a refusal. */
export type Deed = (world: WorldOf, data: Collections) => unknown
const kind = fc.constantFrom(...kinds)
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
  'key',
  'username',
  'displayName',
  'state',
  'failures',
  'password',
  'pin',
  'name',
  'members',
  'description',
  'id',
  'parent',
  'enabled',
  'permalink',
  'sid',
  'secret',
  'account',
  'groups',
  'nothing',
  'lastSeenAt',
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

const where = (isIt: (row: Row) => boolean) => (q: { where(isIt: (row: Row) => boolean): unknown }) => q.where(isIt)

/** Each of one row. */
export const ofOne: fc.Arbitrary<Deed> = fc.oneof(
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
      const change = (draft: object): void | Promise<void> =>
        slow ? later(draft, members) : void Object.assign(draft, members)
      return row && rows.update(row, { data: change })
    }),
)

/** One after another: what came before a refusal stays. */
export const ofMany: fc.Arbitrary<Deed> = fc.oneof(
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
      { data: change },
    )
  }),
)

async function later(draft: object, members: object): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve))
  Object.assign(draft, members)
}

export const fromWorld: fc.Arbitrary<Deed> = fc.oneof(
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
    if (user !== undefined) world.secureLogin.user(user.username).set({ state })
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
