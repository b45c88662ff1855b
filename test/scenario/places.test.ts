import { describe, expect, it } from 'vitest'
import { createWorld, UnderstudyError, type Scenario } from '../../src/index.ts'
import { scenarioFiles } from '../support/scenario-files.ts'

/** What is told about a scenario that cannot be used. */
async function complaint(scenario: string | Scenario): Promise<string> {
  const error: unknown = await createWorld(scenario).catch((reason: unknown) => reason)
  if (error instanceof UnderstudyError && error.code === 'ERR_SCENARIO_INVALID') return error.message
  throw new Error('the scenario is not invalid', { cause: error })
}

/** What is told about one file, with its name in place of its path. */
async function complaintAbout(text: string, name = 'mine.yaml'): Promise<string> {
  const path = scenarioFiles({ [name]: text })[name] as string
  return (await complaint(path)).replaceAll(path, name)
}

describe('the place of a mistake', () => {
  it.each([
    [
      'a syntax error',
      'secure-login:\n  users:\n    alice: { pin: "910817"\n',
      /^mine\.yaml cannot be parsed\.\n {2}mine\.yaml:4:1: Flow map .* end with a \}\.$/,
    ],
    ['a tab', 'secure-login:\n\tusers: {}\n', /mine\.yaml:2:1: .*[Tt]ab/],
    [
      'a key that is there twice',
      'seed: 1\nclock: {}\nseed: 2\n',
      /mine\.yaml:3:1: "seed" is here twice; it is in line 1 already\.$/,
    ],
    [
      'an unknown key',
      'secure-login:\n  blockAfter: 3\n  blokFor: 30m\n',
      /\n {2}mine\.yaml:3:3: secure-login\.blokFor: .*Did you mean "blockFor"\?$/,
    ],
    [
      'a wrong value',
      'secure-login:\n  users:\n    alice: { state: entre }\n',
      /\n {2}mine\.yaml:3:21: secure-login\.users\.alice\.state: "entre" is not one of .*Did you mean "enter"\?$/,
    ],
    [
      'a value that is missing',
      'seed: 1\nfaults:\n  - { on: "*", delay: 1s }\n  - { delay: 1s }\n',
      /\n {2}mine\.yaml:4:5: faults\[1\]\.on: is missing: which operation/,
    ],
    [
      'a PIN without quotes',
      'secure-login:\n  users:\n    alice:\n      pin: 012345\n',
      /\n {2}mine\.yaml:4:12: secure-login\.users\.alice\.pin: The value is not text; put it in quotes\.$/,
    ],
    [
      'an unknown operation in a fault',
      'faults:\n  - delay: 1s\n    on: secure-login.atuh\n',
      /\n {2}mine\.yaml:3:9: faults\[0\]\.on: "secure-login\.atuh" is not an operation; .*Did you mean "secure-login\.auth"\?$/,
    ],
    [
      'a contradiction',
      'secure-login:\n  users:\n    alice:\n      state: enter\n      until: +30m\n',
      /\n {2}mine\.yaml:5:14: secure-login\.users\.alice\.until: `until` goes with state blocked/,
    ],
    [
      'a number where a map belongs',
      'secure-login:\n  users: 7\n  active: true\n',
      /mine\.yaml:2:10: secure-login\.users: .* is not a map/,
    ],
    [
      'a name that is a number',
      'secure-login:\n  users:\n    7: { pin: x }\n',
      /mine\.yaml:3:15: secure-login\.users\.7\.pin: /,
    ],
    ['what an alias repeats', 'clock: &c { scale: -1 }\n', /mine\.yaml:1:20: clock\.scale: -1 is not/],
  ])('is told of %s', async (_, text, expected) => {
    expect(await complaintAbout(text)).toMatch(expected)
  })

  it('is told in JSON as well', async () => {
    expect(await complaintAbout('{\n  "seed": 1,\n  "clock": { "frozen": "yes" }\n}\n', 'mine.json')).toContain(
      '\n  mine.json:3:24: clock.frozen: "yes" is not true or false; write true.',
    )
    expect(await complaintAbout('{\n  "seed": 1,\n  "clock": {\n', 'mine.json')).toMatch(/mine\.json:4:1: /)
  })

  it('is told of each mistake, one line for each', async () => {
    const told = await complaintAbout('seed: x\nsead: 1\nclock: { scale: fast }\n')
    expect(told.split('\n').map((line) => line.split(': ')[0]?.trim())).toEqual([
      'The scenario mine.yaml cannot be used',
      'mine.yaml:2:1',
      'mine.yaml:1:7',
      'mine.yaml:3:17',
    ])
  })

  it('stands on the error as data too', async () => {
    const path = scenarioFiles({ 'mine.yaml': 'clock:\n  frozn: true\n' })['mine.yaml']
    await expect(createWorld(path)).rejects.toMatchObject({
      issues: [{ path: ['clock', 'frozn'], nearest: 'frozen', place: { file: path, line: 2, column: 3 } }],
    })
  })

  it('is the parent file where the mistake is there, the child where it is there', async () => {
    const paths = scenarioFiles({
      'child.yaml': 'extends: parent.yaml\nsecure-login:\n  users:\n    bob: { pin: x }\n',
      'parent.yaml': '# the common part\nsecure-login:\n  users:\n    alice: { pin: y }\n  blockFor: 30\n',
    })
    expect(
      (await complaint(paths['child.yaml']))
        .split('\n')
        .slice(1)
        .map((line) => line.trim().split(': ', 2)),
    ).toEqual([
      [`${paths['parent.yaml']}:5:13`, 'secure-login.blockFor'],
      [`${paths['parent.yaml']}:4:19`, 'secure-login.users.alice.pin'],
      [`${paths['child.yaml']}:4:17`, 'secure-login.users.bob.pin'],
    ])
  })

  it('is the child where both files say it, because the child is the one that counts', async () => {
    const paths = scenarioFiles({
      'child.yaml': 'extends: parent.yaml\nseed: -1\n',
      'parent.yaml': 'description: common\nclock: {}\nseed: 3\n',
    })
    expect(await complaint(paths['child.yaml'])).toContain(`  ${paths['child.yaml']}:2:7: seed: -1 is not`)
  })

  it('is no line of a file when the mistake is in an object that extends it', async () => {
    const paths = scenarioFiles({ 'parent.yaml': 'seed: 3\nsecure-login: { blockAfter: 3 }\n' })
    const scenario = { extends: paths['parent.yaml'], 'secure-login': { blockAfter: 0 } }
    expect(await complaint(scenario)).toContain('\n  secure-login.blockAfter: 0 is not a number from 1 to 1000.')
  })

  it('is in the parent for what cannot be parsed there', async () => {
    const paths = scenarioFiles({ 'child.yaml': 'extends: parent.yaml\n', 'parent.yaml': 'a: [\n' })
    expect(await complaint(paths['child.yaml'])).toContain(`${paths['parent.yaml']}:2:1: `)
  })

  it('does not cost the server its life: an alias bomb is refused', async () => {
    const bomb = [
      'a: &a [x, x]',
      ...Array.from('bcdefghij', (letter, index) => {
        const previous = 'abcdefghij'[index]
        return `${letter}: &${letter} [*${previous}, *${previous}, *${previous}, *${previous}]`
      }),
    ]
    expect(await complaintAbout(`${bomb.join('\n')}\n`)).toMatch(
      /mine\.yaml:10:\d+: With this alias, aliases repeat more than 500000 values\.$/,
    )
  })
})
