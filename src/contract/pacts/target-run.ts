import { headerValue } from '../../core/http.ts'
import type { Budget } from '../playing/budget.ts'
import { accountsOf } from '../playing/assign-accounts.ts'
import type { Meaning } from '../playing/exchange.ts'
import type { HttpPlayer } from '../playing/http-player.ts'
import { createOracle } from '../playing/oracle.ts'
import type { Call } from '../playing/player.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'
import type { PactGate } from './gate.ts'
import type { MockRun } from './mock-run.ts'
import type { PactCheck } from './pact-check.ts'
import { playable, wishesOf } from './playable.ts'
import { PactStage, type AnsweredRequest, type Obstacle } from './stage.ts'
import type { PactVerdict } from './verdict.ts'
import type { PactVerifier } from './verifier.ts'

/** What became of an interaction on the target. */
export interface TargetRun {
  readonly verdict: PactVerdict
  /** Why nobody knows. */
  readonly obstacle?: Obstacle
  readonly asked: readonly AnsweredRequest[]
  /** What its states have given, by name. */
  readonly values: PactStage['values']
}

/** Whom an interaction is played on, and by whom it is judged. */
export interface TargetStand {
  readonly loaded: LoadedTarget
  readonly player: HttpPlayer
  readonly budget: Budget
  readonly gate: PactGate
  readonly verifier: PactVerifier
}

/** Plays an interaction on the target, once; what an account could be locked by is counted before it is sent. */
export async function runOnTarget(
  { loaded, player, budget, gate, verifier }: TargetStand,
  { document, entry }: PactCheck,
  mock: MockRun,
): Promise<TargetRun> {
  const counted: Meaning[] = []
  const stage = new PactStage(loaded, {
    player,
    ...wishesOf(entry),
    before: async (call, { username }) => {
      const meaning = mock.asked[stage.asked.length]?.meaning ?? (await meaningOf(loaded, call))
      // Whoever arranged a state that only the provider knows tells whose it is.
      const user = meaning.user ?? (typeof username === 'string' ? username : undefined)
      if (user !== undefined && mock.arranged.has(user)) return
      const about = { ...meaning, user }
      if (budget.before(about, 1)) counted.push(about)
    },
  })
  const { remove, ...provider } = gate.put(stage)
  const { timeout, retries } = loaded.target
  const patience = timeout * (retries + 2) + 60_000
  const verdict = await verifier.verify(playable(document, entry), { ...provider, timeout: patience }).finally(remove)
  const played = stage.played(verdict)
  if (played.verdict.isKept && played.obstacle === undefined)
    for (const meaning of counted) budget.answered(meaning)
  const { asked, values } = stage
  return { ...played, asked, values }
}

/** What a request is about whose states the mock does not know: at least which operation it asks for. */
async function meaningOf({ api, target }: LoadedTarget, call: Call): Promise<Meaning> {
  const { player, meaning } = await createOracle(api, target.settings, accountsOf(target), Date.now())
  const { headers } = await player.send(call)
  const { operation, user } = meaning(headerValue(headers, 'x-understudy-request') ?? '')
  return { clause: '', because: '', operation, user }
}
