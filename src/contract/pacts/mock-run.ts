import { headerValue } from '../../core/http.ts'
import { toAccount } from '../assign-accounts.ts'
import type { Meaning } from '../exchange.ts'
import { createOracle } from '../oracle.ts'
import { canArrange } from '../readiness.ts'
import type { LoadedTarget } from '../target.ts'
import type { PactGate } from './gate.ts'
import { statusOf, type PactCheck } from './pact-check.ts'
import { cookiesWantedBy, playable } from './playable.ts'
import { PactStage, type Asked, type Obstacle } from './stage.ts'
import type { PactVerdict } from './verdict.ts'
import type { PactVerifier } from './verifier.ts'

/** What became of an interaction on the mock: what its requests mean, and whether the contract is what the consumer wants. */
export interface MockRun {
  readonly verdict: PactVerdict
  readonly asked: readonly (Asked & { readonly meaning: Meaning })[]
  /** Why the mock could not play it; then it says nothing of the contract. */
  readonly obstacle?: Obstacle
  /** What its states have given, by name. */
  readonly values: PactStage['values']
  /** The states were arranged by what the target has for that, so that its own accounts are not touched. */
  readonly isArranged: boolean
}

/** Plays an interaction on the mock, which has the target's settings and, where nothing is arranged, its accounts. */
export async function runOnMock(
  loaded: LoadedTarget,
  { document, entry }: PactCheck,
  gate: PactGate,
  verifier: PactVerifier,
): Promise<MockRun> {
  const { api, target } = loaded
  const mayArrange = canArrange(loaded)
  const accounts = Object.entries(target.accounts).map(([role, account]) => toAccount(role, account))
  const known = mayArrange && entry.states.length > 0 ? [] : accounts
  const { player, meaning } = await createOracle(api, target.settings, known, Date.now())
  const stage = new PactStage(loaded, { player, expects: statusOf(entry), cookies: cookiesWantedBy(entry) })
  const { remove, ...provider } = gate.put(stage)
  const verdict = await verifier.verify(playable(document, entry), { ...provider, timeout: 60_000 }).finally(remove)
  const asked = stage.asked.map((each) => ({
    ...each,
    meaning: meaning(headerValue(each.answered.headers, 'x-understudy-request') ?? ''),
  }))
  const { obstacle, values } = stage
  return {
    verdict,
    asked,
    values,
    isArranged: mayArrange && entry.states.length > 0 && obstacle === undefined,
    ...(obstacle === undefined ? {} : { obstacle }),
  }
}
