import { Collection } from '@msw/data'
import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createSecureLoginClient } from '../../src/client.ts'
import { createCollections, type Collections } from '../../src/data.ts'
import { createFetch } from '../../src/fetch.ts'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { handlers } from '../../src/msw.ts'

let world: WorldOf
let data: Collections
const named = (username: string) => (user: { readonly username: string }) => user.username === username

beforeEach(async () => {
  world = await createWorld({ extends: 'default', clock: { at: '2026-01-15T09:00:00Z', frozen: true } })
  data = await createCollections(world)
})
afterEach(() => {
  data.close()
})

describe('collections follow the world', () => {
  test('from its start', () => {
    expect(data.secureLogin.users.all().map(({ username }) => username)).toEqual(
      world.secureLogin.users().items.map(({ username }) => username),
    )
    expect(data.sirportly.accounts.findMany((q) => q.where({ enabled: true })).map(({ key }) => key)).toContain('atech')
    expect(data.sirportly.users.all().map(({ key }) => key)).toContain('atech/faye')
    expect(data.genticsCms.users.findFirst((q) => q.where({ username: 'node' }))).toMatchObject({ firstName: 'Nora' })
    expect(data.secureLogin.sessions.count()).toBe(0)
  })

  test('through requests: counts, blocks and sessions', async () => {
    const client = createSecureLoginClient({ baseUrl: 'https://jira.example/jira', fetch: createFetch(world) })
    await client.login('alice', 'alice')
    await client.auth('000000')
    const alice = data.secureLogin.users.findFirst((q) => q.where(named('alice')), { strict: true })
    expect(alice.failures).toBe(1)
    expect(data.secureLogin.sessions.all()).toMatchObject([{ username: 'alice', authenticated: null }])
    await client.auth('000000')
    await client.auth('000000')
    // The row that was found before goes on being the user's.
    expect(alice).toMatchObject({ failures: 3, blockedUntilAt: Date.parse('2026-01-15T09:30:00Z') })
  })

  test('through changes from outside, resets and other scenarios', async () => {
    const alice = data.secureLogin.users.findFirst((q) => q.where(named('alice')), { strict: true })
    world.secureLogin.user('alice').set({ state: 'bypass' })
    expect(alice.state).toBe('bypass')
    world.reset()
    expect(alice.state).toBe('enter')
    world.secureLogin.user('alice').set({ totp: { secret: 'JBSWY3DPEHPK3PXP' } })
    expect(alice).toMatchObject({ totp: { secret: 'JBSWY3DPEHPK3PXP' } })
    expect('pin' in alice).toBe(false)
    const lockout = await createWorld('lockout')
    world.restore(lockout.snapshot())
    await data.settled()
    expect(data.secureLogin.users.all().map(({ username }) => username)).toEqual(['zoe', 'olga', 'tim', 'bea', 'lee'])
  })

  test('into a scenario whose people have to be made up', async () => {
    const plain = await createWorld({ 'secure-login': { users: {} } })
    const collections = await createCollections(plain)
    plain.restore({ ...plain.snapshot(), scenario: { 'secure-login': { users: { zoe: {} } } } })
    await collections.settled()
    expect(collections.secureLogin.users.all()).toMatchObject([
      { username: 'zoe', displayName: expect.stringMatching(/\w+ \w+/) },
    ])
    collections.close()
  })

  test('with one row for each record, however fast they come and go', async () => {
    const session = { username: 'alice', openedAt: 0, lastSeenAt: 0, sessionEpoch: 0, failures: 0, authenticated: null }
    for (let failures = 0; failures < 5; failures++)
      world.records.put('secure-login/session:S', { ...session, failures })
    await data.settled()
    expect(data.secureLogin.sessions.all()).toMatchObject([{ key: 'S', failures: 4 }])
    world.records.put('secure-login/session:T', session)
    world.records.put('secure-login/session:T', undefined)
    await data.settled()
    expect(data.secureLogin.sessions.all().map(({ key }) => key)).toEqual(['S'])
  })

  test('until they are closed', async () => {
    data.close()
    world.secureLogin.user('alice').set({ state: 'bypass' })
    expect(data.secureLogin.users.findFirst((q) => q.where(named('alice')))?.state).toBe('enter')
    await data.secureLogin.users.update((q) => q.where(named('bob')), {
      data: (user) => void Object.assign(user, { displayName: 'Nobody' }),
    })
    expect(world.secureLogin.user('bob').view().details['displayName']).not.toBe('Nobody')
  })
})

