import { UnderstudyError } from '../../core/errors.ts'
import type { Budget } from '../playing/budget.ts'
import { select, type Selection } from '../target/check-selection.ts'
import { clauseFindings, countOutcomes, documentedOf, type CheckFinding, type Findings } from '../telling/findings.ts'
import { HttpPlayer, interrupted, type HttpPlayerOptions } from '../playing/http-player.ts'
import { judgeOf } from '../telling/judge.ts'
import { strangerIn } from '../playing/precondition.ts'
import { Redactor } from '../telling/redact.ts'
import { canArrange } from '../playing/readiness.ts'
import { secretsGiven } from '../target/secrets.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'
import { inOurWords } from '../target/consumer-state.ts'
import type { PactDocument } from './document.ts'
import { PactGate } from './gate.ts'
import { runOnMock, type MockRun } from './mock-run.ts'
import { checksOf, type PactCheck } from './pact-check.ts'
import { againWith, pactFinding, type PlayedPact } from './pact-finding.ts'
import type { Obstacle } from './stage.ts'
import { runOnTarget, type TargetRun, type TargetStand } from './target-run.ts'
import { PactVerifier } from './verifier.ts'

/** How pacts are verified. */
export interface PactOptions extends Selection, Omit<HttpPlayerOptions, 'allowWait'> {
  readonly budget: Budget
  /** Where the verifier is looked for first. */
  readonly cwd: string
  /** Leaves out what could lock an account, instead of refusing to start. */
  readonly leaveOutUnsafe: boolean
  readonly onStart?: (check: { readonly id: string }, place: number, total: number) => void
  readonly onDone?: (finding: CheckFinding) => void
}

/** An interaction after it was played on the mock, and why it is not played on the target. */
interface Rehearsed {
  readonly check: PactCheck
  readonly mock: MockRun | undefined
  readonly obstacle: Obstacle | undefined
}

/**
 * Has Pact's own verifier verify pacts: on the mock, to tell what consumers want that is outside the contract, and then on
 * the target. Throws ERR_USAGE without a verifier, ERR_UNSAFE before the first request if an account could be locked, and
 * ERR_TARGET_UNREACHABLE.
 */
export async function verifyPacts(
  loaded: LoadedTarget,
  documents: readonly PactDocument[],
  options: PactOptions,
): Promise<Findings> {
  const started = Date.now()
  const checks = select(checksOf(loaded.api.id, documents), options)
  const verifier = await PactVerifier.start(options.cwd)
  const gate = await PactGate.open(loaded.api.mount(loaded.settings))
  const player = new HttpPlayer(loaded, { ...options, allowWait: false })
  try {
    const rehearsed: Rehearsed[] = []
    for (const check of checks) rehearsed.push(await rehearse(loaded, check, gate, verifier, options.signal))
    const due = withinBudget(rehearsed, options)
    const stand = { loaded, player, gate, verifier, budget: options.budget }
    return await playAll(stand, due, options, started)
  } finally {
    player.close()
    await gate.close()
    await verifier.close()
  }
}

async function rehearse(
  loaded: LoadedTarget,
  check: PactCheck,
  gate: PactGate,
  verifier: PactVerifier,
  signal: AbortSignal | undefined,
): Promise<Rehearsed> {
  const { mistakes, request } = check.entry
  if (mistakes.length > 0) return notPlayed(check, `of a mistake in ${check.document.where}: ${mistakes.join('; ')}`)
  if (request === undefined) return notPlayed(check, 'it is no HTTP request but a message, or of a plug-in')
  if (signal?.aborted === true) return notPlayed(check, interrupted)
  const mock = await runOnMock(loaded, check, gate, verifier)
  const because = whyNotOn(loaded, check, mock)
  if (because === undefined) return { check, mock, obstacle: undefined }
  const obstacle = { kind: 'not played', because } as const
  // With other accounts in its states than it means, it says nothing of the contract either.
  return { check, mock: { ...mock, obstacle }, obstacle }
}

function notPlayed(check: PactCheck, because: string): Rehearsed {
  return { check, mock: undefined, obstacle: { kind: 'not played', because } }
}

