import { headerValue } from '../../core/http.ts'
import { accountsOf } from '../playing/assign-accounts.ts'
import type { Meaning } from '../playing/exchange.ts'
import { createOracle } from '../playing/oracle.ts'
import { canArrange } from '../playing/readiness.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'
import type { PactGate } from './gate.ts'
import type { PactCheck } from './pact-check.ts'
import { playable, wishesOf } from './playable.ts'
import { PactStage, type AnsweredRequest, type Obstacle } from './stage.ts'
import type { PactVerdict } from './verdict.ts'
import type { PactVerifier } from './verifier.ts'

/** What became of an interaction on the mock: what its requests mean, and whether the contract is what the consumer wants. */
export interface MockRun {
  readonly verdict: PactVerdict
  /** Why the mock could not play it; then it says nothing of the contract. */
  readonly obstacle?: Obstacle
  readonly asked: readonly (AnsweredRequest & { readonly meaning: Meaning })[]
  /** What its states have given, by name. */
  readonly values: PactStage['values']
  /** Whom the target has a way to arrange, as often as that is needed. */
  readonly arranged: ReadonlySet<string>
}

/** Plays an interaction on the mock, which has the target's settings and accounts. */
export async function runOnMock(
  loaded: LoadedTarget,
  { document, entry }: PactCheck,
  gate: PactGate,
  verifier: PactVerifier,
): Promise<MockRun> {
  const { api, target } = loaded
  const { player, meaning } = await createOracle(api, target.settings, accountsOf(target), Date.now())
  const stage = new PactStage(loaded, { player, ...wishesOf(entry) })
  const { remove, ...provider } = gate.put(stage)
  const verdict = await verifier.verify(playable(document, entry), { ...provider, timeout: 60_000 }).finally(remove)
  const asked = stage.asked.map((each) => ({
    ...each,
    meaning: meaning(headerValue(each.answered.headers, 'x-understudy-request') ?? ''),
  }))
  const arranged = canArrange(loaded) ? stage.users : new Set<string>()
  return { ...stage.played(verdict), asked, values: stage.values, arranged }
}