describe('what is done to a collection is done to the world', () => {
  test('changes', async () => {
    await data.secureLogin.users.update((q) => q.where(named('alice')), {
      data: (user) =>
        void Object.assign(user, { displayName: 'Alice Renamed', blockedUntilAt: Date.parse('2026-01-15T10:00:00Z') }),
    })
    expect(world.secureLogin.user('alice').view()).toMatchObject({
      state: 'blocked',
      details: { displayName: 'Alice Renamed' },
    })
  })

  test('changes to many', async () => {
    await data.secureLogin.users.updateMany((q) => q.where({ state: 'enter' }), {
      data: (user) => void Object.assign(user, { state: 'bypass' }),
    })
    expect(world.secureLogin.users().items.filter(({ state }) => state === 'enter')).toEqual([])
  })

  test('deletions: a session that is deleted has ended', async () => {
    const client = createSecureLoginClient({ baseUrl: 'https://jira.example/jira', fetch: createFetch(world) })
    await client.login('dave', 'dave')
    data.secureLogin.sessions.deleteMany((q) => q.where({ username: 'dave' }))
    expect(world.secureLogin.sessions().total).toBe(0)
  })

  test('new records, where no other has to know of them', async () => {
    await data.sirportly.accounts.create({
      key: '',
      permalink: 'new',
      name: 'New',
      domain: 'new.example',
      enabled: true,
      allowFrom: [],
    })
    expect(world.records.get('sirportly/account:new')).toMatchObject({ name: 'New' })
    const alice = data.secureLogin.users.findFirst((q) => q.where(named('alice')), { strict: true })
    const { key: _key, ...rest } = alice
    await data.secureLogin.users.create({ ...structuredClone(rest), key: '', username: 'zoe' })
    await data.settled()
    expect(world.secureLogin.user('zoe').view()).toMatchObject({ state: 'enter', failures: 0 })
    expect(data.secureLogin.users.findMany((q) => q.where(named('zoe')))).toHaveLength(1)
  })

  test('new ones as a scenario writes them, with its defaults and durations', async () => {
    const { users } = data.secureLogin
    const until = Date.parse('2026-01-15T09:30:00Z')
    await users.create({ username: 'zoe', state: 'blocked', until: '+30m' })
    const zoe = users.findFirst((q) => q.where(named('zoe')), { strict: true })
    expect(zoe).toMatchObject({ key: 'zoe', password: 'zoe', state: 'enter', blockedUntilAt: until })
    expect(zoe.displayName).toMatch(/\w+ \w+/)
    expect(zoe.view).toMatchObject({ state: 'blocked', until })
    await data.sirportly.accounts.create({ permalink: 'new' })
    expect(world.records.get('sirportly/account:new')).toMatchObject({ name: 'new', enabled: true, allowFrom: [] })
  })

  test('while rows tell what people see, as time goes on', async () => {
    const { users } = data.secureLogin
    const blocked = (): string[] =>
      users.findMany((q) => q.where((user) => user.view.state === 'blocked')).map(({ key }) => key)
    expect(blocked()).toEqual(['carol'])
    const carol = users.findFirst((q) => q.where(named('carol')), { strict: true })
    expect(carol.view).toEqual(world.secureLogin.user('carol').view())
    await users.update(carol, { data: (user) => void Object.assign(user, { displayName: 'Carol' }) })
    expect(blocked()).toEqual(['carol'])
    world.clock.advance('31m')
    expect(blocked()).toEqual([])
    expect(Object.keys(carol)).not.toContain('view')
    expect(data.genticsCms.users.all()[0]?.view.state).toBe('active')
  })

  test('and what the world counts meanwhile is not lost', async () => {
    const { users } = data.secureLogin
    const alice = users.findFirst((q) => q.where(named('alice')), { strict: true })
    let open: () => void = () => undefined
    const gate = new Promise<void>((resolve) => (open = resolve))
    const updates = Array.from({ length: 5 }, async (_, index) => {
      await users.update(alice, {
        data: async (user) => {
          await gate
          Object.assign(user, { displayName: `Alice ${index}` })
        },
      })
    })
    world.secureLogin.user('alice').set({ failures: 2 })
    open()
    await Promise.all(updates)
    await data.settled()
    expect(world.secureLogin.user('alice').view().failures).toBe(2)
    expect(users.findFirst((q) => q.where(named('alice')))).toEqual({
      ...(world.records.get('secure-login/user:alice') as object),
      key: 'alice',
    })
  })
})

