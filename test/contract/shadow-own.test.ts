import { expect, test } from 'vitest'
import type { AnyApi } from '../../src/core/api.ts'
import { bare, defineApi, inJson, text } from '../../src/api.ts'
import type { JsonObject } from '../../src/core/json.ts'
import { createRandom } from '../../src/core/random.ts'
import { house, houseOfPast, houseWith } from '../own-api/house.ts'
import { login } from '../own-api/login.ts'
import { turnstile } from '../own-api/turnstile.ts'
import { ShadowedOwn } from './shadow-own.ts'

const badges = { users: { b7: { code: '4711' }, b8: { code: '4712', failures: 2 } } }

async function atTurnstile(section: JsonObject, settings: JsonObject = {}): Promise<ShadowedOwn> {
  const hall = await ShadowedOwn.open(turnstile, section, turnstile, settings)
  const enter = (badge: string, code: string): Promise<number> =>
    hall.ask(`POST /turnstile/enter?badge=${badge}&code=${code}`)
  await enter('b7', '4711')
  for (const code of ['1', '2', '3', '4711', '4711']) await enter('b7', code)
  await enter('b8', '1')
  await enter('b8', '4712')
  await enter('nobody', '1')
  hall.wait(61_000)
  await enter('b7', '4711')
  return hall
}

test('of an API of one’s own that says where its requests tell users and codes, nothing is drift, and all is compared', async () => {
  const { result } = await atTurnstile(badges)
  expect(result).toMatchObject({ seen: 10, compared: 10, unknown: 0, drifts: [] })
})

test('one that locks late is told by the clause', async () => {
  const { result } = await atTurnstile({ ...badges, lockAfter: 4 })
  expect(result.drifts.map(({ clause, operation }) => [clause, operation])).toEqual([
    ['TS-02', 'enter'],
    ['TS-03', 'enter'],
  ])
  expect(JSON.stringify(result)).not.toContain('471')
})

test('one that is said to lock late is not', async () => {
  expect((await atTurnstile({ ...badges, lockAfter: 4 }, { lockAfter: 4 })).result.drifts).toEqual([])
})

/** What somebody does in a house, or at the login of a hall, by chance. */
async function visit(own: ShadowedOwn, seed: number, steps: number): Promise<void> {
  const chance = createRandom(`visit ${seed}`)
  const one = <Of>(all: readonly Of[]): Of => all[Number(chance.text(6, '0123456789')) % all.length] as Of
  for (let step = 0; step < steps; step++) {
    own.wait(one([3, 40, 300, 700, 2000, 15_000, 61_000, 130_000, 400_000]))
    const who = one(['ada', 'bob', 'eve', 'nobody'])
    const password = one(['engine', 'engine', 'secret', 'wrong', 'no'])
    const ask = one<() => Promise<unknown>>([
      () => own.ask(`POST /house/people/${who}/enter`, { password }),
      () => own.ask(`POST /house/people/${who}/enter`, { password: 'engine' }),
      () => own.ask(`POST /house/people/ada/enter`, { password }),
      () => own.ask('GET /house/me'),
      () => own.ask('GET /house/roof'),
      () => own.ask('PUT /house/me', { name: one(['Ada', 'Countess']) }),
      () => own.ask(`GET /house/people/${who}`),
      () => own.ask('DELETE /house/me'),
      () => Promise.resolve(own.forget()),
      () => own.ask('POST /hall-login/password', { username: who, password }),
      () => own.ask('POST /hall-login/password', { username: who, password: 'engine' }),
      () => own.ask('POST /hall-login/pin', one(['1234', '1234', '0000', 'x'])),
      () => own.ask('POST /hall-login/pin', '1234'),
      () => own.ask('GET /hall-login/me'),
      () => own.ask(`PUT /hall-login/names/${one(['Ada', 'Countess'])}`),
      () => own.ask('DELETE /hall-login/me'),
    ])
    await ask()
  }
}

const people = (seed: number): JsonObject => ({
  users: {
    ada: { password: 'engine', name: 'Ada', kind: 'owner', floor: seed % 5, failures: seed % 3 },
    bob: { password: 'engine', name: 'Bob', barred: seed % 2 === 0 },
    eve: { password: 'engine', name: 'Eve', state: 'shut', for: `${(seed % 7) * 9 + 1}s` },
  },
})

const guests = (seed: number): JsonObject => ({
  users: {
    ada: { password: 'engine', pin: '1234', failures: seed % 3 },
    bob: { password: 'engine', pin: '1234', name: 'Bob' },
    eve: { password: 'engine', pin: '1234', state: 'blocked', for: `${(seed % 7) * 9 + 1}m` },
  },
})

