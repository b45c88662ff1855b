import { describe, expect, test } from 'vitest'
import { bare, choice, defineApi, duration, integer, list, map, object, text } from '../../src/api.ts'
import { moment } from '../../src/core/field.ts'
import { UnderstudyError } from '../../src/core/errors.ts'
import { createWorld } from '../../src/index.ts'

const open = bare(204, 'right')
const operation = { at: 'POST /open', about: 'opens', step: () => open }
const door = {
  id: 'door',
  user: { code: text({ about: 'the code' }) },
  clauses: { 'D-1': { text: 'It opens.', says: { open } } },
  operations: { open: operation },
}
const lockout = { word: 'locked', counts: 'wrong codes', after: 3, for: '1m' }
const sessions = { in: 'bearer', for: '1m' }

/** What is told of a definition that a program without types has written. */
function refusal(definition: unknown): string {
  try {
    defineApi(definition as never)
  } catch (error) {
    if (error instanceof UnderstudyError && error.code === 'ERR_API_INVALID') return error.message
    throw error
  }
  return 'none'
}

describe('a definition', () => {
  test('is taken where nothing is wrong', () => {
    expect(refusal(door)).toBe('none')
    expect(refusal({ ...door, lockout, secondFactor: { called: 'pin' }, sessions, path: '', title: 'The door' })).toBe(
      'none',
    )
  })

  test.each<[string, object, string]>([
    [
      'an id that is none',
      { id: 'Door Lock' },
      'id: "Door Lock" is no id: write lower case letters and digits, with hyphens',
    ],
    ['no title', { title: ' ' }, 'title: " " is no title for people.'],
    ['no path', { path: 'door/' }, 'path: "door/" is no path such as /hall, or empty.'],
    ['a member that nobody knows', { titel: 'x' }, 'titel: "titel" is not known here; known are id, title, path, user'],
    ['the nearest of those', { operatoins: {} }, 'Did you mean "operations"?'],
    ['no users', { user: undefined }, 'user: is missing: what there is to know of a user; {} if it is nothing.'],
    ['users that are none', { user: [] }, 'user: [] is no map from names to fields.'],
    ['a fact that is no field', { user: { code: 'text' } }, 'user.code: "text" is no field; write text({ about: … })'],
    ['a fact without a name', { user: { 'a b': integer({ about: 'x' }) } }, 'user.a b: "a b" is no name'],
    [
      'an instant that is relative',
      { user: { since: moment({ about: 'x' }) } },
      'user.since: An instant that is relative cannot',
    ],
    [
      'a default that does not fit',
      { user: { age: integer({ about: 'x', default: 'old' as never }) } },
      'user.age.default: "old" is not a whole number.',
    ],
    [
      'a default that is no duration',
      { settings: { slow: duration({ about: 'x', default: '5 Minuten' as never }) } },
      'settings.slow.default: "5 Minuten" is not a whole number of milliseconds.',
    ],
    [
      'a default within',
      { user: { home: object({ city: text({ about: 'x', default: 7 as never }) }, { about: 'x' }) } },
      'user.home.city.default: 7 is not text',
    ],
    [
      'a default of a session',
      { sessions: { ...sessions, facts: { kind: choice(['a', 'bc'], { about: 'x', default: 'bd' as never }) } } },
      'sessions.facts.kind.default: "bd" is not one of a, bc. Did you mean "bc"?',
    ],
    ['a fact that users have anyway', { user: { username: text({ about: 'x' }) } }, 'There is a "username" already'],
    [
      'a fact of the lockout',
      { lockout, user: { failures: integer({ about: 'x' }) } },
      'There is a "failures" already',
    ],
    ['a fact that is a state', { lockout, user: { locked: integer({ about: 'x' }) } }, 'There is a "locked" already'],
    [
      'a setting that is there',
      { settings: { path: text({ about: 'x' }) } },
      'settings.path: There is a "path" already',
    ],
    [
      'no state of locked ones',
      { lockout: { ...lockout, word: 'open' } },
      'lockout.word: "open" is no state of somebody',
    ],
    ['no limit', { lockout: { ...lockout, after: 0 } }, 'lockout.after: 0 is not a whole number from 1 to 1000.'],
    [
      'no duration',
      { lockout: { ...lockout, for: '1 min' } },
      'lockout.for: "1 min" is not a duration such as 90s or 30m, or null.',
    ],
    [
      'half a rule',
      { lockout: { ...lockout, quick: { within: '1s' } } },
      'lockout.quick.for: undefined is not a duration',
    ],
    [
      'no growth',
      { lockout: { ...lockout, grows: 'twice' } },
      'lockout.grows: "twice" is not one of never, failures, rounds.',
    ],
    ['what lockouts do not know', { lockout: { ...lockout, afterlock: 'kept' } }, 'Did you mean "afterLock"?'],
    ['a lockout that is none', { lockout: 3 }, "lockout: 3 is not what it is made of; write { word: 'locked'"],
    [
      'another word for codes',
      { secondFactor: { called: 'tan' } },
      'secondFactor.called: "tan" is not one of pin, code.',
    ],
    ['sessions nowhere', { sessions: { in: 'query', for: '1m' } }, 'sessions.in: "query" is none of { cookie:'],
    [
      'a cookie without a name',
      { sessions: { in: { cookie: 'a b' }, for: '1m' } },
      'sessions.in: {"cookie":"a b"} is none of',
    ],
    [
      'a session that cannot begin',
      { sessions: { ...sessions, facts: { step: integer({ about: 'x' }) } } },
      'sessions.facts.step: A session begins without it: give it a default, or make it optional.',
    ],
    ['an error that is none', { error: 'JAM' }, 'error: "JAM" is no function that words an error.'],
    ['a way that is none', { clauses: { 'D-1': { text: 'x', met: 1 } } }, 'clauses.D-1.met: 1 is no line for a shell'],
    ['no clauses', { clauses: {} }, 'clauses: There are none: say what is answered, and why.'],
    [
      'an id that is no clause',
      { clauses: { first: { text: 'x' } } },
      'clauses.first: "first" is no id of a clause, such as TS-01.',
    ],
    ['a clause of nothing', { clauses: { 'D-1': {} } }, 'clauses.D-1.text: is missing: the fact in one sentence.'],
    ['a clause that is there', { clauses: { 'D-U0': { text: 'x' } } }, 'clauses.D-U0: is the clause of unknown paths'],
    [
      'no origin',
      { clauses: { 'D-1': { text: 'x', origin: 'heard' } } },
      'origin: "heard" is not one of documented, general',
    ],
    [
      'a setting that there is not',
      { lockout, clauses: { 'D-1': { text: 'x', settings: ['lockAftr'] } } },
      'clauses.D-1.settings: "lockAftr" is none of the settings path, lockAfter, lockFor. Did you mean "lockAfter"?',
    ],
    [
      'two answers of one name',
      { clauses: { 'D-1': { text: 'x', says: { open } }, 'D-2': { text: 'y', says: { open } } } },
      'clauses.D-2.says.open: D-1 says "open" already; steps could not tell them apart.',
    ],
    [
      'an answer that is none',
      { clauses: { 'D-1': { text: 'x', says: { open: 204 } } } },
      "says.open: 204 is no answer; write bare(204, 'why')",
    ],
    ['no operations', { operations: {} }, 'operations: There are none: say which requests are answered.'],
    [
      'a name with a dot',
      { operations: { 'a.b': operation } },
      'operations.a.b: "a.b" is no name that a fault could have in it',
    ],
    [
      'a place that is none',
      { operations: { open: { ...operation, at: 'FETCH /open' } } },
      'operations.open.at: "FETCH /open" is no method and path',
    ],
    [
      'a query in a place',
      { operations: { open: { ...operation, at: 'GET /open?x' } } },
      'is no method and path, such as POST /enter',
    ],
    [
      'a placeholder twice',
      { operations: { open: { ...operation, at: 'GET /{a}/{a}' } } },
      'has a placeholder that is none: write each once',
    ],
    [
      'a placeholder that is open',
      { operations: { open: { ...operation, at: 'GET /{a' } } },
      'has a placeholder that is none',
    ],
    [
      'two at one place',
      { operations: { a: { ...operation, at: 'GET /{x}' }, b: { ...operation, at: 'GET /{y}' } } },
      'operations.b.at: "GET /{y}" is where a is already.',
    ],
    [
      'no step',
      { operations: { open: { ...operation, step: 'open' } } },
      'operations.open.step: "open" is no function that decides',
    ],
    ['nothing said of it', { operations: { open: { ...operation, about: '' } } }, 'operations.open.about: is missing'],
  ])('is refused for %s', (_, wrong, told) => {
    const message = refusal({ ...door, ...wrong })
    expect(message).toMatch(/^The API \S.* cannot be used: (one thing is|\d+ things are) wrong\.\n/)
    expect(message).toContain(told)
  })

  test('is refused with everything that is wrong, whatever it is', () => {
    expect(refusal({ ...door, id: '', clauses: {}, operations: {} }).split('\n')).toHaveLength(4)
    for (const nothing of [undefined, null, 'door', [], 1n])
      expect(refusal(nothing)).toContain('is no definition of an API')
    for (const member of ['user', 'settings', 'lockout', 'secondFactor', 'sessions', 'clauses', 'operations'])
      for (const value of [null, 1, 'x', [], [null], { x: null }, { x: 1 }, () => 1])
        expect(refusal({ ...door, [member]: value })).toContain(member)
  })

  test('may say nothing of a lockout: then nobody is locked, whatever they try', async () => {
    const gate = defineApi({
      id: 'gate',
      user: { code: text({ about: 'the code' }) },
      clauses: { 'G-1': { text: 'It tells.', says: { told: (is: string) => bare(200, is) } } },
      operations: {
        open: {
          at: 'POST /open',
          about: 'opens',
          step: ({ user, attempt, say }) => {
            const who = user('ada')
            if (who === undefined) return say.told('nobody')
            const { is } = attempt(who, false)
            return say.told(is)
          },
        },
      },
    })
    const world = await createWorld({ gate: { users: { ada: { code: '1' } } } }, { apis: { gate } })
    expect(world.gate.user('ada').set({ code: '2' })).toEqual({
      username: 'ada',
      state: 'open',
      details: { code: '2' },
    })
    expect(Object.keys(gate.providerStates)).toEqual(['a user of gate who is open', "the server's clock"])
    expect(world.arrange('a user of gate who is open')).toMatchObject({ username: 'user-1' })
  })

  test('makes up what a provider state leaves blank, and asks for what it cannot', async () => {
    const fields = {
      kinds: choice(['day', 'night'], { about: 'x' }),
      lasts: duration({ about: 'x', min: 5 }),
      tags: list(text({ about: 'x' }), { about: 'x' }),
      doors: map(text({ about: 'x' }), { about: 'x' }),
      home: object({ city: text({ about: 'x' }), zip: text({ about: 'x', optional: true }) }, { about: 'x' }),
      visits: integer({ about: 'x', default: 7 }),
    }
    const plain = defineApi({ ...door, user: fields } as never) as ReturnType<typeof defineApi>
    const world = await createWorld({}, { apis: { door: plain } })
    expect(world.arrange('a user of door who is open')).toEqual({
      username: 'user-1',
      kinds: 'day',
      lasts: 5,
      tags: [],
      doors: {},
      home: { city: expect.stringMatching(/^\d{8}$/) },
      visits: 7,
    })
    const strict = defineApi({ ...door, user: { code: text({ about: 'a word', pattern: /^[a-z]+$/ }) } } as never)
    const other = await createWorld({}, { apis: { door: strict } })
    expect(() => other.arrange('a user of door who is open')).toThrow(
      'Nobody has said code (a word), and it cannot be made up',
    )
    expect(other.arrange('a user of door who is open', { code: 'abc' })).toMatchObject({ code: 'abc' })
  })
})

test('a default of a duration is written as people write it, and read in milliseconds', async () => {
  const slow = defineApi({
    ...door,
    settings: { slow: duration({ about: 'how long it takes', default: '5m' }) },
    operations: { open: { at: 'POST /open', about: 'opens', step: ({ say }) => say.open } },
  })
  const world = await createWorld({}, { apis: { door: slow } })
  expect(world.door.settings.slow).toBe(300_000)
  expect(duration({ about: 'x', optional: true })).not.toHaveProperty('default')
})