describe('what does not fit is refused, and changes nothing', () => {
  const assertUnchanged = async (attempt: Promise<unknown>, message: RegExp): Promise<void> => {
    const before = world.snapshot().records
    await expect(attempt).rejects.toThrow(message)
    await data.settled()
    expect(world.snapshot().records).toEqual(before)
    for (const row of data.secureLogin.users.all())
      expect(row).toEqual({ ...(world.records.get(`secure-login/user:${row.key}`) as object), key: row.key })
  }
  const change = (members: object): Promise<unknown> =>
    data.secureLogin.users.update((q) => q.where(named('alice')), {
      data: (user) => void Object.assign(user, members),
    })

  test('another type', () => assertUnchanged(change({ failures: 'many' }), /failures: "many" is not a whole number/))

  test('a word that is none, with the nearest', () =>
    assertUnchanged(change({ state: 'bypas' }), /Did you mean "bypass"/))

  test('a member that is none', () =>
    assertUnchanged(change({ failure: 1 }), /"failure" is not known here.*Did you mean "failures"/))

  test('another name', async () => {
    await assertUnchanged(change({ username: 'alicia' }), /alice cannot be given another name/)
    await assertUnchanged(change({ key: 'alicia' }), /the key of alice stays/)
  })

  test('a row that has gone meanwhile, whoever has its name now', async () => {
    const slowly = async (user: object): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve))
      Object.assign(user, { displayName: 'Alice Anew' })
    }
    const attempt = data.secureLogin.users.update((q) => q.where(named('alice')), { data: slowly })
    world.records.put('secure-login/user:alice', undefined)
    world.reset()
    await assertUnchanged(attempt, /^secureLogin.users: there is no "alice" any more/)
  })

  test('a record that is there already, or lacks something, or that others would have to know of', async () => {
    const { users } = data.secureLogin
    const alice = users.findFirst((q) => q.where(named('alice')), { strict: true })
    await assertUnchanged(users.create(structuredClone({ ...alice })), /there is a "alice" already/)
    const missing = { ...structuredClone({ ...alice }), key: '', username: 'zoe', pinEpoch: undefined }
    await assertUnchanged(users.create(missing), /users: pinEpoch: is missing/)
    await assertUnchanged(
      users.create({ username: 'zoe', state: 'bloked' } as never),
      /users: state: "bloked" is not one of .* Did you mean "blocked"/,
    )
    await assertUnchanged(users.create({ username: 'zoe', until: '+30m' }), /users: until: /)
    await assertUnchanged(users.create({} as never), /secureLogin.users: key: is missing/)
    await assertUnchanged(
      data.genticsCms.users.create({ username: 'zoe' } as never),
      /genticsCms.users: takes no new records/,
    )
  })
})

describe("a frontend's own handlers", () => {
  interface Ticket {
    readonly id: number
    readonly owner: { readonly username: string; readonly displayName: string } | undefined
  }
  const types = undefined as { readonly input: Ticket; readonly output: Ticket } | undefined
  const schema = {
    '~standard': {
      version: 1 as const,
      vendor: 'test',
      validate: (value: unknown) => ({ value: value as Ticket }),
      types,
    },
  }

  test('join on the records, and keep doing so while these change', async () => {
    const tickets = new Collection<typeof schema>({ schema })
    tickets.defineRelations(({ one }) => ({ owner: one(data.secureLogin.users as never) }))
    const owner = data.secureLogin.users.findFirst((q) => q.where(named('alice')))
    await tickets.create({ id: 1, owner })
    const server = setupServer(
      http.get('*/tickets', () =>
        HttpResponse.json(tickets.all().map((ticket) => ({ id: ticket.id, owner: ticket.owner?.displayName }))),
      ),
      http.get('*/me', () => {
        const [session] = data.secureLogin.sessions.all()
        return HttpResponse.json(data.secureLogin.users.findFirst((q) => q.where(named(session?.username ?? ''))))
      }),
      ...handlers(world),
    )
    server.listen()
    try {
      const client = createSecureLoginClient({ baseUrl: 'https://jira.example/jira' })
      await client.login('alice', 'alice')
      expect(await (await fetch('https://app.example/me')).json()).toMatchObject({ username: 'alice', state: 'enter' })
      const rename = (user: { displayName: string }): void => {
        Object.assign(user, { displayName: 'Alice Anew' })
      }
      await data.secureLogin.users.update((q) => q.where(named('alice')), { data: rename })
      expect(await (await fetch('https://app.example/tickets')).json()).toEqual([{ id: 1, owner: 'Alice Anew' }])
      world.reset()
      expect(await (await fetch('https://app.example/tickets')).json()).not.toEqual([{ id: 1, owner: 'Alice Anew' }])
    } finally {
      server.close()
    }
  })
})
