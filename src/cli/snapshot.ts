import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { UnderstudyError } from '../core/errors.ts'
import type { ControlAnswer } from '../control/client.ts'
import type { Snapshot } from '../world/snapshot.ts'
import { group, liveCommand, option, show, type LiveOptions, type Shell } from './command.ts'
import { showDifference } from './difference.ts'
import type { Line } from './shown.ts'
import { table } from './table.ts'
import { writeNamed } from './written-file.ts'
import { messageOf } from '../core/thrown.ts'

type FileOptions = LiveOptions & { readonly file?: string }

/** `understudy snapshot …`: whole worlds, to come back to or to pass on. */
export function snapshotCommand(shell: Shell): Command {
  return group('snapshot', 'whole worlds, to come back to or to pass on', [
    liveCommand('save', 'saves the world under a name')
      .argument('<name>')
      .addOption(option('--file <file>', 'writes it to this file as well'))
      .action((name: string, options: FileOptions) => save(shell, options, name)),
    liveCommand('restore', 'becomes the world of a snapshot')
      .argument('<name>')
      .addOption(option('--file <file>', 'reads it from this file first'))
      .action((name: string, options: FileOptions) => restore(shell, options, name)),
    liveCommand('diff', 'what differs from a snapshot to another, or to the world as it is now')
      .argument('<a>', 'the name of a snapshot')
      .argument('[b]', 'of another; the world as it is now if left out')
      .action((from: string, to: string | undefined, options: LiveOptions) => showDifference(shell, options, from, to)),
    liveCommand('list', 'the snapshots that were saved').action((options: LiveOptions) =>
      show(
        shell,
        options,
        (server) => server.request('GET /snapshots'),
        ({ snapshots }) => lines(snapshots),
      ),
    ),
  ])
}

function save(shell: Shell, options: FileOptions, name: string): Promise<void> {
  return show(
    shell,
    options,
    async (server) => {
      const line = await server.request('POST /snapshots', { body: { name } })
      if (options.file !== undefined) {
        const snapshot = await server.request('GET /snapshots/{name}', { params: { name } })
        await writeNamed(shell.io, options.file, `${JSON.stringify(snapshot, null, 2)}\n`, true)
      }
      return line
    },
    (line) => lines([line]),
  )
}

function restore(shell: Shell, options: FileOptions, name: string): Promise<void> {
  return show(
    shell,
    options,
    async (server) => {
      if (options.file !== undefined)
        await server.request('POST /snapshots', { body: { name, snapshot: await read(shell, options.file) } })
      return server.request('POST /snapshots/{name}/restore', { params: { name } })
    },
    (line) => lines([line]),
  )
}

/** Whether it is a snapshot the server says. */
async function read(shell: Shell, file: string): Promise<Snapshot> {
  const path = resolve(shell.io.cwd, file)
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) throw new UnderstudyError('ERR_USAGE', `There is no file ${path}.`)
  try {
    return JSON.parse(text) as Snapshot
  } catch (error) {
    throw new UnderstudyError('ERR_SNAPSHOT_INVALID', `${path} is no JSON: ${messageOf(error)}.`)
  }
}

function lines(snapshots: ControlAnswer<'GET /snapshots'>['snapshots']): Line[] {
  if (snapshots.length === 0) return ['no snapshots']
  const rows = snapshots.map(({ name, takenAt, scenario, records }) => [name, takenAt, scenario, String(records)])
  return table(['NAME', 'TAKEN AT', 'SCENARIO', 'RECORDS'], rows)
}
