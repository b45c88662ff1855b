import type { Command } from 'commander'
import { scriptKinds, type ScriptKind } from '../control/script-routes.ts'
import { pathWord, commandLine, scenarioWord } from '../core/shell-syntax.ts'
import { liveCommand, option, print, type LiveOptions, type Shell } from './command.ts'
import { findServer } from './server.ts'
import { writeNamed } from './written-file.ts'

type ScriptOptions = LiveOptions & { readonly as: ScriptKind; readonly out?: string; readonly force?: boolean }

/** `understudy script`: what was forced and asked, as a file that does it again. */
export function scriptCommand(shell: Shell): Command {
  return liveCommand('script', 'prints what was forced and asked since the world began, as a file that does it again')
    .addOption(
      option('--as <kind>', 'a shell script, a test, or the world as it is now as a scenario')
        .choices(scriptKinds)
        .makeOptionMandatory(),
    )
    .addOption(option('--out <file>', 'writes it to this file instead'))
    .addOption(option('--force', 'overwrites a file'))
    .addHelpText(
      'after',
      "\nPasswords and PINs of the scenario's users stand in it. What was typed and is nobody's is replaced by something of" +
        '\nthe same form, and ids of sessions are taken from the answers as it runs.',
    )
    .action((options: ScriptOptions) => script(shell, options))
}

async function script(shell: Shell, options: ScriptOptions): Promise<void> {
  const server = await findServer(shell.io, options)
  const { as, out } = options
  const answer = await server.request('GET /script', { query: { as } })
  for (const remark of answer.remarks) shell.io.err(`note: ${remark}`)
  if (out === undefined) return print(shell, options, answer, ({ file }) => file.trimEnd().split('\n'))
  await writeNamed(shell.io, out, answer.file, options.force === true)
  const { shell: syntax } = shell.io
  const line = {
    scenario: commandLine(syntax, 'understudy', 'serve', scenarioWord(out)),
    cli: commandLine(syntax, 'sh', pathWord(out)),
    vitest: commandLine(syntax, 'npx', 'vitest', 'run', pathWord(out)),
    playwright: commandLine(syntax, 'npx', 'playwright', 'test', pathWord(out)),
  }[as]
  shell.io.err(`wrote ${out}; play it with \`${line}\``)
}
