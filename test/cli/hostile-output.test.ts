import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { stringify } from 'yaml'
import { commands } from '../../src/cli/commands.ts'
import { createProgram } from '../../src/cli/program.ts'
import { createWorld, type Scenario } from '../../src/index.ts'
import { listen, trace } from '../../src/node.ts'
import { secureLoginCompany } from '../contract/company.ts'
import { alice, esc, live, others } from '../hostile/commands.ts'
import { evilScenario } from '../hostile/scenarios.ts'
import { evilBodies, serveBent, serveEvil } from '../hostile/servers.ts'
import { commandsIn, raw } from '../hostile/text.ts'
import { apiPath } from '../support/phone.ts'
import { request } from '../support/request.ts'
import { writeModule } from '../support/turnstile-file.ts'
import { Terminal, until, type Lines } from './terminal.ts'

/** Where commands are run: a directory with hostile files, a hostile world that is served, and servers that mean no good. */
interface Stand {
  readonly terminal: Terminal
  readonly url: string
  /** A server that makes everything it tells hostile. */
  readonly bentUrl: string
}

async function open(): Promise<Stand> {
  const terminal = new Terminal()
  const { cwd } = terminal
  const write = (name: string, data: unknown): void => writeFileSync(join(cwd, name), stringify(data))
  write('evil.yaml', evilScenario)
  writeModule(
    cwd,
    'evil.js',
    `export const evil = { ...turnstile, id: ${JSON.stringify(esc)}, [${JSON.stringify(esc)}]: 1 }`,
  )
  writeModule(cwd, 'throws.js', `throw new Error(${JSON.stringify(esc)})`)
  write('wrong.yaml', { description: 'x', [`key${esc}`]: 1, 'secure-login': { users: { [alice]: { state: esc } } } })
  writeFileSync(join(cwd, 'broken.yaml'), `description: "\u001b[31m\n  - [\u202e\n`)
  for (const [index, body] of evilBodies.entries()) {
    const baseUrl = `${await serveEvil(body)}/jira`
    write(`target-${index}.yaml`, { api: 'secure-login', baseUrl, accounts: secureLoginCompany.accounts })
  }
  writeFileSync(join(cwd, 'evil-pact.json'), JSON.stringify(evilPact))
  const { interactions } = evilPact
  const other = interactions.map((each) => ({
    ...each,
    response: { status: 201, headers: { [esc]: esc }, [esc]: esc },
  }))
  writeFileSync(join(cwd, 'other-pact.json'), JSON.stringify({ ...evilPact, interactions: other }))
  writeFileSync(join(cwd, 'broken-pact.json'), `{"interactions": [${esc}`)
  write('wrong-target.yaml', { api: `secure${esc}`, baseUrl: esc, accounts: { [`role${esc}`]: {} }, [esc]: 1 })
  const world = await createWorld(evilScenario as Scenario)
  const traces = join(cwd, '.understudy/traces')
  mkdirSync(traces, { recursive: true })
  writeFileSync(join(traces, 'x\u001b[31m\n::error::.ndjson'), '{"trace":"\u001b[31m')
  await trace(world, { dir: traces })
  const server = await listen(world)
  onTestFinished(() => server.close())
  const own = { username: alice, password: 'pw' }
  await world.play(
    request('POST', '/jira/rest/auth/1/session', {
      headers: ['content-type', 'application/json'],
      body: JSON.stringify(own),
    }),
  )
  const login = { username: 'x\u001b]0;PWN\u0007', password: 'y' }
  const headers = ['content-type', 'application/json', 'user-agent', 'a\u009b31m']
  await world.play(request('POST', '/jira/rest/auth/1/session', { headers, body: JSON.stringify(login) }))
  await world.play(request('GET', `${apiPath}/info`))
  await world.play(request('GET', `/jira/\u001b[31m\n::error::/${apiPath}`))
  world.faults.add({ on: '*', user: alice, reply: { status: 500, body: esc }, times: 5 })
  world.schedule.add({ at: '+1h', user: alice, set: { state: 'blocked' } })
  world.worlds.saveSnapshot('one', world.snapshot())
  writeFileSync(join(cwd, 'snapshot.json'), JSON.stringify(world.snapshot()))
  return { terminal, url: server.url, bentUrl: await serveBent(server.url) }
}

