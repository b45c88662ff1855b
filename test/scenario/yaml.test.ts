import { describe, expect, it } from 'vitest'
import { createWorld, UnderstudyError, type Scenario } from '../../src/index.ts'
import { parseSource } from '../../src/scenario/source.ts'
import { scenarioFiles } from '../support/scenario-files.ts'

/** All that is told about a text as a scenario file: a line for each mistake, or nothing. */
async function complaints(text: string): Promise<readonly string[]> {
  const { 'mine.yaml': path } = scenarioFiles({ 'mine.yaml': text })
  const error: unknown = await createWorld(path).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error === undefined) return []
  if (!(error instanceof UnderstudyError)) throw error
  const [, ...lines] = error.message.split('\n')
  return lines.map((line) => line.trim().replaceAll(path, 'mine.yaml'))
}

const tag = (name: string): string =>
  `${JSON.stringify(name)} has no meaning in this place; leave it out, and put what is text in quotes.`
const noName = 'A name is plain text: no list, no map, no alias and nothing with a tag.'
const inQuotes = 'is not text; put it in quotes.'

describe('what YAML has and a scenario has no use for', () => {
  it.each([
    ['!!set', 'secure-login: !!set {a, b}', '1:15', tag('!!set')],
    ['!!set further in', 'secure-login:\n  users: !!set\n    ? alice', '2:10', tag('!!set')],
    ['!!set spelt out', '!<tag:yaml.org,2002:set> {seed}', '1:1', tag('!<tag:yaml.org,2002:set>')],
    ['!!omap', 'secure-login: !!omap [a: 1]', '1:15', tag('!!omap')],
    ['!!pairs', 'secure-login: !!pairs [a: 1]', '1:15', tag('!!pairs')],
    ['!!binary', 'description: !!binary aGVsbG8=', '1:14', tag('!!binary')],
    ['!!timestamp', 'description: !!timestamp 2026-01-01', '1:14', tag('!!timestamp')],
    ['!!js/function', 'description: !!js/function "x"', '1:14', tag('!!js/function')],
    ['an unknown tag', 'description: !run touch', '1:14', tag('!run')],
    ['a handle of its own', '%TAG !e! tag:e,2000:\n---\nseed: !e!x 1', '3:7', tag('!e!x')],
    ['a tag that does not fit', 'description: !!int abc', '1:14', tag('!!int')],
    ['a tag on a name', '!!int 7: 1', '1:1', noName],
    ['a list as a name', '? [a, b]\n: c', '1:3', noName],
    ['a map as a name', '? {a: 1}\n: c', '1:3', noName],
    ['an alias as a name', 'seed: &a 1\n*a : 2', '2:1', noName],
    ['an alias of nothing', 'seed: *x', '1:7', 'The alias *x stands for nothing: there is no &x before it.'],
    ['an alias of itself', 'secure-login: &a {users: *a}', '1:26', 'The alias *a is part of what it stands for.'],
    ['a second document', 'seed: 1\n---\nseed: 2', '2:1', 'A second document begins here; a file holds one.'],
    ['an unknown directive', '%FOO bar\n---\nseed: 1', '1:1', '"%FOO bar" has no meaning here; leave the line out.'],
    ['an unknown version', '%YAML 9.9\n---\nseed: 1', '1:7', '"9.9" has no meaning here; leave the line out.'],
    [
      'YAML 1.1',
      '%YAML 1.1\n---\nsecure-login: {active: yes}',
      '1:1',
      'Files are read as YAML 1.2, in which yes, no and 012 mean something else than in 1.1; leave %YAML 1.1 out.',
    ],
    ['infinity', 'seed: .inf', '1:7', 'This is no number that can be used here.'],
    ['no number', 'clock: .nan', '1:8', 'This is no number that can be used here.'],
    ['a tab', 'secure-login:\n\tusers: {}', '2:1', 'Tabs are not allowed as indentation; use spaces.'],
    ['<< without a map', 'secure-login: {<<: 7}', '1:16', '"<<" takes a map, or a list of maps, such as *name.'],
    ['a name twice', '"se\\u0065d": 1\nseed: 2', '2:1', '"seed" is here twice; it is in line 1 already.'],
    ['a number as a name twice', 'a:\n  7: x\n  "7": y', '3:3', '"7" is here twice; it is in line 2 already.'],
    ['yes', 'secure-login: {active: yes}', '1:24', 'secure-login.active: "yes" is not true or false; write true.'],
    ['off', 'secure-login: {active: off}', '1:24', 'secure-login.active: "off" is not true or false; write false.'],
    ['a number in quotes', 'seed: "2"', '1:7', 'seed: "2" is not a whole number of at least 0; leave the quotes out.'],
    ['a wrong name after a byte order mark', '\uFEFFsed: 1', '1:1', expect.stringContaining('Did you mean "seed"?')],
  ])('is told of %s', async (_, text, place, message) => {
    const [line = '', ...more] = await complaints(`${text}\n`)
    const [, where, what] = /^mine\.yaml:(\d+:\d+): (.*)$/.exec(line) ?? []
    expect([where, what, more]).toEqual([place, message, []])
  })

  it.each([
    ['the tags of plain values', '!!map {seed: !!int 1, description: !!str 12}'],
    ['a name in quotes', '"seed": 1'],
    ['the version that is read', '%YAML 1.2\n---\nseed: 1'],
    ['the end of a document', 'seed: 1\n...\n'],
    ['a byte order mark', '\uFEFFseed: 1'],
    ["Windows' ends of lines", 'seed: 1\r\ndescription: x\r\n'],
  ])('takes %s', async (_, text) => {
    expect(await complaints(text)).toEqual([])
  })

  it('tells of an alias that nests too deeply', async () => {
    const lines = Array.from({ length: 250 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}]`)
    expect(await complaints(['a0: &a0 [x]', ...lines].join('\n'))).toEqual([
      'mine.yaml:201:13: With its aliases, this is nested more than 200 levels deep.',
    ])
  })
})

describe('what YAML has and a scenario uses', () => {
  it('are names as they are written, numbers and words for truth among them', async () => {
    const { 'a.yaml': path } = scenarioFiles({
      'a.yaml': 'secure-login:\n  users: {no: {}, 007: {}, 1e3: {}, ~: {}, true: {}, __proto__: {}, "<<": {}}\n',
    })
    const world = await createWorld(path)
    const names = ['no', '007', '1e3', '~', 'true', '__proto__', '<<']
    expect(world.secureLogin.users().items.map(({ username }) => username)).toEqual(names)
  })

  it('are merges: what is written beside them counts, and of several the first', () => {
    const text = [
      'a: &a { x: 1, y: 1 }',
      'b: &b { y: 2, z: 2 }',
      'one: { <<: *a, x: 3 }',
      'several: { z: 3, <<: [*b, *a] }',
      'own: { <<: { "__proto__": 1 } }',
    ].join('\n')
    const { data } = parseSource(text, 'a.yaml')
    expect(data).toMatchObject({ one: { x: 3, y: 1 }, several: { x: 1, y: 2, z: 3 } })
    expect(Object.entries((data as { own: object }).own)).toEqual([['__proto__', 1]])
  })

  it('are members for anchors alone, which nothing else looks at', async () => {
    const text = [
      'x-shared: &shared { state: enter, failures: 1 }',
      'secure-login:',
      '  users: { bob: *shared, carol: { <<: *shared, failures: 2 } }',
    ].join('\n')
    const { 'a.yaml': path } = scenarioFiles({ 'a.yaml': text })
    const world = await createWorld(path)
    expect(world.secureLogin.users().items.map(({ failures }) => failures)).toEqual([1, 2])
    expect(world.snapshot().scenario).not.toHaveProperty('x-shared')
    expect(await complaints('secure-login: { x-shared: 1 }')).toEqual([
      expect.stringContaining('"x-shared" is not known here'),
    ])
  })

  it('are texts with a tag, where quotes are no choice', async () => {
    const { 'a.yaml': path } = scenarioFiles({ 'a.yaml': 'secure-login: {users: {a: {pin: !!str 012345}}}\n' })
    expect((await createWorld(path)).secureLogin.user('a').view().details).toMatchObject({ pin: '012345' })
  })

  it('tells a mistake that a merge brought where it is merged', async () => {
    const text = 'secure-login:\n  users:\n    a: &a { stat: enter }\n    b:\n      <<: *a\n'
    expect((await complaints(text)).map((line) => line.split(': ').slice(0, 2))).toEqual([
      ['mine.yaml:3:13', 'secure-login.users.a.stat'],
      ['mine.yaml:5:7', 'secure-login.users.b.stat'],
    ])
  })
})

describe('files that people got wrong', () => {
  it('is a PIN without quotes: it is told what to write, for each', async () => {
    const text = 'secure-login:\n  users:\n    alice: { pin: 012345 }\n    bob: { pin: 910817 }\n'
    expect(await complaints(text)).toEqual([
      `mine.yaml:3:19: secure-login.users.alice.pin: The value ${inQuotes}`,
      `mine.yaml:4:17: secure-login.users.bob.pin: The value ${inQuotes}`,
    ])
  })

  it('are values of another kind: each is told', async () => {
    const text = [
      'description: 12',
      'clock: 2026-01-15T09:00:00Z',
      'secure-login:',
      '  blockAfter: three',
      '  blockFor: 30',
      '  users: [alice, bob]',
    ].join('\n')
    expect((await complaints(text)).map((line) => line.split(': ').slice(0, 3).join(': '))).toEqual([
      `mine.yaml:1:14: description: 12 ${inQuotes}`,
      'mine.yaml:2:8: clock: "2026-01-15T09:00:00Z" is not a map with at, frozen, scale, skew.',
      'mine.yaml:4:15: secure-login.blockAfter: "three" is not a whole number from 1 to 1000.',
      'mine.yaml:5:13: secure-login.blockFor: 30 is not a duration such as 90s, 30m or 1h30m.',
      'mine.yaml:6:10: secure-login.users: The value is not a map from names to values.',
    ])
  })
})

/** So many that what compares each with all others would not come to an end. */
const many = 20_000

function listOf(line: (number: number) => string): string {
  return Array.from({ length: many }, (_, index) => line(index)).join('\n')
}

describe('a scenario of many', () => {
  it.each([
    ['users', `secure-login:\n  users:\n${listOf((n) => `    u${n}: {}`)}\n`],
    ['users in JSON', `{"secure-login": {"users": {\n${listOf((n) => `"u${n}": {}${n === many - 1 ? '' : ','}`)}}}}`],
    ['users by one alias', `secure-login:\n  users:\n    base: &b {}\n${listOf((n) => `    u${n}: *b`)}\n`],
    [
      'users by a merge',
      `secure-login:\n  users:\n    base: &b {failures: 1}\n${listOf((n) => `    u${n}: {<<: *b}`)}\n`,
    ],
    ['people', `people:\n${listOf((n) => `  u${n}: {secure-login: {}, gentics-cms: {}}`)}\n`],
  ])('%s has all of them', async (_, text) => {
    const { 'a.yaml': path } = scenarioFiles({ 'a.yaml': text })
    const world = await createWorld(path)
    expect(world.secureLogin.user(`u${many - 1}`).view().state).toBe('enter')
    expect([many, many + 1]).toContain(world.secureLogin.users({ limit: 0 }).total)
  })

  it('is told of names that are there twice, each with its place', async () => {
    const text = `secure-login:\n  users:\n${listOf((n) => `    u${n}: {}`)}\n    u7: {}\n    u${many - 1}: {}\n`
    expect(await complaints(text)).toEqual([
      `mine.yaml:${many + 3}:5: "u7" is here twice; it is in line 10 already.`,
      `mine.yaml:${many + 4}:5: "u${many - 1}" is here twice; it is in line ${many + 2} already.`,
    ])
  })

  it('sessions of nobody are told, as many as anybody reads', async () => {
    const users = Object.fromEntries(Array.from({ length: many }, (_, n) => [`u${n}`, {}]))
    const sessions = Array.from({ length: many }, (_, n) => ({ user: `v${n}` }))
    const scenario = { 'gentics-cms': { users, sessions } } as Scenario
    const error: unknown = await createWorld(scenario).catch((reason: unknown) => reason)
    const { issues } = error as UnderstudyError
    expect(issues[0]).toMatchObject({ path: ['gentics-cms', 'sessions', 0, 'user'], nearest: 'u0' })
    expect([issues.length, issues.at(-1)?.message]).toEqual([101, 'and more of what is wrong.'])
  })

  it('faults is refused beyond as many as there may be', async () => {
    const faults = Array.from({ length: 1001 }, () => ({ on: '*', delay: '1s' }) as const)
    await expect(createWorld({ faults })).rejects.toThrow('faults: There are 1001 faults; there may be 1000.')
  })
})
