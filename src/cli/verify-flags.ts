import type { Command } from 'commander'
import { parseDuration } from '../core/duration.ts'
import { UnderstudyError } from '../core/errors.ts'
import { ownApisOption } from './apis.ts'
import { ledgerOption, option, repeatable } from './command.ts'
import { forgetOption, journeysOption, leaveOutUnsafeOption, reportOption } from './run-options.ts'

/** What `understudy verify` is told beside its targets. */
export type VerifyFlags = {
  readonly plan?: boolean
  readonly only?: readonly string[]
  readonly except?: readonly string[]
  readonly journeys?: readonly string[]
  readonly race?: boolean
  readonly rounds: number
  readonly api?: readonly string[]
  readonly allowWait?: boolean
  readonly maxWait: number
  readonly leaveOutUnsafe?: boolean
  readonly forget?: string
  readonly strict?: boolean
  readonly strictOn?: readonly string[]
  readonly require?: readonly string[]
  readonly baseline?: string
  readonly failFast?: boolean
  readonly time?: number
  readonly resume?: boolean
  readonly jobs: number
  readonly ledger?: string
  readonly report?: string
  readonly reportDir: string
  readonly json?: boolean
}

/** Describes them for help and parsing. */
export function withVerifyFlags(command: Command): Command {
  const all = [
    option('--plan', 'prints every request and what it does to the accounts, and sends nothing'),
    repeatable(
      '--only <check>',
      'only these checks: a clause, a glob such as "*.pact.*", or a part of an id; repeatable',
    ),
    repeatable('--except <check>', 'all but these checks, named in the same way; repeatable'),
    journeysOption(),
    option('--race', 'also sends codes, logins and logouts at once, and tells what is lost; see --rounds'),
    option('--rounds <n>', 'how often each race is run: what depends on time does not show each time')
      .default(3)
      .argParser((text: string) => toCount(text, '--rounds')),
    ownApisOption(),
    // What it did is done by another command, which is told to whoever has it in a script.
    option('--pact <files...>', 'pacts of consumers').hideHelp().argParser(refusePact),
    option('--allow-wait', "waits in real time, such as for a block to end, where the server's clock cannot be moved"),
    option('--max-wait <duration>', 'with --allow-wait: the longest single wait')
      .default(120_000, '2m')
      .argParser(toMs),
    leaveOutUnsafeOption(),
    forgetOption(),
    option('--strict', 'fails on all that differs: on what is assumed, and on the host around the API, too'),
    repeatable('--strict-on <origin>', 'fails on what differs of this origin: assumed, host, observed; repeatable'),
    repeatable(
      '--require <what>',
      'fails where less was checked: documented, a clause, or a share of the documented clauses such as 90%; repeatable',
    ),
    option(
      '--baseline <report>',
      'what an earlier run found, as --json or --report json wrote it: what it has too is told, and fails nothing',
    ),
    option('--fail-fast', 'ends the run at the first check that fails'),
    option('--time <duration>', 'ends the run after so long; --resume goes on').argParser(toMs),
    option('--resume', 'goes on where Ctrl-C or --time ended the latest run of the target'),
    option('--jobs <n>', 'how many targets are checked at once')
      .default(1)
      .argParser((text: string) => toCount(text, '--jobs')),
    ledgerOption(),
    reportOption(),
    option(
      '--report-dir <directory>',
      'where they are written; each of several targets gets a folder of its own in it',
    ).default('reports'),
    option('--json', 'prints the findings as JSON; of several targets as a list'),
  ]
  return all.reduce((made, each) => made.addOption(each), command)
}

function refusePact(file: string): never {
  throw new UnderstudyError(
    'ERR_USAGE',
    `Pacts of consumers are verified by Pact's own verifier: understudy pact verify ${file} --target <file>.`,
  )
}

function toMs(text: string): number {
  const ms = parseDuration(text)
  if (ms !== undefined && ms > 0) return ms
  throw new UnderstudyError('ERR_USAGE', `"${text}" is no duration; write 90s, 30m or 2h.`)
}

function toCount(text: string, of: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text)
  throw new UnderstudyError('ERR_USAGE', `${of} takes a number from 1 to 99, not "${text}".`)
}
