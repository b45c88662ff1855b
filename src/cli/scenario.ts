import { Command, type Option } from 'commander'
import { UnderstudyError } from '../core/errors.ts'
import { filesIn } from '../scenario/files.ts'
import { loadScenario, type LoadedScenario } from '../scenario/load.ts'
import { scenarioSchema } from '../scenario/schema.ts'
import { shipped } from '../scenario/shipped.ts'
import { toPlayable } from '../scenario/snapshot-file.ts'
import { toYaml } from '../scenario/to-yaml.ts'
import { apiOption, apisNamed } from './apis.ts'
import { group, liveCommand, option, print, show, type LiveOptions, type Shell } from './command.ts'
import { showDifference } from './difference.ts'
import { exitCodes } from './exit-code.ts'
import { newScenarioCommand } from './scenario-new.ts'
import { jsonLines } from './shown.ts'
import { table } from './table.ts'

/** APIs of your own that a scenario may speak of. */
type ApiFlags = LiveOptions & { readonly api?: readonly string[] }

/** `understudy scenario …`: scenario files; all but `use` and `diff` do without a server. */
export function scenarioCommand(shell: Shell): Command {
  const json = (): Option => option('--json', 'prints JSON')
  const apis = (): Option => apiOption('an API of your own that it speaks of, by the file that exports it; repeatable')
  return group('scenario', 'scenario files', [
    new Command('list')
      .description('the shipped scenarios')
      .addOption(json())
      .action((options: LiveOptions) => list(shell, options)),
    new Command('show')
      .description('a scenario with what it extends, as one file')
      .argument('<scenario>', 'a shipped name or a file')
      .addOption(apis())
      .addOption(json())
      .action((scenario: string, options: ApiFlags) => showOne(shell, options, scenario)),
    new Command('check')
      .description('reads scenario files and says what is wrong with them')
      .argument('<files...>')
      .addOption(apis())
      .addOption(json())
      .action((paths: readonly string[], options: ApiFlags) => check(shell, options, paths)),
    newScenarioCommand(shell),
    new Command('schema')
      .description('the JSON Schema of scenarios, for editors')
      .addOption(apis())
      .action((options: ApiFlags) => schema(shell, options)),
    liveCommand('diff', 'what differs in the world from the start of the scenario that it plays').action(
      (options: LiveOptions) => showDifference(shell, options, undefined, undefined),
    ),
    liveCommand('use', 'plays another scenario from its start, in place of the one that is served')
      .argument('<scenario>', 'a shipped name or a file')
      .addOption(apis())
      .action((scenario: string, options: ApiFlags) => use(shell, options, scenario)),
  ])
}

/** A file is read here and sent whole: the server never opens a path that somebody tells it. */
async function use(shell: Shell, options: ApiFlags, scenario: string): Promise<void> {
  const { setup } = await load(shell, scenario, options)
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

async function showOne(shell: Shell, options: ApiFlags, scenario: string): Promise<void> {
  const { setup } = await load(shell, scenario, options)
  const source = toPlayable(setup)
  const yaml = await toYaml(source)
  print(shell, options, source, () => yaml.trimEnd().split('\n'))
}

async function check(shell: Shell, options: ApiFlags, paths: readonly string[]): Promise<void> {
  const results: { file: string; ok: boolean; problem?: string }[] = []
  const { all: apis } = await apisNamed(shell.io, options.api)
  for (const file of paths) {
    try {
      await loadScenario(file, { apis, files: filesIn(shell.io.cwd) })
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

/** Data as it is, and nothing else: what it is written to is an editor's. */
async function schema({ io }: Shell, { api }: ApiFlags): Promise<void> {
  const { all } = await apisNamed(io, api)
  io.out(jsonLines(scenarioSchema(all), 2))
}

async function load({ io }: Shell, scenario: string, { api }: ApiFlags): Promise<LoadedScenario> {
  const { all: apis } = await apisNamed(io, api)
  return loadScenario(scenario, { apis, files: filesIn(io.cwd) })
}
