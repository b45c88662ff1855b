import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Command } from 'commander'
import * as registry from '../apis/registry.ts'
import { UnderstudyError } from '../core/errors.ts'
import { commandLine, scenarioWord } from '../core/shell-syntax.ts'
import { filesIn } from '../scenario/files.ts'
import { loadScenario } from '../scenario/load.ts'
import { shipped } from '../scenario/shipped.ts'
import { toPlayable } from '../scenario/snapshot-file.ts'
import { toYaml } from '../scenario/to-yaml.ts'
import { group, liveCommand, option, print, show, type LiveOptions, type Shell } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { table } from './table.ts'
import { codeOf, messageOf } from '../core/thrown.ts'

type NewOptions = LiveOptions & { readonly extends: string; readonly force?: boolean }

/** `understudy scenario …`: scenario files; all but `use` do without a server. */
export function scenarioCommand(shell: Shell): Command {
  const json = (): ReturnType<typeof option> => option('--json', 'prints JSON')
  return group('scenario', 'scenario files', [
    new Command('list')
      .description('the shipped scenarios')
      .addOption(json())
      .action((options: LiveOptions) => list(shell, options)),
    new Command('show')
      .description('a scenario with what it extends, as one file')
      .argument('<scenario>', 'a shipped name or a file')
      .addOption(json())
      .action((scenario: string, options: LiveOptions) => showOne(shell, options, scenario)),
    new Command('check')
      .description('reads scenario files and says what is wrong with them')
      .argument('<files...>')
      .addOption(json())
      .action((paths: readonly string[], options: LiveOptions) => check(shell, options, paths)),
    new Command('new')
      .description('writes a scenario file to start from')
      .argument('<file>')
      .addOption(option('--extends <scenario>', 'what it starts from').default('default'))
      .addOption(option('--force', 'overwrites a file'))
      .action((file: string, options: NewOptions) => create(shell, options, file)),
    liveCommand('use', 'plays another scenario from its start, in place of the one that is served')
      .argument('<scenario>', 'a shipped name or a file')
      .action((scenario: string, options: LiveOptions) => use(shell, options, scenario)),
  ])
}

/** A file is read here and sent whole: the server never opens a path that somebody tells it. */
async function use(shell: Shell, options: LiveOptions, scenario: string): Promise<void> {
  const { setup } = await load(shell, scenario)
  await show(
    shell,
    options,
    (server) =>
      server.request('POST /scenario', {
        body: { scenario: Object.hasOwn(shipped, scenario) ? scenario : toPlayable(setup) },
      }),
    ({ description }) => `${setup.name} is played: ${description}`,
  )
}

function list(shell: Shell, options: LiveOptions): void {
  const scenarios = Object.entries(shipped).map(([name, { description }]) => ({
    name,
    description: String(description),
  }))
  print(shell, options, { scenarios }, (data) =>
    table(
      ['NAME', 'WHAT FOR'],
      data.scenarios.map(({ name, description }) => [name, description]),
    ),
  )
}

async function showOne(shell: Shell, options: LiveOptions, scenario: string): Promise<void> {
  const { setup } = await load(shell, scenario)
  const source = toPlayable(setup)
  const yaml = await toYaml(source)
  print(shell, options, source, () => yaml.trimEnd().split('\n'))
}

async function check(shell: Shell, options: LiveOptions, paths: readonly string[]): Promise<void> {
  const results: { file: string; ok: boolean; problem?: string }[] = []
  for (const file of paths) {
    try {
      await load(shell, file)
      results.push({ file, ok: true })
    } catch (error) {
      if (!(error instanceof UnderstudyError)) throw error
      results.push({ file, ok: false, problem: error.message })
    }
  }
  print(shell, options, { results }, (data) =>
    data.results.flatMap(({ file, problem }) => problem?.split('\n') ?? [`${file}: ok`]),
  )
  if (results.some(({ ok }) => !ok)) shell.exitWith(exitCodes.usage)
}

async function create(shell: Shell, options: NewOptions, file: string): Promise<void> {
  await load(shell, options.extends)
  const path = resolve(shell.io.cwd, file)
  const text = [
    '# yaml-language-server: $schema=./node_modules/auth-understudy/scenarios/scenario.schema.json',
    'description: What this scenario is for, in one sentence',
    (await toYaml({ extends: options.extends })).trimEnd(),
    'secure-login:',
    '  blockAfter: 3',
    '  blockFor: 30m',
    '  users:',
    '    alice: { state: enter, pin: "910817", failures: 2 }',
    '',
  ].join('\n')
  try {
    await writeFile(path, text, { flag: options.force === true ? 'w' : 'wx' })
  } catch (error) {
    const [code, message] = [codeOf(error), messageOf(error)]
    const why = code === 'EEXIST' ? 'it exists already; --force overwrites it' : message
    throw new UnderstudyError('ERR_USAGE', `${path} was not written: ${why}.`)
  }
  const line = commandLine(shell.io.shell, 'understudy', 'serve', scenarioWord(file), '--watch')
  shell.io.err(`wrote ${file}; play it with \`${line}\``)
}

function load(shell: Shell, scenario: string): ReturnType<typeof loadScenario> {
  return loadScenario(scenario, { apis: Object.values(registry), files: filesIn(shell.io.cwd) })
}