/** Why an interaction says nothing about a target that arranges no states; undefined where it does. */
function whyNotOn(loaded: LoadedTarget, { entry }: PactCheck, { obstacle, verdict, asked }: MockRun): string | undefined {
  if (canArrange(loaded)) return undefined
  if (obstacle !== undefined) return obstacle.because
  const states = { states: entry.states.map((state) => inOurWords(state, loaded.target.states.map)) }
  const [stranger] = asked.flatMap(({ call }) => strangerIn(loaded, states, call) ?? [])
  if (stranger !== undefined)
    return `it names ${stranger}, whom the target has no way to arrange and no account for`
  // The session of its example is nobody's: what such a request is answered is not the server's fault.
  if (!verdict.isKept && entry.states.length > 0)
    return "with the target's own accounts in its states, the contract does not give what it wants either"
  return undefined
}

/** Refuses what could lock an account, by what the requests meant on the mock. Throws ERR_UNSAFE. */
function withinBudget(rehearsed: readonly Rehearsed[], { budget, leaveOutUnsafe }: PactOptions): readonly Rehearsed[] {
  const refuse = budget.forecast()
  const unsafe: string[] = []
  const due = rehearsed.map((each): Rehearsed => {
    const { check, mock, obstacle } = each
    if (obstacle !== undefined || mock === undefined) return each
    const because = refuse(mock.asked.filter(({ meaning: { user = '' } }) => !mock.arranged.has(user)))
    if (because === undefined) return each
    unsafe.push(`  ${check.id}: ${because}`)
    return { ...each, obstacle: { kind: 'not played', because } }
  })
  if (unsafe.length === 0 || leaveOutUnsafe) return due
  throw new UnderstudyError('ERR_UNSAFE', [
    `Nothing was sent: ${unsafe.length} of ${rehearsed.length} interactions could lock an account.`,
    ...unsafe,
    'Name an account that may be locked (mayBeLocked: true), or leave these out with --leave-out-unsafe.',
  ])
}

async function playAll(
  stand: TargetStand,
  due: readonly Rehearsed[],
  options: PactOptions,
  started: number,
): Promise<Findings> {
  const { loaded, player } = stand
  const { api, target } = loaded
  const judge = judgeOf(loaded, started)
  const redactor = new Redactor(loaded)
  const again = againWith(loaded.path)
  const checks: CheckFinding[] = []
  const hooks = new Set<string>()
  let brokenOff: string | undefined
  if (due.some(({ obstacle }) => obstacle === undefined)) await player.reach()
  for (const [place, { check, mock, obstacle }] of due.entries()) {
    options.onStart?.(check, place + 1, due.length)
    const began = Date.now()
    let run: TargetRun | undefined
    if (options.signal?.aborted === true) brokenOff ??= interrupted
    if (obstacle === undefined && brokenOff === undefined && mock !== undefined)
      run = await runOnTarget(stand, check, mock)
    const met: Obstacle | undefined =
      obstacle ?? run?.obstacle ?? (run === undefined ? { kind: 'unavailable', because: brokenOff ?? '' } : undefined)
    const played: PlayedPact = { check, mock, target: run, obstacle: met, ms: Date.now() - began }
    const given = secretsGiven(run?.values ?? {}, api)
    const finding = new Redactor({ api, secrets: [...loaded.secrets, ...given] }).finding(
      pactFinding(judge, played, again),
    )
    checks.push(finding)
    options.onDone?.(finding)
    if (met?.kind === 'hook') hooks.add(redactor.text(met.because))
    if (run?.obstacle?.kind === 'unavailable') brokenOff ??= await player.whyDown()
  }
  const clauses = clauseFindings(api.clauses, checks)
  return {
    target: { path: loaded.path, api: api.id, title: api.title, baseUrl: redactor.text(target.baseUrl) },
    ...(brokenOff === undefined ? {} : { brokenOff: redactor.text(brokenOff) }),
    startedAt: new Date(started).toISOString(),
    ms: Date.now() - started,
    checks,
    warnings: judge.accepted.warnings(checks),
    brokenHooks: [...hooks],
    documented: documentedOf(clauses, judge.isBinding),
    clauses,
    counts: countOutcomes(checks),
  }
}
