import type { Command } from 'commander'
import { commandLine, scenarioWord } from '../core/shell-syntax.ts'
import { toFragment } from '../scenario/link.ts'
import { shareFile } from '../scenario/share-file.ts'
import { liveCommand, option, print, type LiveOptions, type Shell } from './command.ts'
import { UnderstudyError } from '../core/errors.ts'
import { findServer } from './server.ts'
import { writeNamed } from './written-file.ts'

type ShareOptions = LiveOptions & {
  readonly note?: string
  readonly requests?: string
  readonly codes?: boolean
  readonly file?: string
  readonly link?: boolean
  readonly pass?: boolean
}

/** `understudy share`: the world with its secrets replaced, as a file that `serve` plays, or as a link. */
export function shareCommand(shell: Shell): Command {
  return liveCommand('share', 'prints the world, its secrets replaced, as a file that `serve` plays')
    .addOption(option('--note <text>', 'what is wrong; kept as the description'))
    .addOption(option('--requests <count>', 'so many of the latest requests go along, masked'))
    .addOption(option('--codes', 'passwords and codes of the users who sent these stay, for steps that need them'))
    .addOption(option('--file <file>', 'writes it to this file instead'))
    .addOption(option('--link', "prints a link to the server's console instead"))
    .addOption(option('--pass', 'a link that lets one person in without the admin token, once and within an hour'))
    .action((options: ShareOptions) => share(shell, options))
}

async function share(shell: Shell, options: ShareOptions): Promise<void> {
  if (options.pass === true && options.link !== true)
    throw new UnderstudyError('ERR_USAGE', '--pass is of a link: it goes with --link.')
  const server = await findServer(shell.io, options)
  const { note, file: path, link, codes = false } = options
  const requests = readCount(options.requests)
  if (codes && requests === 0)
    throw new UnderstudyError(
      'ERR_USAGE',
      '--codes keeps those of users who sent requests: say how many with --requests.',
    )
  const body = { ...(note === undefined ? {} : { note }), requests, codes }
  const { world } = await server.request('POST /share', { body })
  const line = commandLine(shell.io.shell, 'understudy', 'serve', scenarioWord(path ?? 'repro.yaml'))
  const file = await shareFile(world, line, codes)
  if (path !== undefined) {
    await writeNamed(shell.io, path, file, true)
    shell.io.err(`wrote ${path}; play it with \`${line}\``)
  } else if (link === true) {
    const fragment = await toFragment(world)
    const pass = options.pass === true ? `pass=${(await server.request('POST /passes')).pass}&` : ''
    shell.io.out(`${server.url}/__understudy/${fragment.replace('#', `#${pass}`)}`)
  } else print(shell, options, world, () => file.trimEnd().split('\n'))
}

function readCount(text: string | undefined): number {
  if (text === undefined) return 0
  if (/^\d{1,6}$/.test(text)) return Number(text)
  throw new UnderstudyError('ERR_USAGE', `--requests takes a number, not "${text}".`)
}
