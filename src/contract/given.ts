import type { JsonObject } from '../core/json.ts'
import type { Account } from '../core/kit.ts'
import { toAccount } from './casting.ts'
import type { Interaction } from './pact-file.ts'
import type { Player } from './player.ts'
import { canArrange } from './readiness.ts'
import type { LoadedTarget } from './target.ts'

/** Why an interaction cannot be played on a target; undefined if it can. */
export function whyUnreachable(loaded: LoadedTarget, interaction: Interaction): string | undefined {
  if (canArrange(loaded)) return undefined
  for (const { name, params } of interaction.states) {
    if (isSo(loaded, name, params)) continue
    const account = accountFor(loaded, name)
    if (account === undefined)
      return `the target has no way to arrange "${name}" (states: url, command or module), and no account that is so`
    const known = loaded.api.kit.roles[account.role]?.state.params ?? {}
    const more = Object.keys(params).filter((param) => !Object.hasOwn(known, param))
    if (more.length > 0)
      return `the target has no way to arrange "${name}" with ${more.join(', ')} (states: url, command or module)`
    if (JSON.stringify(interaction.request.body ?? '').includes(String(params['pin'])) && account.pin !== params['pin'])
      return `it sends the PIN that a provider state sets, and the target has no way to arrange states`
  }
  return undefined
}

/**
 * What a request needs to know on a target that is in the states of an interaction by itself; undefined where they have
 * to be arranged.
 */
export async function givenBy(
  loaded: LoadedTarget,
  { states }: Interaction,
  subject: Player,
): Promise<JsonObject | undefined> {
  if (canArrange(loaded)) return undefined
  let values: JsonObject = {}
  for (const { name, params } of states) {
    const account = accountFor(loaded, name)
    if (account === undefined || isSo(loaded, name, params)) continue
    const { username, password = username } = account
    const { cookies } = await subject.open(account)
    const session = cookies.find(([cookie]) => cookie === loaded.api.kit.login?.cookie)?.[1]
    values = { ...values, username, password, ...(session === undefined ? {} : { session }) }
  }
  return values
}

function isSo({ api, settings }: LoadedTarget, name: string, params: JsonObject): boolean {
  return api.kit.given?.(name, params, settings) === true
}

function accountFor({ api, target }: LoadedTarget, state: string): Account | undefined {
  for (const [role, account] of Object.entries(target.accounts)) {
    if (api.kit.roles[role]?.state.name === state) return toAccount(role, account)
  }
  return undefined
}
