import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ownJourneys } from '../../src/contract/journeys/own-journeys.ts'
import type { CheckedApi } from '../../src/contract/target/checked-api.ts'
import { readSettings } from '../../src/contract/target/settings.ts'
import type { Journey } from '../../src/core/journey.ts'
import { newDirectory } from './bench.ts'
import { checkedApis, genticsCms, secureLogin, sirportly } from './checked.ts'

/** Reads files of journeys as the target of an API would. */
async function read(api: CheckedApi, files: { readonly [name: string]: string }, source = '.'): Promise<Journey[]> {
  const cwd = newDirectory()
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text)
  return ownJourneys([{ source, cwd }], {
    api,
    settings: readSettings(api, {}),
    apis: checkedApis.map(({ id }) => id),
  })
}

/** What is told of a file that cannot be played, line by line. */
async function told(api: CheckedApi, text: string): Promise<readonly string[]> {
  const error = await read(api, { 'mine.yaml': text }).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'ERR_JOURNEY_INVALID' })
  return (error as Error).message.split('\n').map((line) => line.trim())
}

const head = 'title: t\nas: enter\nsteps:\n'
const step = (text: string): string => `${head}  - ${text}\n`

describe('a file that is no journey is told what is wrong with it, by line', () => {
  it.each([
    ['', 'mine.yaml:1:1: title: is missing: what it shows, in one sentence'],
    ['title: t\nsteps: []\n', 'mine.yaml:2:1: steps: It has no steps, so that it would show nothing.'],
    ['title: t\nsteps:\n', 'mine.yaml:2:1: steps: It has no steps, so that it would show nothing.'],
    ['title: t\nstep: []\nsteps: []\n', /^mine\.yaml:2:1: step: "step" is not known here; .* Did you mean "steps"\?$/],
    ['title: t\nas: enterr\nsteps: []\n', /^mine\.yaml:2:5: as: "enterr" is not a role of Secure Login; .*"enter"\?$/],
    [
      'api: secure-logn\ntitle: t\nsteps: []\n',
      /^mine\.yaml:1:6: api: "secure-logn" is not an API .*"secure-login"\?$/,
    ],
    [
      'title: t\nneeds: { blockAftr: 3 }\nsteps: []\n',
      /^mine\.yaml:2:10: needs\.blockAftr: .*Did you mean "blockAfter"\?$/,
    ],
    [step('times: 3'), 'mine.yaml:4:5: steps[0]: A step has ask, wait or arrange; this one has none of them.'],
    [step('{ wait: 3m, ask: { operation: user } }'), /^mine\.yaml:4:5: steps\[0\]: .* this one has ask and wait\.$/],
    [step('{ wait: 3m, expect: { status: 200 } }'), /^mine\.yaml:4:17: steps\[0\]\.expect: Only a step that asks has/],
    [step('wait: 3'), /^mine\.yaml:4:11: steps\[0\]\.wait: 3 is not text/],
    [
      step('wait: soon'),
      /^mine\.yaml:4:11: .* is not a duration such as 90s, 31m or 1h30m of no more than a year, or until\.$/,
    ],
    [
      step('ask: { operation: secure-login.aut }'),
      /^mine\.yaml:4:23: steps\[0\]\.ask\.operation: "secure-login\.aut" is not an operation of Secure Login; .* Did you mean "secure-login\.auth"\?$/,
    ],
    [
      step('ask: { operation: sirportly.authenticate }'),
      /is not an operation of Secure Login; there are secure-login\.info,/,
    ],
    [
      step('ask: { body: wrong }'),
      /^mine\.yaml:4:10: steps\[0\]\.ask: It asks for one thing: it has operation or path\.$/,
    ],
    [step('ask: { path: rest }'), /^mine\.yaml:4:18: .* is not a path that begins with \/ and has no spaces\.$/],
    [step('ask: { path: https://jira.example/rest }'), /is not a path that begins with \//],
    [
      step('ask: { path: /jira/rest/securelogin-admin/1.0/api/user }'),
      /^mine\.yaml:4:18: steps\[0\]\.ask\.path: Paths are below the target's baseUrl, which ends with \/jira: write \/rest\/securelogin-admin\/1\.0\/api\/user\.$/,
    ],
    [
      step('ask: { path: /rst/securelogin-admin/1.0/api/user }'),
      /Nothing of Secure Login is at or below \/rst\/\S+; .* Did you mean "\/rest\/securelogin-admin\/1\.0\/api\/user"\?$/,
    ],
    [
      step('ask: { operation: info, method: POST, body: wrong }'),
      /"wrong" means nothing to secure-login\.info: it does to secure-login\.auth, secure-login\.login\.$/,
    ],
    [
      step('ask: { operation: info, body: x }'),
      /^mine\.yaml:4:35: steps\[0\]\.ask\.body: GET carries no body: say method: POST, or another\.$/,
    ],
    [
      step('ask: { operation: auth, body: "{{pni}}" }'),
      /^mine\.yaml:4:35: .*\{\{pni\}\} names no value; there are username, .* Did you mean "pin"\?$/,
    ],
    [
      step('ask: { operation: auth, body: "{pin}" }'),
      /\{pin\} is no name of a value: those stand in two braces, \{\{pin\}\}\.$/,
    ],
    [
      step('ask: { operation: user, headers: { "a b": c } }'),
      /^mine\.yaml:4:40: steps\[0\]\.ask\.headers\.a b: "a b" is no header that HTTP can carry/,
    ],
    [step('ask: { operation: user, headers: { a: "x\\ny" } }'), /"a" is no header that HTTP can carry/],
    [step('ask: { operation: user, headers: { content-length: 3 } }'), /"content-length" is the connection's/],
    [
      step('ask: { operation: user, params: { id: 3 } }'),
      /"id" is not in \/rest\/\S+\/user, which leaves nothing open\.$/,
    ],
    [
      step('ask: { operation: auth, body: { "{{pin}}": 1 } }'),
      /is the name of a member, in which no value can stand\.$/,
    ],
    [
      step('{ ask: { operation: user }, times: 0 }'),
      /^mine\.yaml:4:40: steps\[0\]\.times: .* is not a number from 1 to 999, limit or limit-1\.$/,
    ],
    [
      step('{ ask: { operation: user }, expect: {} }'),
      /^mine\.yaml:4:33: steps\[0\]\.expect: It expects nothing: it has status, headers, body or parts\.$/,
    ],
    [
      step('{ ask: { operation: user }, expect: { status: ok } }'),
      /^mine\.yaml:4:51: .*"ok" is not a whole number from 100 to 599\.$/,
    ],
    [
      step('{ ask: { operation: user }, capture: { state: state } }'),
      /"state" is no place in an answer: write \$\.state,/,
    ],
    [
      step('{ ask: { operation: user }, capture: { pin: $.state } }'),
      /^mine\.yaml:4:44: steps\[0\]\.capture\.pin: "pin" has a meaning already; take another name\.$/,
    ],
    [step('{ ask: { operation: user }, capture: { a-b: $.state } }'), /is not a name of letters and digits/],
    [
      step('{ ask: { operation: user }, as: bypas }'),
      /"bypas" is not a role of Secure Login; .*Did you mean "bypass"\?$/,
    ],
    [
      step('{ ask: { operation: user }, session: old }'),
      /^mine\.yaml:4:42: steps\[0\]\.session: .*new, none, or the number of a session/,
    ],
    [
      step('arrange: { state: the plug-in is inactiv }'),
      /^mine\.yaml:4:23: .*is not a provider state of Secure Login; .*"the plug-in is inactive"\?$/,
    ],
    [step('arrange: { state: constructor }'), /"constructor" is not a provider state of Secure Login;/],
    [step('wait: 9999999d'), /is not a duration such as 90s, 31m or 1h30m of no more than a year, or until\.$/],
    [
      step('arrange: { state: a blocked user, params: { usrname: x } }'),
      /steps\[0\]\.arrange\.params\.usrname: .*Did you mean "username"\?$/,
    ],
    [
      'title: t\nsteps:\n  - ask: { operation: auth, body: right }\n',
      /Nobody asks, so that no code is right: say as: <role>\.$/,
    ],
    [
      'title: t\nsteps:\n  - ask: { operation: auth, body: "{{pin}}" }\n',
      /names no value; nobody asks, so there are none; say as: <role>\.$/,
    ],
    ['title: t\nsteps:\n  - { ask: { operation: user }, session: new }\n', /Nobody asks, so that no session is opened/],
    ['title: [\n', /^mine\.yaml:2:1: /],
    ['- a\n', /is not a map with \$schema, api, title, as, needs, steps\.$/],
  ])('%j', async (text, line) => {
    const lines = await told(secureLogin, text)
    expect(lines.filter((each) => (typeof line === 'string' ? each === line : line.test(each)))).toHaveLength(1)
  })

  it.each([
    [
      'as: user\nsteps:\n  - { ask: { operation: login, body: wrong }, times: limit }',
      /Gentics CMS locks nobody for wrong codes/,
    ],
    [
      'as: user\nsteps:\n  - wait: until',
      /^mine\.yaml:4:11: steps\[0\]\.wait: No answer of Gentics CMS tells until when/,
    ],
    [
      'as: user\nsteps:\n  - ask: { operation: validate }',
      /steps\[0\]\.ask\.params\.sid: is missing: what \/rest\/auth\/validate\/\{sid\} leaves open$/,
    ],
  ])('of another API: %j', async (text, line) => {
    expect(await told(genticsCms, `title: t\n${text}\n`)).toContainEqual(expect.stringMatching(line))
  })

  it('which is no form', async () => {
    const form = (body: string): string =>
      `title: t\nas: user\nsteps:\n  - ask: { operation: authenticate, body: ${body} }\n`
    expect(await told(sirportly, form('[a]'))).toContainEqual(
      expect.stringMatching(/A form is a map from names to texts\.$/),
    )
    expect(await told(sirportly, form('{ a: [b] }'))).toContainEqual(
      expect.stringMatching(/^mine\.yaml:4:48: steps\[0\]\.ask\.body\.a: A value of a form is a text/),
    )
  })

  it('all at once, in the order of the file, and of every file', async () => {
    const error = await read(secureLogin, {
      'a.yaml': `${head}  - ask: { operation: usr }\n  - wait: x\n`,
      'b.yaml': 'title: t\nsteps: []\n',
    }).catch((reason: unknown) => reason)
    expect((error as Error).message.split('\n').map((line) => line.slice(0, 36))).toEqual([
      'The journey a.yaml cannot be played.',
      '  a.yaml:5:11: steps[1].wait: "x" is',
      'The journey b.yaml cannot be played.',
      '  b.yaml:2:1: steps: It has no steps',
    ])
  })
})

describe('files of journeys', () => {
  const good = step('ask: { operation: user }')

  it('are those of a folder, a file or a glob, and of the API that is asked', async () => {
    const files = { 'a.yaml': good, 'b.yml': good, 'c.yaml': `api: sirportly\n${good}`, 'notes.txt': '' }
    const ids = async (source: string): Promise<string[]> =>
      (await read(secureLogin, files, source)).map(({ id }) => id)
    expect(await ids('.')).toEqual(['journey.a', 'journey.b'])
    expect(await ids('b.yml')).toEqual(['journey.b'])
    expect(await ids('*.yaml')).toEqual(['journey.a'])
  })

  it.each([
    ['nowhere', 'There is no journey file, and no folder, nowhere.'],
    ['*.json', 'No file is meant by *.json.'],
    ['.', 'a.yaml and a.yml would both be journey.a; rename one of them.'],
  ])('that there are not, or twice, are told: %s', async (source, message) => {
    const files = { 'a.yaml': good, 'a.yml': `${good}  - wait: 3m\n` }
    await expect(read(secureLogin, files, source)).rejects.toMatchObject({ code: 'ERR_USAGE', message })
  })

  it('of a folder without any are told', async () => {
    await expect(read(secureLogin, { 'a.txt': good })).rejects.toThrow(
      'The folder . has no .yaml files, so no journeys.',
    )
  })
})
