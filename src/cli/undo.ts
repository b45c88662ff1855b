import type { Command } from 'commander'
import { UnderstudyError } from '../core/errors.ts'
import type { UndoableView } from '../world/world-undo.ts'
import { liveCommand, option, print, show, type LiveOptions, type Shell } from './command.ts'
import { findServer } from './server.ts'
import type { Line } from './shown.ts'
import { table } from './table.ts'

type UndoOptions = LiveOptions & { readonly list?: boolean }

/** `understudy undo`: what was changed from outside, taken back. */
export function undoCommand(shell: Shell): Command {
  return liveCommand('undo', 'takes back what was changed: the latest, the latest so many, or one')
    .argument('[what]', 'how many, such as 3, or the id of one, such as c7; the latest if left out')
    .addOption(option('--list', 'tells what can be taken back instead, the latest last'))
    .action((what: string | undefined, options: UndoOptions) =>
      options.list === true
        ? show(
            shell,
            options,
            (server) => server.request('GET /undo'),
            ({ changes }) => lines(changes),
          )
        : undo(shell, what, options),
    )
}

async function undo(shell: Shell, what: string | undefined, options: UndoOptions): Promise<void> {
  const asked = toChanges(what)
  const server = await findServer(shell.io, options)
  const undone: UndoableView[] = []
  try {
    for (const body of asked) undone.push(await server.request('POST /undo', { body }))
  } finally {
    // One that is refused leaves those before it taken back.
    if (undone.length > 0) print(shell, options, { undone }, () => undone.map(words))
  }
}

/** What is asked for, one after the other. Throws ERR_USAGE for what is neither a number nor an id. */
function toChanges(what = '1'): readonly { readonly change?: string }[] {
  if (/^c\d+$/.test(what)) return [{ change: what }]
  const count = Number(what)
  if (Number.isInteger(count) && count >= 1 && count <= 50) return Array.from({ length: count }, () => ({}))
  throw new UnderstudyError(
    'ERR_USAGE',
    `"${what}" is neither a number from 1 to 50 nor the id of a change, such as c7.`,
  )
}

function words({ id, what, requests }: UndoableView): string {
  const back = requests === 0 ? '' : `; ${requests} ${requests === 1 ? 'request is' : 'requests are'} back`
  return `taken back: ${id} ${what}${back}`
}

function lines(changes: readonly UndoableView[]): Line[] {
  if (changes.length === 0) return ['nothing was changed that can be taken back']
  return table(
    ['ID', 'AT', 'WHAT'],
    changes.map(({ id, at, what }) => [id, at, what]),
  )
}
