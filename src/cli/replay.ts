import { Command } from 'commander'
import { replayLine } from '../contract/telling/curl.ts'
import { isDifferent, type CheckResult } from '../contract/playing/exchange.ts'
import { toFinding } from '../contract/telling/find.ts'
import type { CheckFinding } from '../contract/telling/findings.ts'
import { judgeOf } from '../contract/telling/judge.ts'
import { HttpPlayer } from '../contract/playing/http-player.ts'
import { createOracle } from '../contract/playing/oracle.ts'
import { plan } from '../contract/planning/plan.ts'
import { roundOf } from '../contract/planning/rounds.ts'
import type { PlannedCheck } from '../contract/playing/planned-check.ts'
import { playPlanned } from '../contract/playing/play-all.ts'
import { Redactor } from '../contract/telling/redact.ts'
import { differenceLine } from '../contract/telling/report/words.ts'
import { UnderstudyError } from '../core/errors.ts'
import { ownApisOption } from './apis.ts'
import { ledgerOption, option, print, type Shell } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { latestFindings, latestTarget } from './reports.ts'
import { journeysOption } from './run-options.ts'
import type { Line } from './shown.ts'
import { pick, repertoireFor, withTarget, type InterruptibleTarget } from './target.ts'

type ReplayFlags = {
  readonly mock?: boolean
  readonly journeys?: readonly string[]
  readonly api?: readonly string[]
  readonly allowWait?: boolean
  readonly ledger?: string
  readonly json?: boolean
}

/** `understudy replay <id> [target]`: one check again, request by request. */
export function replayCommand(shell: Shell): Command {
  return new Command('replay')
    .description('repeats one check of `verify`, and shows every request and answer')
    .argument('<id>', 'the id of a check, such as secure-login.lockout')
    .argument('[target]', 'a target file; that of the latest `verify` if left out')
    .addOption(option('--mock', 'on the mock instead of the target'))
    .addOption(journeysOption())
    .addOption(ownApisOption())
    .addOption(option('--allow-wait', "waits in real time where the server's clock cannot be moved"))
    .addOption(ledgerOption())
    .addOption(option('--json', 'prints JSON'))
    .action(async (id: string, given: string | undefined, flags: ReplayFlags) => {
      const path = given ?? (await latestTarget(shell.io))
      if (path === undefined)
        throw new UnderstudyError('ERR_USAGE', `Say on which target: ${replayLine(id)} targets/staging.yaml`)
      const latest = (await latestFindings(shell.io, path))?.target
      const api = flags.api ?? latest?.apis
      const known = { ...flags, ...(api === undefined ? {} : { api }) }
      await withTarget(shell, path, known, (target) => run(shell, id, target, known))
    })
}

async function run(shell: Shell, id: string, target: InterruptibleTarget, flags: ReplayFlags): Promise<void> {
  const { loaded, budget } = target
  const journeys = flags.journeys ?? (await latestFindings(shell.io, loaded.path))?.target.journeys
  const all = await repertoireFor(shell, target, journeys, roundOf(id))
  const one = pick(
    all,
    (known) => known === id,
    id,
    (meant) => `There is no check ${id}.${meant}`,
  )
  const [check] = await plan(loaded, one, budget, { allowWait: flags.allowWait === true })
  const result = await play(target, check as PlannedCheck, flags)
  const redactor = new Redactor(loaded)
  const finding = redactor.finding(toFinding(judgeOf(loaded, Date.now()), check as PlannedCheck, result, 0))
  print(shell, flags, finding, () => words(loaded.target.baseUrl, result, finding, redactor))
  shell.exitWith(target.signal.aborted ? exitCodes.interrupted : exitCodeFor(finding, result))
}

async function play(
  { loaded, budget, signal }: InterruptibleTarget,
  check: PlannedCheck,
  flags: ReplayFlags,
): Promise<CheckResult> {
  if (flags.mock === true) {
    const { player } = await createOracle(loaded.api, loaded.target.settings, [...check.accounts.values()], Date.now())
    return check.play(player, undefined, Date.now())
  }
  if (check.unsafe !== undefined) throw new UnderstudyError('ERR_UNSAFE', `Nothing was sent: ${check.unsafe}.`)
  const player = new HttpPlayer(loaded, { allowWait: flags.allowWait === true, signal })
  try {
    await player.reach()
    return (await playPlanned(check, player, budget)).result
  } finally {
    player.close()
  }
}

function exitCodeFor({ outcome }: CheckFinding, { isHookBroken, unavailable }: CheckResult): number {
  if (isHookBroken === true) return exitCodes.hook
  if (outcome === 'not reached' && unavailable === true) return exitCodes.unreachable
  return { passed: 0, differs: 0, accepted: 0, failed: exitCodes.failed, 'not reached': exitCodes.usage }[outcome]
}

/** Every request with its answer; where it differs, what was expected. */
function words(baseUrl: string, { exchanges }: CheckResult, finding: CheckFinding, redactor: Redactor): Line[] {
  const lines = exchanges.flatMap((exchange) => {
    const { sent, meaning, expected, received, differences } = exchange
    const told = `${sent.method} ${sent.path} → ${received?.status ?? 'no answer'}  ${meaning.clause}: ${meaning.because}`
    const head = redactor.text(told)
    if (!isDifferent(exchange)) return [head]
    const shown = differences.map((found) => `  ${differenceLine(redactor.difference(found))}`)
    return [`${head} (expected ${expected.status})`, ...shown]
  })
  const why = finding.because === undefined ? [] : [`not reached, because ${finding.because}`]
  return [`${finding.id} on ${redactor.text(baseUrl)}: ${finding.title}`, '', ...lines, ...why, '', finding.outcome]
}
