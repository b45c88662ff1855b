import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { toBadge } from '../contract/history/badge.ts'
import { toHistoryPage } from '../contract/history/history-page.ts'
import { countWords, minute } from '../contract/history/plot.ts'
import { tracksOf, type KeptRun, type Track } from '../contract/history/track.ts'
import { UnderstudyError } from '../core/errors.ts'
import { messageOf } from '../core/thrown.ts'
import { option, print, type Shell } from './command.ts'
import { reportsBelow } from './kept-reports.ts'

interface HistoryFlags {
  readonly out: string
  readonly json?: boolean
}

/** `understudy history <folder>`: runs over time, as a page and a badge. */
export function historyCommand(shell: Shell): Command {
  return new Command('history')
    .description('makes a page with a plot of the clauses kept over runs, and a badge, of the reports in a folder')
    .argument(
      '<folder>',
      'where the reports are that `verify --report json` writes, one folder for each run, or one file',
    )
    .addOption(option('--out <folder>', 'where index.html and badge.svg are written').default('history'))
    .addOption(option('--json', 'prints the runs as JSON'))
    .action(async (folder: string, flags: HistoryFlags) => {
      const { io } = shell
      const { reports, leftOut } = await reportsBelow(io, folder)
      const tracks = tracksOf(reports)
      for (const line of leftOut) io.err(`left out: ${line}`)
      const written = [join(flags.out, 'index.html'), join(flags.out, 'badge.svg')] as const
      try {
        await mkdir(resolve(io.cwd, flags.out), { recursive: true })
        await writeFile(resolve(io.cwd, written[0]), toHistoryPage(tracks))
        await writeFile(resolve(io.cwd, written[1]), toBadge(tracks))
      } catch (error) {
        throw new UnderstudyError('ERR_USAGE', `${flags.out} cannot be written: ${messageOf(error)}.`)
      }
      print(shell, flags, { targets: tracks, written, leftOut }, (data) => [
        ...data.targets.map(words),
        ...data.written.map((file) => `wrote ${file}`),
      ])
    })
}

function words({ target, runs }: Track): string {
  const last = runs.at(-1) as KeptRun
  return `${target.title} at ${target.baseUrl}: ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}, the latest of ${minute(last.startedAt)} UTC: ${countWords(last)}`
}