const evilPact = {
  consumer: { name: `web${esc}` },
  provider: { name: `p${esc}` },
  interactions: [esc, `x${esc}`].map((description, index) => ({
    description,
    ...(index === 0 ? {} : { providerStates: [{ name: `state${esc}`, params: { [esc]: esc } }] }),
    request: { method: 'GET', path: `${apiPath}/info`, headers: { 'X-Of': 'a' } },
    response: { status: 200, body: { [`member${esc}`]: esc, active: esc } },
  })),
}

/** Every command there is, by the words that call it. */
function allCommands(): string[] {
  const io = { out: () => undefined, err: () => undefined } as never
  const program = createProgram({ io, rest: [], exitWith: () => undefined }, commands)
  return program.commands.flatMap((command) =>
    command.commands.length === 0
      ? [command.name()]
      : // What has options of its own does something without a further word, too.
        [
          ...(command.options.length > 0 ? [command.name()] : []),
          ...command.commands.map((child) => `${command.name()} ${child.name()}`),
        ],
  )
}

/** What is ours of an output to a terminal: the colours of `shown.ts`, and how they end. */
// oxlint-disable-next-line no-control-regex
const colours = /\u001b\[(?:1|2|22|31|32|33|39)m/g

/** What a command has written that nobody should get from somebody else, off a terminal and on one. */
function harmIn({ out, err, painted }: Lines): readonly string[] {
  return [out, err, painted.map((text) => text.replaceAll(colours, ''))].flatMap((texts) => {
    const text = texts.join('\n')
    const forged = text.split('\n').filter((line) => line.startsWith('FAKE'))
    return [...raw(text).filter((each) => each !== '\n'), ...commandsIn(text), ...forged]
  })
}

async function linesOf({ terminal }: Stand, argv: readonly string[]): Promise<Lines> {
  const { done, lines } = terminal.begin(...argv)
  let isDone = false
  void done.then(() => (isDone = true))
  // What is served goes on until it is ended, and tells of a request first.
  const url = (): string | undefined => /http:\/\/127\.0\.0\.1:\d+/.exec([...lines.out, ...lines.err].join('\n'))?.[0]
  if (argv[0] === 'serve') {
    await until(() => isDone || url() !== undefined)
    if (!isDone) await ask(`${url()}`)
    terminal.signal('SIGTERM')
  }
  await done
  return lines
}

/** Asks as somebody who means no good. */
async function ask(url: string): Promise<void> {
  const body = JSON.stringify({ username: 'x\u001b]0;PWN\u0007\n::error::', password: 'y' })
  const headers = { 'content-type': 'application/json' }
  await fetch(`${url}/jira/rest/auth/1/session`, { method: 'POST', headers, body })
  await fetch(`${url}/jira/%1B[31m%0A::error::`)
}

test('there is a case for every command', () => {
  expect(Object.keys({ ...live, ...others }).sort()).toEqual(allCommands().sort())
})

describe('hostile texts are no more than text in what is printed by', () => {
  test.each(Object.entries(others))('%s', async (command, cases) => {
    const stand = await open()
    for (const argv of cases) expect(harmIn(await linesOf(stand, [...command.split(' '), ...argv]))).toEqual([])
  })

  test.each([[['requests']], [['requests', '--json']]])('%j that follow', async (argv) => {
    const { terminal, url } = await open()
    const { done, lines } = terminal.begin(...argv, '--follow', '--url', url)
    await until(() => lines.out.length > 0)
    const isTold = (): boolean => lines.out.join('\n').includes('r5')
    // Whoever follows may not have begun to listen.
    for (let tries = 0; tries < 50 && !isTold(); tries++) await ask(url)
    await until(isTold)
    terminal.signal('SIGINT')
    expect(await done).toBe(130)
    expect(harmIn(lines)).toEqual([])
  })

  test.each(Object.entries(live))('%s', async (command, cases) => {
    const stand = await open()
    const told: string[] = []
    for (const argv of cases) {
      for (const url of [stand.url, stand.bentUrl]) {
        const lines = await linesOf(stand, [...command.split(' '), ...argv, '--url', url])
        expect(harmIn(lines)).toEqual([])
        told.push(...lines.painted)
      }
    }
    // That it is there shows that it is escaped, not left out.
    expect(told.join('\n')).toMatch(/PWN|RED|u001b/)
  })
})
