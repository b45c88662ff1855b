import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Command } from 'commander'
import { diagnose, type Diagnosis } from '../contract/diagnosing/diagnose.ts'
import { inWords } from '../core/json.ts'
import { commandLine, scenarioWord } from '../core/shell-syntax.ts'
import { toYaml } from '../scenario/to-yaml.ts'
import { ownApisOption } from './apis.ts'
import { ledgerOption, option, print, type Shell } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { progressOf } from './progress.ts'
import { journeysOption } from './run-options.ts'
import type { Line } from './shown.ts'
import { table } from './table.ts'
import { repertoireFor, withTarget, type InterruptibleTarget } from './target.ts'

type DiagnoseFlags = {
  readonly allowWait?: boolean
  readonly journeys?: readonly string[]
  readonly api?: readonly string[]
  readonly ledger?: string
  readonly write?: string
  readonly json?: boolean
}

/** `understudy diagnose <target>`: finds out how a real server was set up. */
export function diagnoseCommand(shell: Shell): Command {
  return new Command('diagnose')
    .description('finds out which revision, dialect and settings a server plays, and how the mock plays just that')
    .argument('<target>', 'a target file; `understudy init target` writes one')
    .addOption(option('--allow-wait', "waits in real time where the server's clock cannot be moved"))
    .addOption(journeysOption())
    .addOption(ownApisOption())
    .addOption(ledgerOption())
    .addOption(option('--write <file>', 'writes a scenario that makes the mock play that server'))
    .addOption(option('--json', 'prints JSON'))
    .action((path: string, flags: DiagnoseFlags) =>
      withTarget(shell, path, flags, (target) => run(shell, target, flags)),
    )
}

async function run(shell: Shell, target: InterruptibleTarget, flags: DiagnoseFlags): Promise<void> {
  const { io } = shell
  const { loaded, budget, signal } = target
  const { journeys } = await repertoireFor(shell, target, flags.journeys)
  const { onStart, onWait } = progressOf(io)
  const options = { budget, signal, journeys, allowWait: flags.allowWait === true, onStart, onWait }
  const diagnosis = await diagnose(loaded, options).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
  if (diagnosis === undefined) {
    shell.exitWith(exitCodes.interrupted)
    return
  }
  const settings = await toYaml({ [diagnosis.target.api]: diagnosis.differing })
  if (flags.write !== undefined) {
    const file = resolve(io.cwd, flags.write)
    const { title, baseUrl } = diagnosis.target
    const head = await toYaml({ description: `As ${title} at ${new URL(baseUrl).host} was found`, extends: 'default' })
    await writeFile(file, head + settings)
    const line = commandLine(io.shell, 'understudy', 'serve', scenarioWord(flags.write))
    io.err(`wrote ${file}; play it with \`${line}\``)
  }
  print(shell, flags, diagnosis, () => words(diagnosis, settings))
  if (diagnosis.answers === 0) shell.exitWith(exitCodes.usage)
  else if (diagnosis.unlike.length > 0) shell.exitWith(exitCodes.failed)
}

function words({ target, settings, differing, journeys, answers, unlike }: Diagnosis, yaml: string): Line[] {
  const seenWords = { yes: 'seen', 'in part': 'in part', no: 'not seen' }
  const rows = settings.map(({ name, value, seen, evidence }) => [name, inWords(value), seenWords[seen], evidence])
  const rest = unlike.map(({ id, request, difference }) => `  ${request} (${id}): ${difference}`)
  return [
    `${target.title} at ${target.baseUrl}, by ${answers} answers in ${journeys} journeys`,
    '',
    ...table(['SETTING', 'VALUE', '', 'EVIDENCE'], rows),
    '',
    ...(Object.keys(differing).length === 0
      ? ['The defaults play this server.']
      : ["For a scenario; without the first line, for the target's settings:", '', ...yaml.trimEnd().split('\n')]),
    '',
    ...(unlike.length === 0
      ? [`With these settings the mock gives each of the ${answers} answers.`]
      : [`With these settings the mock still answers otherwise in ${unlike.length} of ${answers} cases:`, ...rest]),
  ]
}