const honest = Array.from({ length: 12 }, (_, seed) => seed).flatMap((seed): [string, number, AnyApi, JsonObject][] => [
  ['house', seed, house, people(seed)],
  ['house of past', seed, houseOfPast, people(seed)],
  ['hall', seed, login, guests(seed)],
])

test.each(honest)('whatever is asked in a right %s, nothing is drift (%s)', async (_, seed, api, section) => {
  const own = await ShadowedOwn.open(api, section)
  await visit(own, seed, 150)
  expect(own.result.drifts).toEqual([])
  expect(own.result.compared).toBeGreaterThan(own.result.unknown)
})

/** Lets somebody in, and then goes on by words: a password, or how long to wait. */
async function enterHouse(own: ShadowedOwn, words: readonly (string | number)[]): Promise<number> {
  const send = (password: string): Promise<number> => own.ask('POST /house/people/ada/enter', { password })
  let status = await send('engine')
  for (const word of words) {
    own.wait(typeof word === 'number' ? word : 2000)
    if (typeof word === 'string') status = await send(word)
  }
  return status
}

test.each([
  ['locks a failure late', houseWith({ after: 4, for: '1m' }), house, ['no', 'no', 'no', 'engine'], ['H-02', 'H-03']],
  ['locks for too short', houseWith({ after: 3, for: '9s' }), house, ['no', 'no', 'no', 20_000, 'engine'], ['H-03']],
  [
    'lets come quickly who should wait',
    houseWith({ after: 3, for: '1m', afterLock: 'kept' }),
    houseOfPast,
    ['no', -1700, 'no', 'engine'],
    ['H-03'],
  ],
])('a house that %s is told by the clause', async (_, real, thought, words, clauses) => {
  for (const [server, told] of [
    [real, clauses],
    [thought, []],
  ] as const) {
    const own = await ShadowedOwn.open(server, people(1), thought)
    await enterHouse(own, words)
    expect(own.result.drifts.map(({ clause }) => clause)).toEqual(told)
    expect(JSON.stringify(own.result)).not.toContain('engine')
  }
})

test('a token that does not end by itself, or when it is given back, is told', async () => {
  const own = await ShadowedOwn.open(house, { ...people(1), sessionFor: '9h' }, house)
  await enterHouse(own, [400_000])
  expect(await own.ask('GET /house/me')).toBe(200)
  expect(own.result.drifts).toMatchObject([{ clause: 'H-05', operation: 'me', difference: { where: 'status' } }])
})

/** A house whose card tells a name in some way. */
const houseWithCard = (write: (name: string) => string): AnyApi =>
  defineApi({
    id: 'house',
    user: { password: text({ about: 'the password', secret: true }), name: text({ about: 'the name' }) },
    clauses: {
      'HC-1': { text: 'The password gets the name.', says: { name: (name: string) => inJson(200, { name }, 'right') } },
      'HC-2': { text: 'Another does not.', says: { no: bare(401, 'it is wrong') } },
      'HC-3': { text: 'The card tells it.', says: { card: (of: string) => inJson(200, { of }, 'right') } },
    },
    operations: {
      enter: {
        at: 'POST /people/{who}/enter',
        about: 'tells the name',
        tells: { username: 'params.who', password: 'body.password' },
        step: ({ params, body, user, say }) => {
          const who = user(params['who'])
          return who?.password === body['password'] ? say.name(who?.name ?? '') : say.no
        },
      },
      card: {
        at: 'POST /people/{who}/card',
        about: 'tells the name in some way',
        tells: { username: 'params.who' },
        step: ({ params, user, say }) => say.card(write(user(params['who'])?.name ?? 'nobody')),
      },
    },
  })

test.each([
  ['as it is', (name: string) => name, []],
  ['in capitals', (name: string) => name.toUpperCase(), ['HC-3']],
])('what an answer has told is known from then on: a card tells it %s', async (_, write, clauses) => {
  const section = { users: { ada: { password: 'engine', name: 'Ada' } } }
  const own = await ShadowedOwn.open(
    houseWithCard(write),
    section,
    houseWithCard((name) => name),
  )
  await own.ask('POST /house/people/ada/enter', { password: 'engine' })
  await own.ask('POST /house/people/ada/card', { password: 'engine' })
  expect(own.result).toMatchObject({ compared: 2, unknown: 0 })
  expect(own.result.drifts.map(({ clause }) => clause)).toEqual(clauses)
})

test('of what depends on a fact that nobody knows nothing is said, and a shadow goes on after it', async () => {
  const own = await ShadowedOwn.open(house, people(4))
  await enterHouse(own, [])
  for (const line of ['GET /house/me', 'GET /house/roof', 'GET /house/people/bob']) await own.ask(line)
  expect(own.result).toMatchObject({ seen: 4, compared: 1, drifts: [] })
})
