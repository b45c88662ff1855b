import { attemptsOf } from '../playing/budget.ts'
import { accountsOf } from '../playing/assign-accounts.ts'
import type { CheckResult, Guard } from '../playing/exchange.ts'
import { createOracle, type Oracle } from '../playing/oracle.ts'
import type { PactInteraction } from '../comparing/own-pact.ts'
import { leftOut, type PlannedCheck } from '../playing/planned-check.ts'
import { playInteraction } from '../playing/play-interaction.ts'
import type { Player } from '../playing/player.ts'
import { preconditionOf, strangerIn, whyUnprepared } from '../playing/precondition.ts'
import { canArrange } from '../playing/readiness.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'

/** Rehearses an interaction of a pact, in the states that the target arranges or is in by itself. */
export async function planInteraction(loaded: LoadedTarget, interaction: PactInteraction): Promise<PlannedCheck> {
  const { api, target } = loaded
  const { id, description: title, clause } = interaction
  const head = { id, title, kind: 'interaction', clauses: clause === undefined ? [] : [clause] } as const
  const because = whyUnprepared(loaded, interaction)
  if (because !== undefined) return leftOut(head, because)
  const mount = api.mount(loaded.settings)
  const precondition = preconditionOf(loaded, interaction)
  const isArranged = canArrange(loaded)
  // Users whom provider states make are none of the target's.
  const accounts = isArranged ? [] : accountsOf(target)
  let oracle: Oracle | undefined
  const ask = async (at: number, on: { subject?: Player; guard?: Guard } = {}): Promise<CheckResult> => {
    oracle = await (oracle?.begin(accounts, at) ?? createOracle(api, target.settings, accounts, at))
    const { player, meaning } = oracle
    return playInteraction(interaction, { oracle: player, meaning, precondition, mount, ...on })
  }
  const { outcome, because: why = '', exchanges } = await ask(Date.now())
  if (outcome === 'not reached') return leftOut(head, why)
  const attempts = attemptsOf(exchanges, api.kit.lockout)
  if (!isArranged) {
    const [stranger] = exchanges.flatMap(({ call }) => strangerIn(loaded, interaction, call) ?? [])
    if (stranger !== undefined)
      return leftOut(head, `it names ${stranger}, whom the target has no way to arrange and no account for`)
    if (attempts.size > 0)
      return leftOut(head, 'it tries a code, which is for provider states to prepare; journeys do the same')
  }
  const play: PlannedCheck['play'] = (subject, guard, at) =>
    ask(at, { subject, ...(guard === undefined || isArranged ? {} : { guard }) })
  return { ...head, accounts: new Map(), exchanges, attempts, locks: false, waitMs: 0, isArranged, play }
}
