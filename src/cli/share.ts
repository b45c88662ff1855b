import type { Command } from 'commander'
import { commandLine, scenarioWord } from '../core/shell-syntax.ts'
import { toFragment } from '../scenario/link.ts'
import { shareFile } from '../scenario/share-file.ts'
import { liveCommand, option, print, type LiveOptions, type Shell } from './command.ts'
import { findServer } from './server.ts'
import { writeNamed } from './written-file.ts'

type ShareOptions = LiveOptions & { readonly note?: string; readonly file?: string; readonly link?: boolean }

/** `understudy share`: the world with its secrets replaced, as a file that `serve` plays, or as a link. */
export function shareCommand(shell: Shell): Command {
  return liveCommand('share', 'prints the world, its secrets replaced, as a file that `serve` plays')
    .addOption(option('--note <text>', 'what is wrong; kept as the description'))
    .addOption(option('--file <file>', 'writes it to this file instead'))
    .addOption(option('--link', "prints a link to the server's console instead"))
    .action((options: ShareOptions) => share(shell, options))
}

async function share(shell: Shell, options: ShareOptions): Promise<void> {
  const server = await findServer(shell.io, options)
  const { note, file: path, link } = options
  const { world } = await server.request('POST /share', { body: note === undefined ? {} : { note } })
  const line = commandLine(shell.io.shell, 'understudy', 'serve', scenarioWord(path ?? 'repro.yaml'))
  const file = await shareFile(world, line)
  if (path !== undefined) {
    await writeNamed(shell.io, path, file, true)
    shell.io.err(`wrote ${path}; play it with \`${line}\``)
  } else if (link === true) {
    shell.io.out(`${server.url}/__understudy/${await toFragment(world)}`)
  } else print(shell, options, world, () => file.trimEnd().split('\n'))
}
