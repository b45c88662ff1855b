import { dirname, resolve } from 'node:path'
import { Command } from 'commander'
import { commandLine, scenarioWord } from '../core/shell-syntax.ts'
import { filesIn } from '../scenario/files.ts'
import { loadScenario } from '../scenario/load.ts'
import { scenarioSchema } from '../scenario/schema.ts'
import { toYaml } from '../scenario/to-yaml.ts'
import { apiOption, apisNamed } from './apis.ts'
import { option, type Shell } from './command.ts'
import { copied, schemaPlace, writeCopy } from './schema-place.ts'
import { jsonLines } from './shown.ts'
import { writeNamed } from './written-file.ts'

interface NewOptions {
  readonly api?: readonly string[]
  readonly extends: string
  readonly force?: boolean
}

/** `understudy scenario new`: a file to start from, which editors complete and check. */
export function newScenarioCommand(shell: Shell): Command {
  return new Command('new')
    .description('writes a scenario file to start from')
    .argument('<file>')
    .addOption(option('--extends <scenario>', 'what it starts from').default('default'))
    .addOption(apiOption('an API of your own that it speaks of, by the file that exports it; repeatable'))
    .addOption(option('--force', 'overwrites a file'))
    .addHelpText(
      'after',
      '\nThe file says where its schema is, for editors: in node_modules, or else in scenario.schema.json beside it, which is written too.' +
        '\nWith --api the schema has the APIs of your own, and stands beside it. Exit codes: 0; 2 where something is in the way.',
    )
    .action((file: string, options: NewOptions) => create(shell, file, options))
}

async function create({ io }: Shell, file: string, { api: named, extends: parent, force }: NewOptions): Promise<void> {
  const { all: apis } = await apisNamed(io, named)
  await loadScenario(parent, { apis, files: filesIn(io.cwd) })
  const path = resolve(io.cwd, file)
  const schema = 'scenarios/scenario.schema.json'
  // The package's own schema knows no API of somebody else's.
  const { reference, copy } =
    named === undefined ? schemaPlace(path, schema) : copied(dirname(path), 'scenario.schema.json')
  const text = /\.json$/i.test(file) ? asJson(parent, reference) : await asYaml(parent, reference)
  await writeNamed(io, file, text, force === true)
  const copies =
    copy === undefined ? '' : await writeCopy(io, copy, `${jsonLines(scenarioSchema(apis), 2).join('\n')}\n`, force)
  io.err(
    `wrote ${file}${copies}; play it with \`${commandLine(io.shell, 'understudy', 'serve', scenarioWord(file), '--watch')}\``,
  )
}

const description = 'What this scenario is for, in one sentence'

async function asYaml(parent: string, schema: string): Promise<string> {
  return [
    `# yaml-language-server: $schema=${schema}`,
    `description: ${description}`,
    (await toYaml({ extends: parent })).trimEnd(),
    'secure-login:',
    '  blockAfter: 3',
    '  blockFor: 30m',
    '  users:',
    '    alice: { state: enter, pin: "910817", failures: 2 }',
    '',
  ].join('\n')
}

function asJson(parent: string, $schema: string): string {
  const users = { alice: { state: 'enter', pin: '910817', failures: 2 } }
  const scenario = {
    $schema,
    description,
    extends: parent,
    'secure-login': { blockAfter: 3, blockFor: '30m', users },
  }
  return `${jsonLines(scenario, 2).join('\n')}\n`
}
