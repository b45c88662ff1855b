import { join } from 'node:path'
import { Command } from 'commander'
import * as registry from '../apis/registry.ts'
import type { CheckResult } from '../contract/exchange.ts'
import { isDifferent } from '../contract/exchange.ts'
import { Budget } from '../contract/budget.ts'
import { toFinding } from '../contract/find.ts'
import type { CheckFinding } from '../contract/findings.ts'
import { HttpPlayer } from '../contract/http-player.ts'
import { AttemptLedger } from '../contract/ledger.ts'
import { createOracle } from '../contract/oracle.ts'
import { plan, type PlannedCheck } from '../contract/plan.ts'
import { redact } from '../contract/redact.ts'
import { differenceLine } from '../contract/report/words.ts'
import { loadTarget, type LoadedTarget } from '../contract/target.ts'
import { playPlanned } from '../contract/verify.ts'
import { didYouMean, UnderstudyError } from '../core/errors.ts'
import { nearestWord } from '../core/nearest.ts'
import { option, print, type Shell } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { attemptsFile, latestFindings, repertoireFor } from './verify.ts'

type ReplayFlags = {
  readonly mock?: boolean
  readonly pact?: readonly string[]
  readonly allowWait?: boolean
  readonly json?: boolean
}

/** `understudy replay <id> [target]`: one check again, request by request. */
export function replayCommand(shell: Shell): Command {
  return new Command('replay')
    .description('repeats one check of `verify`, and shows every request and answer')
    .argument('<id>', 'the id of a check, such as secure-login.lockout')
    .argument('[target]', 'a target file; that of the latest `verify` if left out')
    .addOption(option('--mock', 'on the mock instead of the target'))
    .addOption(option('--pact <files...>', 'the pacts that have the interaction'))
    .addOption(option('--allow-wait', "waits in real time where the server's clock cannot be moved"))
    .addOption(option('--json', 'prints JSON'))
    .action((id: string, target: string | undefined, flags: ReplayFlags) => run(shell, id, target, flags))
}

async function run(shell: Shell, id: string, given: string | undefined, flags: ReplayFlags): Promise<void> {
  const { io } = shell
  const path = given ?? (await latestFindings(shell))?.target.path
  if (path === undefined)
    throw new UnderstudyError('ERR_USAGE', `Say on which target: understudy replay ${id} targets/staging.yaml`)
  const loaded = await loadTarget(path, io.cwd, io.env, Object.values(registry))
  const repertoire = await repertoireFor(shell, loaded, flags)
  const one = {
    interactions: repertoire.interactions.filter((interaction) => interaction.id === id),
    journeys: [...repertoire.journeys, ...(loaded.api.kit.probes ?? [])].filter((journey) => journey.id === id),
  }
  const budget = new Budget(loaded, new AttemptLedger(join(io.cwd, attemptsFile)), io.now)
  const [check] = await plan(loaded, one, budget, { allowWait: flags.allowWait === true })
  if (check === undefined) {
    const ids = [...repertoire.interactions, ...repertoire.journeys].map((known) => known.id)
    throw new UnderstudyError('ERR_USAGE', `There is no check ${id}.${didYouMean(nearestWord(id, ids))}`)
  }
  const result = await play(loaded, check, budget, flags)
  const finding = redact(toFinding(loaded.api.kit, check, result, loaded.target.baseUrl, 0), loaded)
  print(shell, flags, finding, () => words(loaded, result, finding))
  shell.exitWith(exitCodeFor(result))
}

async function play(
  loaded: LoadedTarget,
  check: PlannedCheck,
  budget: Budget,
  flags: ReplayFlags,
): Promise<CheckResult> {
  if (flags.mock === true) {
    const { player } = await createOracle(loaded.api, loaded.target.settings, [...check.accounts.values()], Date.now())
    return check.play(player, undefined, Date.now())
  }
  if (check.unsafe !== undefined) throw new UnderstudyError('ERR_UNSAFE', `Nothing was sent: ${check.unsafe}.`)
  const player = new HttpPlayer(loaded, { allowWait: flags.allowWait === true })
  try {
    await player.reach()
    return await playPlanned(check, player, budget, player.now())
  } finally {
    player.close()
  }
}

function exitCodeFor({ outcome }: CheckResult): number {
  return { passed: exitCodes.ok, failed: exitCodes.failed, 'not reached': exitCodes.usage }[outcome]
}

/** Every request with its answer; where it differs, what was expected. */
function words(loaded: LoadedTarget, { exchanges }: CheckResult, finding: CheckFinding): string {
  const failures = [...finding.failures]
  const lines = exchanges.flatMap((exchange) => {
    const { sent, meaning, expected, received } = exchange
    const head = `${sent.method} ${sent.path} → ${received?.status ?? 'no answer'}  ${meaning.clause}: ${meaning.because}`
    if (!isDifferent(exchange)) return [head]
    const differences = failures.shift()?.differences ?? []
    return [`${head} (expected ${expected.status})`, ...differences.map((found) => `  ${differenceLine(found)}`)]
  })
  const why = finding.because === undefined ? [] : [`not reached, because ${finding.because}`]
  return [
    `${finding.id} on ${loaded.target.baseUrl}: ${finding.title}`,
    '',
    ...lines,
    ...why,
    '',
    finding.outcome,
  ].join('\n')
}
